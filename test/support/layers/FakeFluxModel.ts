import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { DrawRequest } from "../../../src/domain/DrawRequest.ts"
import type { ConfigurationError, DrawError } from "../../../src/domain/Errors.ts"
import { estimateCost } from "../../../src/domain/GenerationPlan.ts"
import type { Cost } from "../../../src/domain/Usage.ts"
import { FluxModel } from "../../../src/services/FluxModel.ts"
import { imageOf } from "../pictures.ts"

export interface Options {
  /** Runs before each drawing, and can fail it, hold it back, or watch it. */
  readonly before?: (request: DrawRequest) => Effect.Effect<unknown, DrawError>
  /** What a drawing cost, where that is told; by default it is not. */
  readonly cost?: (request: DrawRequest) => number | Cost | undefined
  /** Why there is no backend. */
  readonly unavailable?: ConfigurationError
  /** Whether it passes for the preview painter, which draws PNG. */
  readonly preview?: boolean
}

/**
 * Draws real pictures of the asked size, in the model's media type, that depend on prompt and seed alone. `requests` are
 * all that came in, in order, also those that failed.
 */
export const make = ({
  before = () => Effect.void,
  cost = () => undefined,
  preview = false,
  unavailable
}: Options = {}) => {
  const requests: Array<DrawRequest> = []
  const layer = Layer.succeed(FluxModel, {
    available: unavailable ? Effect.fail(unavailable) : Effect.void,
    preview,
    draw: Effect.fnUntraced(function* (request: DrawRequest) {
      requests.push(request)
      if (unavailable) return yield* unavailable
      yield* before(request)
      const { model, prompt, seed, size } = request
      const mediaType = preview ? "image/png" : model.mediaType
      const file = yield* Effect.promise(() => imageOf(size, { mediaType, text: prompt, seed: String(seed ?? "") }))
      const sizes = request.inputs.map((input) => input.size)
      const told = preview ? 0 : cost?.(request)
      const spent = typeof told === "number" ? { neurons: told } : told
      return { file, ...(spent ?? estimateCost(request, file.size, sizes)) }
    })
  })
  return { layer, requests: requests as ReadonlyArray<DrawRequest> }
}

/** Draws everything. */
export const layer: Layer.Layer<FluxModel> = make().layer

/** Fails each drawing. */
export const failing = (error: DrawError): Layer.Layer<FluxModel> => make({ before: () => Effect.fail(error) }).layer

/** Has no backend. */
export const unavailable = (error: ConfigurationError): Layer.Layer<FluxModel> => make({ unavailable: error }).layer
