import * as Effect from "effect/Effect"
import type * as HttpServerRequest from "effect/http/HttpServerRequest"
import { InvalidRequest } from "../domain/Errors.ts"
import type { Requester } from "../domain/Requester.ts"
import { CurrentCaller } from "./Authorization.ts"
import { plainText } from "./wishes/values.ts"

const longestKey = 255

const refusals = new Set(["off", "no", "false", "0"])

/**
 * Who sends a request, and whether it says that it was sent before: by an `Idempotency-Key`, or as the OpenAI SDKs do when
 * they try again; and whether another model may draw (`x-flux-fallback: off`). `key` is an idempotency key that came in another way than by header.
 */
export const requesterOf = Effect.fnUntraced(function* (
  { headers }: HttpServerRequest.HttpServerRequest,
  key?: string
): Effect.fn.Return<Requester, InvalidRequest, CurrentCaller> {
  const caller = yield* CurrentCaller
  const idempotencyKey = (key ?? headers["idempotency-key"])?.trim()
  if (idempotencyKey && idempotencyKey.length > longestKey) {
    return yield* new InvalidRequest({
      message: `An Idempotency-Key has at most ${longestKey} characters.`,
      param: "Idempotency-Key"
    })
  }
  // The OpenAI SDKs count their tries from 0.
  const tries = headers["x-stainless-retry-count"]
  return {
    caller,
    repeat: Number(tries) > 0,
    repeatable: tries !== undefined || !!idempotencyKey,
    ...(idempotencyKey && { idempotencyKey }),
    ...(refusals.has(plainText(headers["x-flux-fallback"]) ?? "") && { noFallback: true })
  }
})

/** Whether the answer is not to be waited for: `Prefer: respond-async` (RFC 7240). */
export const prefersAsync = ({ headers }: HttpServerRequest.HttpServerRequest): boolean =>
  (headers.prefer ?? "").split(/[,;]/).some((preference) => preference.trim().toLowerCase() === "respond-async")
