import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { DrawnImage } from "../domain/DrawnImage.ts"
import type { DrawRequest } from "../domain/DrawRequest.ts"
import type { ConfigurationError, DrawError } from "../domain/Errors.ts"
import { AppConfig } from "./Config.ts"
import type { RestBackend } from "./config/Backend.ts"
import { bindingTransport } from "./fluxModel/bindingTransport.ts"
import { makeDraw } from "./fluxModel/draw.ts"
import { QuotaMemory } from "./fluxModel/QuotaMemory.ts"
import { restTransport } from "./fluxModel/restTransport.ts"
import type { Transport } from "./fluxModel/Transport.ts"
import { drawPreview } from "./preview/drawPreview.ts"

/** Draws pictures. */
export class FluxModel extends Context.Service<
  FluxModel,
  {
    /** Whether there is a backend: asked before anything is begun. */
    readonly available: Effect.Effect<void, ConfigurationError>
    /** Whether pictures come from the preview painter rather than from a model. */
    readonly preview: boolean
    /**
     * Draws one picture, checks that it is whole and tells what it cost. At most two upstream calls, the second only where the first surely
     * drew nothing. At most two minutes. A failure with a `lack` says that another model may draw instead.
     */
    readonly draw: (request: DrawRequest) => Effect.Effect<DrawnImage, DrawError>
  }
>()("flux/services/FluxModel") {
  /** Workers AI over Cloudflare's REST API. */
  static readonly layerRest = (backend: RestBackend): Layer.Layer<FluxModel> => layerTransport(restTransport(backend))

  /** Workers AI through the `AI` binding. */
  static readonly layerBinding = (ai: Ai): Layer.Layer<FluxModel> =>
    layerTransport(Effect.succeed(bindingTransport(ai)))

  /** The painter of `npm start`: no account, no network. */
  static readonly layerPreview = Layer.succeed(FluxModel, {
    available: Effect.void,
    preview: true,
    draw: drawPreview
  })

  /** The backend that the settings choose. Where they don't, it can't draw and says why. */
  static readonly layer = Layer.unwrap(
    Effect.gen(function* () {
      const { backend } = yield* AppConfig
      const chosen = yield* Effect.result(Effect.fromResult(backend))
      if (chosen._tag === "Failure") return layerUnavailable(chosen.failure)
      switch (chosen.success._tag) {
        case "Rest":
          return FluxModel.layerRest(chosen.success)
        case "Binding":
          return FluxModel.layerBinding(chosen.success.ai)
        case "Preview":
          return FluxModel.layerPreview
      }
    })
  )
}

const layerTransport = (transport: Effect.Effect<Transport>): Layer.Layer<FluxModel> =>
  Layer.effect(
    FluxModel,
    Effect.gen(function* () {
      return FluxModel.of({ available: Effect.void, preview: false, draw: yield* makeDraw(yield* transport) })
    })
  ).pipe(Layer.provide(QuotaMemory.layer))

const layerUnavailable = (error: ConfigurationError): Layer.Layer<FluxModel> => {
  const fail = Effect.fail(error)
  return Layer.succeed(FluxModel, { available: fail, preview: false, draw: () => fail })
}
