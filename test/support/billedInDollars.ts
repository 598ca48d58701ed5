import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Result from "effect/Result"
import { AppConfig } from "../../src/services/Config.ts"

/** The settings, with a default model whose pictures are billed in dollars: so many millionths for each. */
export const billedInDollars = <E, R>(config: Layer.Layer<AppConfig, E, R>, microdollars: number) =>
  Layer.effect(
    AppConfig,
    Effect.map(AppConfig, (settings) =>
      AppConfig.of({
        ...settings,
        models: Result.map(settings.models, (models) => ({
          ...models,
          defaultModel: { ...models.defaultModel, neurons: () => 0, microdollars: () => microdollars }
        }))
      })
    )
  ).pipe(Layer.provide(config))
