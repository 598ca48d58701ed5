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
import { Bindings } from "../../src/services/Bindings.ts"
import { Budgets } from "../../src/services/Budgets.ts"
import { BudgetObject } from "../../src/services/budgets/BudgetObject.ts"
import { AppConfig } from "../../src/services/Config.ts"
import { type Asker, Generations } from "../../src/services/Generations.ts"
import { ImageGenerator } from "../../src/services/ImageGenerator.ts"
import { GenerationObject } from "../../src/services/jobs/GenerationObject.ts"
import { type FakeObjects, makeFakeObjects } from "./FakeObjects.ts"
import {
  FakeFluxModel,
  FakeImageStore,
  FakeImageTransformer,
  FakeInputImages,
  FakePromptOptimizer,
  testEnv,
  testTime
} from "./layers/testLayers.ts"

interface GenerationsOptions {
  /** Settings over those of `testEnv`. */
  readonly env?: Readonly<Record<string, string>>
  readonly flux?: ReturnType<typeof FakeFluxModel.make>
}

const standingClock = Layer.effectDiscard(TestClock.setTime(testTime)).pipe(Layer.provideMerge(TestClock.layer()))

/** The real {@link Generations} over the real Durable Object classes, which live in memory. */
const makeGenerations = ({ env, flux = FakeFluxModel.make() }: GenerationsOptions = {}) => {
  let now = testTime
  const budgets = makeFakeObjects((context) => new BudgetObject(context, () => now))
  const settings = AppConfig.layerEnv({ ...testEnv, ...env }).pipe(
    Layer.provideMerge(Layer.succeed(Bindings, { BUDGETS: budgets.namespace }))
  )
  const services = Layer.mergeAll(ImageGenerator.layer, Budgets.layer).pipe(
    Layer.provide([flux.layer, FakeInputImages.layer, FakePromptOptimizer.off, FakeImageTransformer.unavailable]),
    Layer.provideMerge(FakeImageStore.layer),
    Layer.provideMerge(settings),
    Layer.provideMerge(standingClock)
  )
  const memoMap = Layer.makeMemoMapUnsafe()
  const objectRuntime = ManagedRuntime.make(services, { memoMap })
  const objects: FakeObjects = makeFakeObjects((context) => new GenerationObject(context, objectRuntime))
  const runtime = ManagedRuntime.make(Generations.layerDurable(objects.namespace).pipe(Layer.provideMerge(services)), {
    memoMap
  })
  return {
    objects,
    requests: flux.requests,
    /** Lets time go on, which stands still at {@link testTime} otherwise. */
    adjust: (duration: Duration.Input): Promise<void> => {
      now += Duration.toMillis(duration)
      return objectRuntime.runPromise(TestClock.adjust(duration))
    },
    runtime,
    /** Asks, and waits for all events. */
    draw: (request: GenerationRequest, asker: Asker): Promise<ReadonlyArray<GenerationEvent>> =>
      runtime.runPromise(
        Effect.gen(function* () {
          const generation = yield* (yield* Generations).start(request, asker)
          return yield* Stream.runCollect(generation.events)
        })
      ),
    /** Runs something with {@link Generations} at hand. */
    run: <A, E>(effect: (generations: Generations["Service"]) => Effect.Effect<A, E>): Promise<A> =>
      runtime.runPromise(Effect.flatMap(Generations, effect)),
    /** What the key named `name` has used today. */
    usage: (name: string) => runtime.runPromise(Effect.flatMap(Budgets, ({ today }) => today({ name }))),
    dispose: async () => {
      await runtime.dispose()
      await objectRuntime.dispose()
    }
  }
}

/** Somebody who asks for the first time, with the key named `alice`. */
export const asker = (changes: Partial<Asker> = {}): Asker => ({
  caller: { name: "alice" },
  repeat: false,
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
