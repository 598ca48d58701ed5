import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Latch from "effect/Latch"
import * as Queue from "effect/Queue"
import * as Stream from "effect/Stream"
import fc from "fast-check"
import { UpstreamError } from "../../../src/domain/Errors.ts"
import type { GenerationEvent } from "../../../src/domain/GenerationEvent.ts"
import { eventsOf, generatorOver, imagesOf, outline, requestFor } from "../../support/generation.ts"
import { FakeFluxModel, FakeIdentifiers, FakeImageStore } from "../../support/layers/testLayers.ts"

const small = { size: { width: 256, height: 256 } }

/** A model whose drawings end when the test says so; `arrivals` are the indexes of those that have begun. */
const heldModel = Effect.gen(function* () {
  const arrivals = yield* Queue.unbounded<number>()
  const ends = Array.from({ length: 10 }, () => Latch.makeUnsafe())
  let running = 0
  let most = 0
  const flux = FakeFluxModel.make({
    before: ({ index }) =>
      Effect.gen(function* () {
        most = Math.max(most, ++running)
        yield* Queue.offer(arrivals, index)
        yield* ends[index]?.await ?? Effect.never
        running--
      })
  })
  return { flux, arrivals, mostAtATime: () => most, end: (index: number) => ends[index]?.open ?? Effect.void }
})

const failure = (index: number) => new UpstreamError({ message: `drawing ${index} failed` })

describe("the events of ImageGenerator", () => {
  it.effect("tell of one picture from its prompt to its key", () =>
    Effect.gen(function* () {
      const store = FakeImageStore.make()
      const flux = FakeFluxModel.make()
      const request = requestFor("a fox", { originalPrompt: "a fox 1:1" })
      const events = yield* eventsOf(request, { store: store.layer, flux: flux.layer })
      const model = "@cf/black-forest-labs/flux-1-schnell"
      const size = { width: 1024, height: 1024 }
      const [[key, file] = []] = store.images
      expect(events).toEqual([
        {
          _tag: "PromptReady",
          originalPrompt: "a fox 1:1",
          prompt: "a fox",
          source: { _tag: "Original" },
          plan: expect.objectContaining({ model: expect.objectContaining({ id: model }), size, steps: 4, notices: [] }),
          n: 1
        },
        { _tag: "Drawing", index: 0 },
        {
          _tag: "ImageReady",
          index: 0,
          image: {
            file,
            key: expect.objectContaining({ name: key, mediaType: "image/jpeg" }),
            size,
            mediaType: "image/jpeg",
            storageFailed: false,
            model,
            neurons: 172.8,
            preview: false
          }
        }
      ])
      expect(flux.requests).toMatchObject([{ prompt: "a fox", size, steps: 4, inputs: [], index: 0 }])
    })
  )

  it.effect("begin before anything is drawn", () =>
    Effect.gen(function* () {
      const { flux } = yield* heldModel
      const { draw, prepare } = yield* generatorOver({ flux: flux.layer })
      const events = draw(yield* prepare(requestFor("a fox", { n: 3 })))
      expect(flux.requests).toEqual([])
      const first = yield* Stream.runCollect(Stream.take(events, 4))
      expect(outline(first)).toEqual(["PromptReady", "Drawing 0", "Drawing 1", "Drawing 2"])
    })
  )

  it.effect("draw anew with each run", () =>
    Effect.gen(function* () {
      const flux = FakeFluxModel.make()
      const { draw, prepare } = yield* generatorOver({ flux: flux.layer })
      const events = draw(yield* prepare(requestFor("a fox", small)))
      yield* Stream.runDrain(events)
      yield* Stream.runDrain(events)
      expect(flux.requests).toHaveLength(2)
    })
  )

  it.effect("draw four pictures at a time", () =>
    Effect.gen(function* () {
      const { arrivals, end, flux, mostAtATime } = yield* heldModel
      const fiber = yield* Effect.forkChild(eventsOf(requestFor("a fox", { n: 10, ...small }), { flux: flux.layer }))
      const begun = yield* Queue.takeN(arrivals, 4)
      expect(begun.toSorted()).toEqual([0, 1, 2, 3])
      for (let next = 4; next < 10; next++) {
        yield* end(next - 4)
        expect(yield* Queue.take(arrivals)).toBe(next)
      }
      for (let last = 6; last < 10; last++) yield* end(last)
      expect(imagesOf(yield* Fiber.join(fiber))).toHaveLength(10)
      expect(mostAtATime()).toBe(4)
    })
  )

  it("come in the order of the pictures, whichever ends first and whichever fails", async () => {
    const outcome = fc.integer({ min: 1, max: 4 }).chain((n) =>
      fc.record({
        order: fc.shuffledSubarray([0, 1, 2, 3].slice(0, n), { minLength: n }),
        failing: fc.array(fc.boolean(), { minLength: n, maxLength: n })
      })
    )
    await fc.assert(
      fc.asyncProperty(outcome, async ({ failing, order }) => {
        const n = order.length
        const ends = order.map(() => Latch.makeUnsafe())
        // Each drawing waits for the one before it in `order`.
        const flux = FakeFluxModel.make({
          before: ({ index }) =>
            Effect.gen(function* () {
              const place = order.indexOf(index)
              if (place > 0) yield* ends[place - 1]?.await ?? Effect.void
              yield* ends[place]?.open ?? Effect.void
              if (failing[index]) return yield* failure(index)
            })
        })
        const seen: Array<GenerationEvent> = []
        const run = Effect.gen(function* () {
          const { draw, prepare } = yield* generatorOver({ flux: flux.layer })
          const events = draw(yield* prepare(requestFor("a fox", { n, ...small })))
          yield* Stream.runForEach(events, (event) => Effect.sync(() => seen.push(event)))
        })
        const result = await Effect.runPromise(Effect.result(run))
        const begun = ["PromptReady", ...failing.map((_, index) => `Drawing ${index}`)]
        if (failing.every(Boolean)) {
          expect(result).toMatchObject({ _tag: "Failure", failure: { message: "drawing 0 failed" } })
          expect(outline(seen)).toEqual(begun)
        } else {
          expect(result._tag).toBe("Success")
          expect(outline(seen)).toEqual([
            ...begun,
            ...failing.map((failed, index) => `${failed ? "ImageFailed" : "ImageReady"} ${index}`)
          ])
          for (const event of seen) {
            if (event._tag === "ImageFailed") expect(event.error.message).toBe(`drawing ${event.index} failed`)
          }
        }
      }),
      { numRuns: 40 }
    )
  }, 30_000)

  it.effect("hand each picture on when it is ready", () =>
    Effect.gen(function* () {
      const { arrivals, end, flux } = yield* heldModel
      const seen = yield* Queue.unbounded<string>()
      const { draw, prepare } = yield* generatorOver({ flux: flux.layer })
      const events = draw(yield* prepare(requestFor("a fox", { n: 2, ...small })))
      const fiber = yield* events.pipe(
        Stream.runForEach((event) => Queue.offer(seen, outline([event]).join())),
        Effect.forkChild
      )
      yield* Queue.takeN(arrivals, 2)
      yield* end(0)
      expect(yield* Queue.takeN(seen, 4)).toEqual(["PromptReady", "Drawing 0", "Drawing 1", "ImageReady 0"])
      yield* end(1)
      expect(yield* Queue.take(seen)).toBe("ImageReady 1")
      yield* Fiber.join(fiber)
    })
  )

  it.effect("stop drawing when nobody wants them any more", () =>
    Effect.gen(function* () {
      const arrivals = yield* Queue.unbounded<number>()
      const stopped: Array<number> = []
      const flux = FakeFluxModel.make({
        before: ({ index }) =>
          Effect.andThen(Queue.offer(arrivals, index), Effect.never).pipe(
            Effect.onInterrupt(() => Effect.sync(() => stopped.push(index)))
          )
      })
      const fiber = yield* Effect.forkChild(eventsOf(requestFor("a fox", { n: 2 }), { flux: flux.layer }))
      yield* Queue.takeN(arrivals, 2)
      yield* Fiber.interrupt(fiber)
      expect(stopped.toSorted()).toEqual([0, 1])
    })
  )

  it.effect("give a seed of its own to each picture, and tell it where the model takes one", () =>
    Effect.gen(function* () {
      const flux = FakeFluxModel.make()
      const klein = requestFor("a fox", { n: 3, ...small })
      const events = yield* Effect.provide(eventsOf(klein, { flux: flux.layer }), FakeIdentifiers.layer)
      expect(imagesOf(events).map(({ seed }) => seed)).toEqual(flux.requests.map(({ seed }) => seed))
      expect(new Set(imagesOf(events).map(({ seed }) => seed))).toEqual(new Set([1, 2, 3]))
      const schnell = yield* eventsOf(requestFor("a fox"), { flux: flux.layer })
      expect(imagesOf(schnell)[0]).not.toHaveProperty("seed")
      expect(flux.requests[3]).not.toHaveProperty("seed")
    })
  )

  it.effect.each([
    [42, [42, 43, 44]],
    [0, [0, 1, 2]],
    [4_294_967_295, [4_294_967_295, 0, 1]]
  ] as const)("count on from the seed that was asked for: %i", ([seed, seeds]) =>
    Effect.gen(function* () {
      const events = yield* eventsOf(requestFor("a fox", { n: 3, seed, ...small }))
      expect(imagesOf(events).map((image) => image.seed)).toEqual(seeds)
    })
  )
})
