import { env } from "cloudflare:workers"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as HttpRouter from "effect/http/HttpRouter"
import * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import * as References from "effect/References"
import { HttpApp } from "./http/App.ts"
import { Auth } from "./services/Auth.ts"
import { Bindings } from "./services/Bindings.ts"
import { Budgets } from "./services/Budgets.ts"
import { BudgetObject } from "./services/budgets/BudgetObject.ts"
import { AppConfig } from "./services/Config.ts"
import { FluxModel } from "./services/FluxModel.ts"
import { Generations } from "./services/Generations.ts"
import { ImageGenerator } from "./services/ImageGenerator.ts"
import { ImageStore } from "./services/ImageStore.ts"
import { ImageTransformer } from "./services/ImageTransformer.ts"
import { InputImages } from "./services/InputImages.ts"
import { layerJsonLog } from "./services/JsonLog.ts"
import { GenerationObject } from "./services/jobs/GenerationObject.ts"
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

const Drawing = Layer.mergeAll(ImageGenerator.layer, Budgets.layer).pipe(
  Layer.provide([PromptOptimizer.layer, FluxModel.layer, InputImages.layer, ImageTransformer.layer]),
  Layer.provideMerge(ImageStore.layer)
)

const Settings = AppConfig.layerEnv({ ...env }).pipe(Layer.provideMerge(bindings))

const Main = HttpApp.pipe(
  Layer.provide([Auth.layer, RateLimiter.layer, SseEncoder.layer, Generations.layer]),
  Layer.provide(Drawing),
  // What requests are to see of loggers and tracer has to be in the layer's output.
  Layer.provideMerge(Layer.mergeAll(layerJsonLog, MinimumLogLevel, Telemetry.layer)),
  Layer.provide(FetchHttpClient.layer),
  Layer.provide(Settings)
)

/** What a Durable Object needs: everything but HTTP. */
const ObjectServices = Drawing.pipe(
  Layer.provideMerge(Layer.mergeAll(layerJsonLog, MinimumLogLevel, Telemetry.layerOff)),
  Layer.provide(FetchHttpClient.layer),
  Layer.provideMerge(Settings)
)

// Both are made of the same layers, each of which is built once.
const memoMap = Layer.makeMemoMapUnsafe()
const { handler } = HttpRouter.toWebHandler(Main, { disableLogger: true, memoMap })
const objects = ManagedRuntime.make(ObjectServices, { memoMap })

/** The class of the binding GENERATIONS. */
export class GenerationJobs extends GenerationObject {
  constructor(context: DurableObjectState) {
    super(context, objects)
  }
}

/** The class of the binding BUDGETS. */
export class KeyBudget extends BudgetObject {
  constructor(context: DurableObjectState) {
    super(context, () => Effect.runSync(Clock.currentTimeMillis))
  }
}

export default {
  fetch: (request, _env, context) => handler(request, Context.make(WorkerContext, context))
} satisfies ExportedHandler
