import * as Deferred from "effect/Deferred"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import * as Stream from "effect/Stream"
import * as TestClock from "effect/testing/TestClock"
import { onTestFinished } from "vitest"
import type { GenerationEvent } from "../../src/domain/GenerationEvent.ts"
import type { GenerationRequest } from "../../src/domain/GenerationRequest.ts"
import type { Requester } from "../../src/domain/Requester.ts"
import { JobDescriptionLive } from "../../src/http/jobs/jobAnswer.ts"
import { Bindings } from "../../src/services/Bindings.ts"
import { AppConfig } from "../../src/services/Config.ts"
import { Generations } from "../../src/services/Generations.ts"
import { ImageGenerator } from "../../src/services/ImageGenerator.ts"
import type { ImageStore } from "../../src/services/ImageStore.ts"
import type { InputImages } from "../../src/services/InputImages.ts"
import type { RunnerServices } from "../../src/services/jobRunner/RunnerObject.ts"
import { Ledger } from "../../src/services/Ledger.ts"
import type { PromptOptimizer } from "../../src/services/PromptOptimizer.ts"
import { Provenance } from "../../src/services/Provenance.ts"
import { Telemetry } from "../../src/services/Telemetry.ts"
import { Webhooks } from "../../src/services/Webhooks.ts"
import { billedInDollars } from "./billedInDollars.ts"
import {
  FakeFluxModel,
  FakeImageStore,
  FakeImageTransformer,
  FakeInputImages,
  FakeJobRunner,
  FakeLedger,
  FakePromptOptimizer,
  FakeWorkerContext,
  testEnv,
  testTime
} from "./layers/testLayers.ts"

interface GenerationsOptions {
  /** Settings over those of `testEnv`. */
  readonly env?: Readonly<Record<string, string>>
  readonly flux?: ReturnType<typeof FakeFluxModel.make>
  /** The price of a picture of the default model, in millionths of a US dollar: it is not billed in neurons then. */
  readonly microdollars?: number
  readonly store?: Layer.Layer<ImageStore>
  /** By default one that has a picture for each address. */
  readonly inputs?: Layer.Layer<InputImages>
  /** By default off. */
  readonly optimizer?: Layer.Layer<PromptOptimizer>
  /** In place of the real objects in memory. */
  readonly ledger?: Layer.Layer<Ledger>
}

const standingClock = Layer.effectDiscard(TestClock.setTime(testTime)).pipe(Layer.provideMerge(TestClock.layer()))

/** The real {@link Generations} over the real Durable Object classes, which live in memory. */
const makeGenerations = ({
  env,
  flux = FakeFluxModel.make(),
  inputs,
  ledger,
  microdollars,
  optimizer,
  store
}: GenerationsOptions = {}) => {
  let now = testTime
  const ledgers = FakeLedger.make(() => now)
  const worker = FakeWorkerContext.make()
  const config = AppConfig.layerEnv({ ...testEnv, ...env })
  const settings = (microdollars === undefined ? config : billedInDollars(config, microdollars)).pipe(
    Layer.provideMerge(Layer.succeed(Bindings, { LEDGER: ledgers.objects.namespace }))
  )
  const services = ImageGenerator.layer.pipe(
    Layer.provide([
      flux.layer,
      inputs ?? FakeInputImages.layer,
      optimizer ?? FakePromptOptimizer.off,
      FakeImageTransformer.unavailable
    ]),
    Layer.provide(Provenance.layer),
    Layer.provideMerge(Layer.mergeAll(store ?? FakeImageStore.layer, ledger ?? ledgers.layer, Telemetry.layerOff)),
    Layer.merge(JobDescriptionLive),
    Layer.merge(Layer.succeed(Webhooks, { send: () => Effect.succeed(true) })),
    Layer.provideMerge(settings),
    Layer.provideMerge(worker.layer),
    Layer.provideMerge(standingClock)
  )
  const memoMap = Layer.makeMemoMapUnsafe()
  const runners = FakeJobRunner.make(
    (): ManagedRuntime.ManagedRuntime<RunnerServices, never> => ManagedRuntime.make(services, { memoMap })
  )
  const runtime = ManagedRuntime.make(
    Generations.layer.pipe(Layer.provide(runners.layer), Layer.provideMerge(services)),
    { memoMap }
  )
  return {
    objects: ledgers.objects,
    runners: runners.objects,
    requests: flux.requests,
    /** Waits for what goes on after the answers. */
    settled: worker.settled,
    /** Lets time go on, which stands still at {@link testTime} otherwise. */
    adjust: (duration: Duration.Input): Promise<void> => {
      now += Duration.toMillis(duration)
      return runtime.runPromise(TestClock.adjust(duration))
    },
    runtime,
    /** Asks, and waits for all events. */
    draw: (request: GenerationRequest, requester: Requester): Promise<ReadonlyArray<GenerationEvent>> =>
      runtime.runPromise(
        Effect.gen(function* () {
          const generation = yield* (yield* Generations).start(request, requester)
          return yield* Stream.runCollect(generation.events)
        })
      ),
    /** Runs something with {@link Generations} at hand. */
    run: <A, E>(effect: (generations: Generations["Service"]) => Effect.Effect<A, E>): Promise<A> =>
      runtime.runPromise(Effect.flatMap(Generations, effect)),
    /** What the key named `name` has used today. */
    usage: async (name: string) =>
      (await runtime.runPromise(Effect.flatMap(Ledger, ({ usage }) => usage({ name })))).today,
    dispose: () => runtime.dispose()
  }
}

/** Somebody who asks for the first time, with the key named `alice`. */
export const requester = (changes: Partial<Requester> = {}): Requester => ({
  caller: { name: "alice" },
  repeat: false,
  repeatable: changes.repeat === true || changes.idempotencyKey !== undefined,
  ...changes
})

/** {@link makeGenerations} for the running test, which disposes of it at its end. */
export const serviceFor = (options?: GenerationsOptions) => {
  const service = makeGenerations(options)
  onTestFinished(() => service.dispose())
  return service
}

/** A model that draws nothing until it is let. `after` is how many drawings have to have come before `arrived`. */
export const heldModel = (after = 1) => {
  const release = Deferred.makeUnsafe<void>()
  const arrived = Deferred.makeUnsafe<void>()
  let count = 0
  const flux = FakeFluxModel.make({
    before: () =>
      Effect.suspend(() => {
        count += 1
        return count === after ? Deferred.succeed(arrived, undefined) : Effect.void
      }).pipe(Effect.andThen(Deferred.await(release)))
  })
  return {
    flux,
    arrived: Effect.runPromise(Deferred.await(arrived)),
    release: () => Effect.runPromise(Deferred.succeed(release, undefined))
  }
}
