import * as Effect from "effect/Effect"
import { UpstreamError } from "../../domain/Errors.ts"
import type { ModelInput } from "./modelInput.ts"

/** What Workers AI answered, whatever its status. */
export interface UpstreamAnswer {
  readonly status: number
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** Brings an input to a model of Workers AI, and its answer back. */
export type Transport = (model: string, input: ModelInput) => Effect.Effect<UpstreamAnswer, UpstreamError>

/** Makes a call and reads its answer to the end. The signal aborts both. */
export const exchange = (
  call: (signal: AbortSignal) => Promise<Response>
): Effect.Effect<UpstreamAnswer, UpstreamError> =>
  Effect.tryPromise({
    try: async (signal) => {
      const response = await call(signal)
      return { status: response.status, bytes: new Uint8Array(await response.arrayBuffer()) }
    },
    catch: (cause) => new UpstreamError({ message: "Workers AI could not be reached, or broke off its answer.", cause })
  })
