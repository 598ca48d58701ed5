import * as Effect from "effect/Effect"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as HttpClient from "effect/http/HttpClient"
import { type DrawError, UpstreamError } from "../../domain/Errors.ts"
import { ImageFile } from "../../domain/ImageFile.ts"
import { fetchPublic } from "../fetchPublic.ts"
import { decodeDataUrl, isDataUrl } from "../inputImages/DataUrl.ts"
import { type Answer, answerIn, failureIn, isRecord } from "./answer.ts"
import type { FailedCall } from "./failure.ts"
import { partnerFailure } from "./partnerFailure.ts"
import type { UpstreamAnswer } from "./Transport.ts"

/**
 * Reads the answer of a partner's model, and gets the picture where it is only linked to: the links live for minutes. It has
 * been paid for, so a link that fails is tried once more.
 */
export const makeReadPartnerAnswer = Effect.map(
  Effect.provide(HttpClient.HttpClient, FetchHttpClient.layer),
  (client) =>
    Effect.fnUntraced(function* (
      { body, status }: UpstreamAnswer,
      call: FailedCall
    ): Effect.fn.Return<ImageFile, DrawError> {
      const ok = status >= 200 && status <= 299
      const direct = ok && body._tag === "Bytes" ? ImageFile.fromBytes(body.bytes) : undefined
      if (direct) return direct
      const answer = answerIn(body)
      const found = ok && answer && !hasFailed(answer) ? findImage(answer, deepest) : undefined
      if (found === undefined) return yield* partnerFailure(failureIn(answer, body, status), call)
      if (isDataUrl(found)) {
        const bytes = decodeDataUrl(found)
        return (bytes && ImageFile.fromBytes(bytes)) ?? (yield* broken("a broken data: URL"))
      }
      const url = /^https?:/i.test(found) ? URL.parse(found) : undefined
      if (!url) return ImageFile.fromBase64(found) ?? (yield* broken("a broken picture"))
      const bytes = yield* fetchPublic(client, url, { megabytes: 25, seconds: 30 }).pipe(
        Effect.retry({ times: 1 }),
        Effect.mapError(broken)
      )
      return ImageFile.fromBytes(bytes) ?? (yield* broken("no picture under its link"))
    })
)

const broken = (cause: string) =>
  new UpstreamError({ message: "The model gave an answer, and no whole picture could be got from it.", cause })

const hasFailed = ({ errors, success }: Answer): boolean =>
  success === false || (Array.isArray(errors) && errors.length > 0)

const deepest = 5
const names = ["image", "images", "b64_json", "url", "data", "result"] as const

/**
 * The picture as link, `data:` URL or base64. Which envelopes are around it, and whether the binding takes them off, nobody
 * documents. `undefined` where there is none, or where it says that it is not finished.
 */
const findImage = (value: unknown, depth: number): string | undefined => {
  if (typeof value === "string") return value.trim() || undefined
  if (depth === 0 || !isRecord(value)) return undefined
  if (Array.isArray(value)) return findImage(value[0], depth - 1)
  if (typeof value.state === "string" && value.state !== "Completed") return undefined
  for (const name of names) {
    const found = findImage(value[name], depth - 1)
    if (found !== undefined) return found
  }
  return undefined
}
