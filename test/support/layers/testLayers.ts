import type * as Duration from "effect/Duration"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import type * as HttpClient from "effect/http/HttpClient"
import * as HttpRouter from "effect/http/HttpRouter"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as ManagedRuntime from "effect/ManagedRuntime"
import * as TestClock from "effect/testing/TestClock"
import { HttpApp } from "../../../src/http/App.ts"
import { Auth } from "../../../src/services/Auth.ts"
import { Bindings, type WorkerBindings } from "../../../src/services/Bindings.ts"
import { Budgets } from "../../../src/services/Budgets.ts"
import { AppConfig } from "../../../src/services/Config.ts"
import type { FluxModel } from "../../../src/services/FluxModel.ts"
import { Generations } from "../../../src/services/Generations.ts"
import { ImageGenerator } from "../../../src/services/ImageGenerator.ts"
import type { ImageStore } from "../../../src/services/ImageStore.ts"
import { ImageTransformer } from "../../../src/services/ImageTransformer.ts"
import { InputImages } from "../../../src/services/InputImages.ts"
import { jsonLine } from "../../../src/services/JsonLog.ts"
import { PromptOptimizer } from "../../../src/services/PromptOptimizer.ts"
import { RateLimiter } from "../../../src/services/RateLimiter.ts"
import { SseEncoder } from "../../../src/services/SseEncoder.ts"
import { Telemetry } from "../../../src/services/Telemetry.ts"
import { makeFakeKv } from "../FakeKv.ts"
import * as FakeFluxModel from "./FakeFluxModel.ts"
import * as FakeIdentifiers from "./FakeIdentifiers.ts"
import * as FakeImageStore from "./FakeImageStore.ts"

export * as FakeAppConfig from "./FakeAppConfig.ts"
export * as FakeAuth from "./FakeAuth.ts"
export * as FakeFluxModel from "./FakeFluxModel.ts"
export * as FakeIdentifiers from "./FakeIdentifiers.ts"
export * as FakeImageGenerator from "./FakeImageGenerator.ts"
export * as FakeImageStore from "./FakeImageStore.ts"
export * as FakeImageTransformer from "./FakeImageTransformer.ts"
export * as FakeInputImages from "./FakeInputImages.ts"
export * as FakePromptOptimizer from "./FakePromptOptimizer.ts"
export * as FakeRateLimiter from "./FakeRateLimiter.ts"
export * as FakeSseEncoder from "./FakeSseEncoder.ts"
export * as FakeTelemetry from "./FakeTelemetry.ts"

/** What a layer may ask for: settings and bindings from the options, `fetch` from there too. */
type Environment = AppConfig | Bindings | HttpClient.HttpClient

/** A layer for one service: a fake one, or the real one. */
type For<S, R = Environment> = Layer.Layer<S, never, R>

export interface AppOptions {
  /** Settings as in wrangler, over {@link testEnv}; an empty one counts as unset. */
  readonly env?: Readonly<Record<string, string>>
  /** In place of settings; `env` and `bindings` then say nothing of them. */
  readonly config?: Layer.Layer<AppConfig>
  /** In place of one KV namespace in memory. */
  readonly bindings?: Partial<WorkerBindings>
  /** By default every picture is drawn. */
  readonly flux?: For<FluxModel>
  /** By default memory. */
  readonly store?: For<ImageStore>
  /** By default the real ones, which call out by `fetch`. */
  readonly optimizer?: For<PromptOptimizer>
  readonly inputImages?: For<InputImages, Environment | ImageStore>
  readonly transformer?: For<ImageTransformer>
  readonly auth?: For<Auth>
  readonly rateLimiter?: For<RateLimiter>
  /** By default nothing is sent. */
  readonly telemetry?: For<Telemetry>
  readonly sse?: For<SseEncoder>
  readonly generator?: For<
    ImageGenerator,
    Environment | FluxModel | ImageStore | ImageTransformer | InputImages | PromptOptimizer
  >
  /** By default a counter. */
  readonly identifiers?: Layer.Layer<never>
  /** For the services that call out. By default whatever is called fails to connect. */
  readonly fetch?: typeof globalThis.fetch
  /** Whether time stands still, at {@link testTime}, but for `adjust`. */
  readonly testClock?: boolean
}

/** The whole HTTP side as it answers requests. */
export interface TestApp {
  /** A path is on `http://flux.test`. */
  readonly fetch: (input: Request | string, init?: RequestInit) => Promise<Response>
  /** Lets the time of the test clock go on, and waits for what was due to begin. */
  readonly adjust: (duration: Duration.Input) => Promise<void>
  /** Each line that was logged, as JSON. */
  readonly logs: ReadonlyArray<string>
  readonly dispose: () => Promise<void>
}

/** A complete set of settings. The key is `sk-test`; account and token are those of the fake Workers AI. */
export const testEnv: Readonly<Record<string, string>> = {
  API_KEY: "sk-test",
  CF_ACCOUNT_ID: "test-account",
  CF_API_TOKEN: "test-token"
}

/** Where a test clock begins: 2026-11-22T12:00:00Z, in milliseconds since 1970. */
export const testTime: number = Date.UTC(2026, 10, 22, 12)

const unreachable: typeof globalThis.fetch = async (input) => {
  throw new TypeError(`There is no network in this test: ${input instanceof Request ? input.url : input}`)
}

/** An HTTP client over a function like the global `fetch`. */
export const httpClient = (fetch: typeof globalThis.fetch = unreachable): Layer.Layer<HttpClient.HttpClient> =>
  FetchHttpClient.layer.pipe(Layer.provideMerge(Layer.succeed(FetchHttpClient.Fetch, fetch)))

/** Settings as in wrangler, read as the Worker reads them. Nothing is set but what is given. */
export const configFrom = (
  env: Readonly<Record<string, string>>,
  bindings: Partial<WorkerBindings> = {}
): Layer.Layer<AppConfig | Bindings> =>
  AppConfig.layerEnv(env).pipe(Layer.provideMerge(Layer.succeed(Bindings, bindings)))

const standingClock = Layer.effectDiscard(TestClock.setTime(testTime)).pipe(Layer.provideMerge(TestClock.layer()))

/** The program with any of its layers swapped, as a handler of requests. */
export const makeApp = (options: AppOptions = {}): TestApp => {
  const logs: Array<string> = []
  const time = ManagedRuntime.make(options.testClock ? standingClock : Layer.empty)
  const logger = Logger.map(jsonLine, (line) => {
    logs.push(line)
  })

  const bindings = options.bindings ?? { FLUX_CF_KV: makeFakeKv().namespace }
  const Environment = Layer.mergeAll(
    options.config ?? configFrom({ ...testEnv, ...options.env }, bindings),
    Layer.succeed(Bindings, bindings),
    httpClient(options.fetch)
  )
  const Main = HttpApp.pipe(
    Layer.provide([
      options.auth ?? Auth.layer,
      options.rateLimiter ?? RateLimiter.layer,
      options.telemetry ?? Telemetry.layerOff,
      options.sse ?? SseEncoder.layer,
      Generations.layer
    ]),
    Layer.provide([options.generator ?? ImageGenerator.layer, Budgets.layer]),
    Layer.provide([
      options.optimizer ?? PromptOptimizer.layer,
      options.flux ?? FakeFluxModel.layer,
      options.inputImages ?? InputImages.layer,
      options.transformer ?? ImageTransformer.layer
    ]),
    Layer.provide(options.store ?? FakeImageStore.layer),
    Layer.provide(Environment),
    // What requests are to see of these has to be in the layer's output.
    Layer.provideMerge(options.identifiers ?? FakeIdentifiers.layer),
    Layer.provideMerge(Logger.layer([logger])),
    Layer.provideMerge(Layer.effectContext(time.contextEffect))
  )
  const web = HttpRouter.toWebHandler(Main, { disableLogger: true })

  return {
    fetch: (input, init) => web.handler(new Request(typeof input === "string" ? resolve(input) : input, init)),
    adjust: (duration) => time.runPromise(TestClock.adjust(duration)),
    logs,
    dispose: async () => {
      await web.dispose()
      await time.dispose()
    }
  }
}

const resolve = (address: string): string => (address.startsWith("/") ? `http://flux.test${address}` : address)
