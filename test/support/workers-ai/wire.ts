import { utf8 } from "./bytes.ts"

/** How a call comes in: over the REST API, or through the `AI` binding of a Worker. */
export type Face = "rest" | "binding"

/** A refusal. `AiError` comes from Workers AI, `ApiError` from the API in front of it (authentication, routing). */
export type UpstreamError =
  | {
      readonly _tag: "AiError"
      readonly status: number
      readonly code: number
      readonly description: string
      /** What the message, but not the description, says first: `Bad input: `. */
      readonly context: string
    }
  | { readonly _tag: "ApiError"; readonly status: number; readonly code: number; readonly message: string }

export const aiError = (status: number, code: number, description: string, context = ""): UpstreamError => ({
  _tag: "AiError",
  status,
  code,
  description,
  context
})

export const apiError = (status: number, code: number, message: string): UpstreamError => ({
  _tag: "ApiError",
  status,
  code,
  message
})

/** The JSON body of a refusal. REST names code and message in `errors`, the binding in `internalCode` and `description`. */
export const errorBody = (face: Face, error: UpstreamError, requestId: string): unknown => {
  if (error._tag === "ApiError") {
    return { success: false, errors: [{ code: error.code, message: error.message }], messages: [], result: null }
  }
  const message = `AiError: ${error.context}${error.description} (${requestId})`
  return face === "rest"
    ? { errors: [{ message, code: error.code }], success: false, result: {}, messages: [] }
    : {
        name: "AiError",
        internalCode: error.code,
        httpCode: error.status,
        message,
        description: error.description,
        requestId
      }
}

/** The JSON body of a success: REST wraps the result in the envelope of the API, the binding hands it over bare. */
export const resultBody = (face: Face, result: Readonly<Record<string, unknown>>): unknown =>
  face === "rest" ? { result, success: true, errors: [], messages: [] } : result

/** A picture and the way its model delivers it: base64 in JSON, or the bytes themselves under a media type. */
export interface SampleImage {
  /** What is billed for it, where the model tells it. */
  readonly neurons: number | undefined
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly delivery:
    | { readonly form: "json" }
    | { readonly form: "raw"; readonly contentType: string }
    /** As a partner's model: in an envelope, as link or in base64. */
    | { readonly form: "link"; readonly link: string }
}

const deliver = (face: Face, { bytes, delivery }: SampleImage): BodyAnswer => {
  switch (delivery.form) {
    case "json":
      return jsonAnswer(200, resultBody(face, { image: bytes.toBase64() }))
    case "raw":
      return bodyAnswer(200, delivery.contentType, bytes)
    case "link": {
      const gatewayMetadata = { keySource: "Unified" }
      return jsonAnswer(
        200,
        resultBody(face, { state: "Completed", result: { image: delivery.link }, gatewayMetadata })
      )
    }
  }
}

/** A response. Its body breaks off or stalls after the first half where it does not end `complete`. */
export interface BodyAnswer {
  readonly _tag: "Body"
  readonly status: number
  readonly contentType: string
  readonly body: Uint8Array<ArrayBuffer>
  readonly ending: "complete" | "reset" | "stall"
  /** The header that tells what was billed: `172.80`. */
  readonly neurons?: string | undefined
}

/** What goes back: a response, a broken connection, or nothing at all. */
export type Answer = BodyAnswer | { readonly _tag: "Reset" } | { readonly _tag: "Never" }

/** A whole answer with a body of text or bytes. */
export const bodyAnswer = (
  status: number,
  contentType: string,
  body: string | Uint8Array<ArrayBuffer>
): BodyAnswer => ({
  _tag: "Body",
  status,
  contentType,
  body: typeof body === "string" ? utf8(body) : body,
  ending: "complete"
})

/** A whole answer with a body of JSON. */
export const jsonAnswer = (status: number, value: unknown): BodyAnswer =>
  bodyAnswer(status, "application/json", JSON.stringify(value))

/** The answer that refuses a call. */
export const errorAnswer = (face: Face, error: UpstreamError, requestId: string): BodyAnswer =>
  jsonAnswer(error.status, errorBody(face, error, requestId))

/** The answer that delivers a picture as its model does. */
export const imageAnswer = (face: Face, picture: SampleImage): BodyAnswer => ({
  ...deliver(face, picture),
  neurons: picture.neurons === undefined ? undefined : (Math.round(picture.neurons * 100) / 100).toFixed(2)
})

/** How a broken connection shows itself to `fetch`. */
export const connectionLost = (): Error => new TypeError("Network connection lost.")

const halfThen = (
  body: Uint8Array<ArrayBuffer>,
  ending: "reset" | "stall",
  signal: AbortSignal,
  onCancel: () => void
) => {
  const half = body.subarray(0, Math.ceil(body.length / 2))
  let sent = false
  return new ReadableStream<Uint8Array>({
    start(controller) {
      signal.addEventListener("abort", () => controller.error(signal.reason), { once: true })
    },
    pull(controller) {
      if (!sent) {
        sent = true
        controller.enqueue(half)
        return undefined
      }
      if (ending === "reset") return controller.error(connectionLost())
      return new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }))
    },
    cancel: onCancel
  })
}

const whenAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    else signal.addEventListener("abort", () => reject(signal.reason), { once: true })
  })

/** Waits for `until`, or rejects with the reason of `signal` when that comes first. */
export const orAborted = <A>(until: Promise<A>, signal: AbortSignal): Promise<A> =>
  Promise.race([until, whenAborted(signal)])

/**
 * The response for `answer`. It rejects for a reset, and when `signal` aborts a call without an answer. `onCancel`
 * runs when the reader gives up a body that is not whole.
 */
export const toResponse = async (
  answer: Answer,
  requestId: string,
  signal: AbortSignal,
  onCancel: () => void
): Promise<Response> => {
  if (answer._tag === "Reset") throw connectionLost()
  if (answer._tag === "Never") return whenAborted(signal)
  const headers = {
    "content-type": answer.contentType,
    "content-length": String(answer.body.length),
    "cf-ai-req-id": requestId,
    ...(answer.neurons !== undefined && { "cf-ai-neurons": answer.neurons })
  }
  const body = answer.ending === "complete" ? answer.body : halfThen(answer.body, answer.ending, signal, onCancel)
  return new Response(body, { status: answer.status, headers })
}
