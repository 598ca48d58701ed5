import type * as Duration from "effect/Duration"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import type * as HttpClient from "effect/http/HttpClient"
import * as HttpRouter from "effect/http/HttpRouter"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as ManagedRuntime from "effect/ManagedRuntime"
import * as TestClock from "effect/testing/TestClock"
import { makeProgram, type Parts } from "../../../src/http/Program.ts"
import { Bindings, type WorkerBindings } from "../../../src/services/Bindings.ts"
import { AppConfig } from "../../../src/services/Config.ts"
import { jsonLine } from "../../../src/services/JsonLog.ts"
import { Telemetry } from "../../../src/services/Telemetry.ts"
import { makeFakeKv } from "../FakeKv.ts"
import * as FakeFluxModel from "./FakeFluxModel.ts"
import * as FakeIdentifiers from "./FakeIdentifiers.ts"
import * as FakeImageStore from "./FakeImageStore.ts"
import * as FakeWorkerContext from "./FakeWorkerContext.ts"

export * as FakeAppConfig from "./FakeAppConfig.ts"
export * as FakeAuth from "./FakeAuth.ts"
export * as FakeFluxModel from "./FakeFluxModel.ts"
export * as FakeGenerations from "./FakeGenerations.ts"
export * as FakeIdentifiers from "./FakeIdentifiers.ts"
export * as FakeImageGenerator from "./FakeImageGenerator.ts"
export * as FakeImageStore from "./FakeImageStore.ts"
export * as FakeImageTransformer from "./FakeImageTransformer.ts"
export * as FakeInputImages from "./FakeInputImages.ts"
export * as FakeJobRunner from "./FakeJobRunner.ts"
export * as FakeLedger from "./FakeLedger.ts"
export * as FakePromptOptimizer from "./FakePromptOptimizer.ts"
export * as FakeRateLimiter from "./FakeRateLimiter.ts"
export * as FakeSseEncoder from "./FakeSseEncoder.ts"
export * as FakeTelemetry from "./FakeTelemetry.ts"
export * as FakeWorkerContext from "./FakeWorkerContext.ts"

/** Layers of {@link Parts} in the place of the usual ones, and what the program stands on. */
export interface AppOptions extends Partial<Parts> {
  /** Settings as in wrangler, over {@link testEnv}; an empty one counts as unset. */
  readonly env?: Readonly<Record<string, string>>
  /** In place of settings; `env` and `bindings` then say nothing of them. */
  readonly config?: Layer.Layer<AppConfig>
  /** In place of one KV namespace in memory. */
  readonly bindings?: Partial<WorkerBindings>
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
  /** Waits for what goes on after the answers. */
  readonly settled: () => Promise<void>
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

/** The program of the Worker with any of its layers swapped, as a handler of requests. */
export const makeApp = ({
  bindings = { FLUX_CF_KV: makeFakeKv().namespace },
  config,
  env,
  fetch,
  identifiers = FakeIdentifiers.layer,
  testClock,
  ...parts
}: AppOptions = {}): TestApp => {
  const logs: Array<string> = []
  const time = ManagedRuntime.make(testClock ? standingClock : Layer.empty)
  const logger = Logger.map(jsonLine, (line) => {
    logs.push(line)
  })
  const worker = FakeWorkerContext.make()
  const Platform = Layer.mergeAll(
    config ?? configFrom({ ...testEnv, ...env }, bindings),
    Layer.succeed(Bindings, bindings),
    httpClient(fetch),
    worker.layer
  )
  const program = makeProgram({
    telemetry: Telemetry.layerOff,
    flux: FakeFluxModel.layer,
    store: FakeImageStore.layer,
    log: Logger.layer([logger]),
    ...parts
  })
  const Main = program.http.pipe(
    Layer.provide(Platform),
    // What requests are to see of these has to be in the layer's output.
    Layer.provideMerge(identifiers),
    Layer.provideMerge(Layer.effectContext(time.contextEffect))
  )
  const web = HttpRouter.toWebHandler(Main, { disableLogger: true })

  return {
    fetch: (input, init) => web.handler(new Request(typeof input === "string" ? resolve(input) : input, init)),
    adjust: (duration) => time.runPromise(TestClock.adjust(duration)),
    settled: worker.settled,
    logs,
    dispose: async () => {
      await web.dispose()
      await time.dispose()
    }
  }
}

const resolve = (address: string): string => (address.startsWith("/") ? `http://flux.test${address}` : address)
