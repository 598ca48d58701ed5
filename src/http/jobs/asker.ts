import * as Effect from "effect/Effect"
import type * as HttpServerRequest from "effect/http/HttpServerRequest"
import { InvalidRequest } from "../../domain/Errors.ts"
import type { Asker } from "../../services/Generations.ts"
import { CurrentCaller } from "../Authorization.ts"

const longestKey = 255

/**
 * Who sends a request, and whether it says that it was sent before: by an `Idempotency-Key`, or as the OpenAI SDKs do when
 * they try again.
 */
export const askerOf = Effect.fnUntraced(function* ({
  headers
}: HttpServerRequest.HttpServerRequest): Effect.fn.Return<Asker, InvalidRequest, CurrentCaller> {
  const caller = yield* CurrentCaller
  const idempotencyKey = headers["idempotency-key"]?.trim()
  if (idempotencyKey && idempotencyKey.length > longestKey) {
    return yield* new InvalidRequest({
      message: `An Idempotency-Key has at most ${longestKey} characters.`,
      param: "Idempotency-Key"
    })
  }
  const repeat = Number(headers["x-stainless-retry-count"]) > 0
  return { caller, repeat, ...(idempotencyKey && { idempotencyKey }) }
})

/** Whether the answer is not to be waited for: `Prefer: respond-async` (RFC 7240). */
export const prefersAsync = ({ headers }: HttpServerRequest.HttpServerRequest): boolean =>
  (headers.prefer ?? "").split(/[,;]/).some((preference) => preference.trim().toLowerCase() === "respond-async")
