import * as Effect from "effect/Effect"
import { UpstreamError } from "../../domain/Errors.ts"
import type { Model } from "../../domain/Model.ts"
import type { ModelInput } from "./modelInput.ts"
import { neuronsHeader, neuronsIn } from "./toldNeurons.ts"

/** What Workers AI answered, whatever its status. */
export interface UpstreamAnswer {
  readonly status: number
  readonly body: UpstreamBody
  /** What the call cost, where a header told it. */
  readonly neurons?: number | undefined
}

/** `value` is undefined where the JSON is broken. */
export type UpstreamBody =
  | { readonly _tag: "Json"; readonly value: unknown }
  | { readonly _tag: "Bytes"; readonly bytes: Uint8Array<ArrayBuffer> }

/** What has to be known of a model to bring something to it. */
export type Addressee = Pick<Model, "id" | "output" | "partner">

/** Brings an input to a model of Workers AI, and its answer back. */
export interface Transport {
  /** Which way it takes, and so what is to blame where it is closed. */
  readonly way: "rest" | "binding"
  /** What of the call must not be told, wherever an answer repeats it. */
  readonly secrets: ReadonlyArray<string>
  readonly send: (model: Addressee, input: ModelInput) => Effect.Effect<UpstreamAnswer, UpstreamError>
}

/** Makes a call and reads its answer to the end. The signal is the call's to use; otherwise what still comes is dropped. */
export const exchange = (
  model: Addressee,
  call: (signal: AbortSignal) => Promise<Response>
): Effect.Effect<UpstreamAnswer, UpstreamError> =>
  Effect.tryPromise({
    try: async (signal) => {
      const response = await call(signal)
      const { headers, status } = response
      return { status, body: await readBody(response, model), neurons: neuronsIn(headers.get(neuronsHeader)) }
    },
    catch: (cause) => new UpstreamError({ message: "Workers AI could not be reached, or broke off its answer.", cause })
  })

/**
 * A content type proves little: what fails, or comes from a model that is not known for JSON, or under another name, may be
 * anything whatever it is called, so it is kept as it is. For the rest the runtime's own reader holds a picture once, not
 * thrice.
 */
const readBody = async (response: Response, model: Addressee): Promise<UpstreamBody> => {
  if (isRedirect(response.status)) {
    await response.body?.cancel()
    return { _tag: "Bytes", bytes: new Uint8Array() }
  }
  return response.ok && model.output !== "bytes" && response.headers.get("content-type")?.startsWith("application/json")
    ? { _tag: "Json", value: await response.json().catch(brokenJson) }
    : { _tag: "Bytes", bytes: new Uint8Array(await response.arrayBuffer()) }
}

/** An answer that sends the call elsewhere. None is followed: prompt, pictures and token go to Workers AI alone. */
const isRedirect = (status: number): boolean => status >= 300 && status <= 399

const brokenJson = (cause: unknown): undefined => {
  if (!(cause instanceof SyntaxError)) throw cause
}
