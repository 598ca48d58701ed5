import * as Effect from "effect/Effect"
import { UpstreamError } from "../../domain/Errors.ts"
import type { Model } from "../../domain/Model.ts"
import type { ModelInput } from "./modelInput.ts"

/** What Workers AI answered, whatever its status. */
export interface UpstreamAnswer {
  readonly status: number
  readonly body: UpstreamBody
}

/** `value` is undefined where the JSON is broken. */
export type UpstreamBody =
  | { readonly _tag: "Json"; readonly value: unknown }
  | { readonly _tag: "Bytes"; readonly bytes: Uint8Array<ArrayBuffer> }

/** Brings an input to a model of Workers AI, and its answer back. */
export type Transport = (model: Model, input: ModelInput) => Effect.Effect<UpstreamAnswer, UpstreamError>

/** Makes a call and reads its answer to the end. The signal is the call's to use; otherwise what still comes is dropped. */
export const exchange = (
  model: Model,
  call: (signal: AbortSignal) => Promise<Response>
): Effect.Effect<UpstreamAnswer, UpstreamError> =>
  Effect.tryPromise({
    try: async (signal) => {
      const response = await call(signal)
      return { status: response.status, body: await readBody(response, model) }
    },
    catch: (cause) => new UpstreamError({ message: "Workers AI could not be reached, or broke off its answer.", cause })
  })

/**
 * A content type proves little: what fails, or comes from a model that is not known for JSON, or under another name, may be
 * anything whatever it is called, so it is kept as it is. For the rest the runtime's own reader holds a picture once, not
 * thrice.
 */
const readBody = async (response: Response, model: Model): Promise<UpstreamBody> =>
  response.ok && model.output === "json" && response.headers.get("content-type")?.startsWith("application/json")
    ? { _tag: "Json", value: await response.json().catch(brokenJson) }
    : { _tag: "Bytes", bytes: new Uint8Array(await response.arrayBuffer()) }

const brokenJson = (cause: unknown): undefined => {
  if (!(cause instanceof SyntaxError)) throw cause
}
