import type * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Bindings } from "../../../src/services/Bindings.ts"
import { AppConfig } from "../../../src/services/Config.ts"

type Settings = Context.Service.Shape<typeof AppConfig>

/** What the defaults of all settings come to, with the key `sk-test`, the preview and no problems; `changes` replace some. */
export const make = (changes: Partial<Settings> = {}): Layer.Layer<AppConfig> =>
  Layer.effect(
    AppConfig,
    Effect.map(AppConfig, (defaults) => ({ ...defaults, problems: [], canDraw: true, ...changes }))
  ).pipe(
    Layer.provide(AppConfig.layerEnv({ API_KEY: "sk-test", FLUX_BACKEND: "preview" })),
    Layer.provide(Layer.succeed(Bindings, {}))
  )

export const layer: Layer.Layer<AppConfig> = make()
