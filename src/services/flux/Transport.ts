import type * as Effect from "effect/Effect"
import type * as HttpClientResponse from "effect/http/HttpClientResponse"
import type { UpstreamError } from "../../domain/Errors.ts"
import type { ModelInput } from "./modelInput.ts"

/** Brings an input to a model of Workers AI, and its answer back, whatever its status. */
export type Transport = (
  model: string,
  input: ModelInput
) => Effect.Effect<HttpClientResponse.HttpClientResponse, UpstreamError>
