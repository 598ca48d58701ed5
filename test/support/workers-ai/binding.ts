import { utf8 } from "./bytes.ts"
import { aiError, type UpstreamError } from "./wire.ts"

/** The options of `env.AI.run` that have a meaning here; the others are accepted and do nothing. */
export interface BindingOptions {
  readonly returnRawResponse?: boolean
  readonly signal?: AbortSignal
  readonly gateway?: { readonly id?: string }
  readonly extraHeaders?: Readonly<Record<string, string>>
  readonly [option: string]: unknown
}

interface EncodedInputs {
  readonly contentType: string
  readonly body: Uint8Array<ArrayBuffer>
  readonly refusal: UpstreamError | undefined
}

const namedError = (name: string, message: string): Error => Object.assign(new Error(message), { name })

const isStreamInput = (value: unknown): value is { readonly body: unknown; readonly contentType?: unknown } =>
  typeof value === "object" &&
  value !== null &&
  "body" in value &&
  (value.body instanceof ReadableStream || value.body instanceof FormData)

/**
 * What the binding sends for `inputs`: their JSON, or the one `{ body, contentType }` among them as the body, under
 * that content type to the letter. Misuse throws `AiInternalError`, as workerd does without calling the service.
 */
export const encodeBindingInputs = async (
  inputs: Readonly<Record<string, unknown>>,
  options: BindingOptions
): Promise<EncodedInputs> => {
  const streams = Object.entries(inputs).flatMap(([name, value]) => (isStreamInput(value) ? [{ name, value }] : []))
  const [stream, second] = streams
  if (stream === undefined) {
    const body = utf8(JSON.stringify(inputs))
    return { contentType: "application/json", body, refusal: undefined }
  }
  if (second !== undefined) {
    const names = streams.map(({ name }) => name).join(", ")
    throw namedError("AiInternalError", `Multiple ReadableStreams are not supported. Found streams in keys: [${names}]`)
  }
  if (options.gateway?.id !== undefined) {
    throw namedError("AiInternalError", "AI Gateway does not support ReadableStreams yet.")
  }
  const { body, contentType } = stream.value
  if (typeof contentType !== "string" || contentType === "") {
    throw namedError("AiInternalError", "Content-Type is required with ReadableStream inputs")
  }
  // isStreamInput has made sure that the body is one of the two.
  const bytes = new Uint8Array(await new Response(body as ReadableStream | FormData).arrayBuffer())
  const others = Object.keys(inputs).filter((name) => name !== stream.name)
  const problem =
    stream.name !== "multipart"
      ? "required properties at '/' are 'multipart'"
      : others.length > 0
        ? `Additional or unevaluated properties '/${others.join(", /")}' at '/' not allowed`
        : undefined
  const refusal = problem === undefined ? undefined : aiError(400, 5006, `Error: ${problem}`, "Bad input: ")
  return { contentType, body: bytes, refusal }
}

/** The error that the binding throws for a response that is no success. */
export const upstreamFailure = async (response: Response): Promise<Error> => {
  const content = await response.text()
  try {
    const body = JSON.parse(content)
    if (body.internalCode) return namedError(body.name, `${body.internalCode}: ${body.description}`)
    const [error] = body.errors
    return namedError("InferenceUpstreamError", `${error.code}: ${error.message}`)
  } catch {
    return namedError("InferenceUpstreamError", content)
  }
}
