import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { UpstreamError } from "../../domain/Errors.ts"
import { ImageFile } from "../../domain/ImageFile.ts"
import { type ClassifiedFailure, classifyFailure, type FailedCall } from "./failure.ts"
import type { UpstreamAnswer, UpstreamBody } from "./Transport.ts"
import { neuronsOf } from "./toldNeurons.ts"

const unusable = (cause: string): ClassifiedFailure => ({
  error: new UpstreamError({ message: "Workers AI gave an answer that is not a whole picture.", cause }),
  retry: "never"
})

/** A picture, with what the call for it cost where that was told. */
export interface ReadImage {
  readonly file: ImageFile
  readonly neurons: number | undefined
}

/**
 * The picture in an answer of Workers AI, in each of the forms that its models have: base64 in JSON, with the envelope of
 * the REST API or without, or bytes.
 */
export const readAnswer = (
  { body, neurons: inHeader, status }: UpstreamAnswer,
  call: FailedCall
): Effect.Effect<ReadImage, ClassifiedFailure> => {
  const ok = status >= 200 && status <= 299
  const isImage = ok && body._tag === "Bytes" && body.bytes[0] !== openBrace
  const answer = isImage ? undefined : answerIn(body)
  const neurons = inHeader ?? neuronsOf(answer?.result?.usage) ?? neuronsOf(answer?.usage)
  const imageOr = (file: ImageFile | undefined, reason: string): Effect.Effect<ReadImage, ClassifiedFailure> =>
    file ? Effect.succeed({ file, neurons }) : Effect.fail({ ...unusable(reason), neurons })

  if (isImage) return imageOr(ImageFile.fromBytes(body.bytes), "no picture")
  if (ok && answer === undefined) return imageOr(undefined, "broken JSON")
  const image = answer?.result?.image ?? answer?.image
  if (ok && answer?.success !== false && typeof image === "string") {
    return imageOr(ImageFile.fromBase64(image), "broken picture")
  }
  const failure = failureIn(answer, body, status)
  if (ok && failure.code === undefined) return imageOr(undefined, failure.message)
  return Effect.flatMap(Clock.currentTimeMillis, (now) =>
    Effect.fail({ ...classifyFailure(failure, call, now), neurons })
  )
}

const openBrace = "{".charCodeAt(0)

/** Every field may be missing, or be something else. */
export interface Answer {
  readonly image?: unknown
  readonly result?: { readonly image?: unknown; readonly usage?: unknown } | null
  readonly usage?: unknown
  readonly success?: unknown
  readonly errors?: unknown
  /** The form in which the binding passes failures on. */
  readonly internalCode?: unknown
  readonly description?: unknown
}

/** The JSON of an answer; `undefined` where it is none. */
export const answerIn = (body: UpstreamBody): Answer | undefined => {
  const value = body._tag === "Json" ? body.value : parse(utf8.decode(body.bytes))
  return isRecord(value) ? value : undefined
}

const utf8 = new TextDecoder()

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    // Not JSON: the caller decides what that means.
    return undefined
  }
}

/** What an answer that is no success says, in each of the forms that there are. */
export const failureIn = (answer: Answer | undefined, body: UpstreamBody, status: number) => {
  const errors: ReadonlyArray<unknown> = Array.isArray(answer?.errors) ? answer.errors : []
  const first = errors.find(isRecord)
  const code = typeof first?.code === "number" ? first.code : answer?.internalCode
  const message = typeof first?.message === "string" ? first.message : answer?.description
  const said = typeof message === "string" ? message : beginningOf(body)
  return { status, code: typeof code === "number" ? code : codeIn(said, status), message: said }
}

const beginningOf = (body: UpstreamBody): string =>
  (body._tag === "Json" ? (JSON.stringify(body.value) ?? "") : utf8.decode(body.bytes)).slice(0, 300)

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null

/**
 * The code of a failure that is told as text, in the forms that the binding has: `3030: Input prompt contains NSFW content`,
 * also behind the name of the error. Numbers elsewhere in a text are ports and the like, and a server that fails on the way
 * tells no code of Workers AI.
 */
const codeIn = (message: string, status: number): number | undefined => {
  if (status >= 500) return undefined
  const match = /^\s{0,9}(?:(?:AiError|InferenceUpstreamError): ){0,2}(\d{4,5}): /.exec(message)
  return match ? Number(match[1]) : undefined
}
