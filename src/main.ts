import { env } from "cloudflare:workers"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as HttpRouter from "effect/http/HttpRouter"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as References from "effect/References"
import { HttpApp } from "./http/App.ts"
import { Auth } from "./services/Auth.ts"
import { Bindings } from "./services/Bindings.ts"
import { AppConfig } from "./services/Config.ts"
import { FluxModel } from "./services/FluxModel.ts"
import { ImageGenerator } from "./services/ImageGenerator.ts"
import { ImageStore } from "./services/ImageStore.ts"
import { ImageTransformer } from "./services/ImageTransformer.ts"
import { InputImages } from "./services/InputImages.ts"
import { PromptOptimizer } from "./services/PromptOptimizer.ts"
import { RateLimiter } from "./services/RateLimiter.ts"
import { SseEncoder } from "./services/SseEncoder.ts"
import { Telemetry } from "./services/Telemetry.ts"
import { WorkerContext } from "./services/WorkerContext.ts"

const bindings = Layer.succeed(Bindings, env)

const MinimumLogLevel = Layer.effect(
  References.MinimumLogLevel,
  Effect.map(AppConfig, ({ logLevel }) => logLevel)
)

const Main = HttpApp.pipe(
  Layer.provide([Auth.layer, RateLimiter.layer, SseEncoder.layer, ImageGenerator.layer]),
  Layer.provide([PromptOptimizer.layer, FluxModel.layer, InputImages.layer, ImageTransformer.layer]),
  Layer.provide(ImageStore.layer),
  // What requests are to see of loggers and tracer has to be in the layer's output.
  Layer.provideMerge(Layer.mergeAll(Logger.layer([Logger.consoleJson]), MinimumLogLevel, Telemetry.layer)),
  Layer.provide(FetchHttpClient.layer),
  Layer.provide(AppConfig.layerEnv({ ...env })),
  Layer.provide(bindings)
)

const { handler } = HttpRouter.toWebHandler(Main, { disableLogger: true })

export default {
  fetch: (request, _env, context) => handler(request, Context.make(WorkerContext, context))
} satisfies ExportedHandler
