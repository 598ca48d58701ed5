import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import type { GenerationRequest } from "../../../src/domain/GenerationRequest.ts"
import type { ImageSize } from "../../../src/domain/ImageSize.ts"
import { eventsOf, generatorOver, imagesOf, type Parts, requestFor } from "../../support/generation.ts"
import {
  FakeFluxModel,
  FakeImageStore,
  FakeImageTransformer,
  FakePromptOptimizer
} from "../../support/layers/testLayers.ts"
import { imageOf } from "../../support/pictures.ts"

const size = { width: 256, height: 256 }
const fox = (changes: Partial<GenerationRequest> = {}) => requestFor("a fox", { size, ...changes })

const drawn = (request: GenerationRequest, parts: Parts = {}) =>
  Effect.map(eventsOf(request, parts), (events) => imagesOf(events)[0])

const inline = (size: ImageSize) =>
  Effect.map(
    Effect.promise(() => imageOf(size)),
    (file) => ({ _tag: "Inline", file }) as const
  )

describe("the prompt that ImageGenerator draws", () => {
  it.effect("is the improved one, and both are told", () =>
    Effect.gen(function* () {
      const flux = FakeFluxModel.make()
      const [ready] = yield* eventsOf(fox(), { flux: flux.layer, optimizer: FakePromptOptimizer.layer })
      expect(ready).toMatchObject({
        originalPrompt: "a fox",
        prompt: "Optimized: a fox",
        source: { _tag: "Optimized", model: "test-optimizer" }
      })
      expect(flux.requests).toMatchObject([{ prompt: "Optimized: a fox" }])
    })
  )

  it.effect("is improved once for all pictures", () =>
    Effect.gen(function* () {
      const optimizer = FakePromptOptimizer.make()
      yield* eventsOf(fox({ n: 3 }), { optimizer: optimizer.layer })
      expect(optimizer.calls).toEqual([{ prompt: "a fox", limit: 2048 }])
    })
  )

  it.effect("is the original where that fails, with the reason", () =>
    Effect.gen(function* () {
      const flux = FakeFluxModel.make()
      const [ready] = yield* eventsOf(fox(), { flux: flux.layer, optimizer: FakePromptOptimizer.failing("timeout") })
      expect(ready).toMatchObject({ prompt: "a fox", source: { _tag: "Failed", reason: "timeout" } })
      expect(flux.requests).toMatchObject([{ prompt: "a fox" }])
    })
  )

  it.effect("is the original where it is to be left alone, or is an instruction", () =>
    Effect.gen(function* () {
      const optimizer = FakePromptOptimizer.make()
      for (const changes of [{ optimize: false }, { inputs: [yield* inline(size)] }]) {
        const [ready] = yield* eventsOf(fox(changes), { optimizer: optimizer.layer })
        expect(ready).toMatchObject({ prompt: "a fox", source: { _tag: "Original" } })
      }
      expect(optimizer.calls).toEqual([])
    })
  )
})

describe("the pictures of ImageGenerator", () => {
  it.effect("are handed over where they can't be kept: they have been paid for", () =>
    Effect.gen(function* () {
      const image = yield* drawn(fox(), { store: FakeImageStore.failing("put") })
      expect(image).toMatchObject({ storageFailed: true, file: { mediaType: "image/jpeg", size } })
      expect(image).not.toHaveProperty("key")
    })
  )

  it.effect("are kept only where that is asked for", () =>
    Effect.gen(function* () {
      const store = FakeImageStore.make()
      const image = yield* drawn(fox({ store: false }), { store: store.layer })
      expect(image).toMatchObject({ storageFailed: false })
      expect(image).not.toHaveProperty("key")
      expect(store.images.size).toBe(0)
    })
  )

  it.effect("cost nothing as previews, and say that they are", () =>
    Effect.gen(function* () {
      const flux = FakeFluxModel.make({ preview: true }).layer
      expect(yield* drawn(fox(), { flux })).toMatchObject({
        preview: true,
        neurons: 0,
        file: { mediaType: "image/png" }
      })
      const { prepare } = yield* generatorOver({ flux })
      expect((yield* prepare(fox())).neurons).toBe(0)
    })
  )

  it.effect.each([
    [{ size: { width: 512, height: 512 } }, 26.05],
    [{ size: { width: 513, height: 512 } }, 26.1],
    [{ size: { width: 1024, height: 1024 }, seed: 1 }, 104.2],
    [{ model: "schnell", size: { width: 1024, height: 1024 }, steps: 8 }, 326.4],
    [{ model: "sdxl" }, 0]
  ] as const)("cost what the price list says: %j", ([changes, neurons]) =>
    Effect.gen(function* () {
      expect((yield* drawn(fox(changes)))?.neurons).toBeCloseTo(neurons, 5)
    })
  )
})

describe("the format of a picture", () => {
  const { failing, unavailable } = FakeImageTransformer

  it.effect("needs no transformer where the model gives it", () =>
    Effect.gen(function* () {
      const image = yield* drawn(fox({ outputFormat: "image/jpeg" }), { transformer: unavailable })
      expect(image?.mediaType).toBe("image/jpeg")
      const flux = FakeFluxModel.make({ preview: true }).layer
      const preview = yield* drawn(fox({ outputFormat: "image/png" }), { flux, transformer: unavailable })
      expect(preview?.mediaType).toBe("image/png")
    })
  )

  it.effect("is the one that was asked for, in the store too", () =>
    Effect.gen(function* () {
      const transformer = FakeImageTransformer.make()
      const store = FakeImageStore.make()
      const parts = { transformer: transformer.layer, store: store.layer }
      const image = yield* drawn(fox({ outputFormat: "image/webp" }), parts)
      expect(image).toMatchObject({ file: { mediaType: "image/webp", size }, key: { mediaType: "image/webp" } })
      expect([...store.images.values()]).toEqual([image?.file])
      expect(transformer.calls).toMatchObject([{ _tag: "Convert", to: "image/webp" }])
    })
  )

  it.effect("is converted only where it is another", () =>
    Effect.gen(function* () {
      const transformer = FakeImageTransformer.make()
      yield* drawn(fox({ outputFormat: "image/jpeg" }), { transformer: transformer.layer })
      yield* drawn(fox(), { transformer: transformer.layer })
      expect(transformer.calls).toEqual([])
    })
  )

  it.effect("stays what it is where it can't be converted: the picture has been paid for", () =>
    Effect.gen(function* () {
      const image = yield* drawn(fox({ outputFormat: "image/webp" }), { transformer: failing })
      expect(image).toMatchObject({ file: { mediaType: "image/jpeg" }, key: { mediaType: "image/jpeg" } })
    })
  )
})

describe("an input picture", () => {
  const large = { width: 1024, height: 512 }

  it.effect("is scaled down to what the model takes, and costs that much", () =>
    Effect.gen(function* () {
      // A quarter of a tile is drawn, from a half and a quarter.
      const cost = 10.54
      const transformer = FakeImageTransformer.make()
      const flux = FakeFluxModel.make()
      const parts = { transformer: transformer.layer, flux: flux.layer }
      const inputs = [yield* inline(large), yield* inline(size)]
      const image = yield* drawn(fox({ inputs }), parts)
      expect(transformer.calls).toMatchObject([{ _tag: "Fit", maximumSide: 512 }])
      expect(flux.requests[0]?.inputs).toMatchObject([{ size: { width: 512, height: 256 } }, { size }])
      expect(image?.neurons).toBeCloseTo(cost, 5)
      const { prepare } = yield* generatorOver(parts)
      expect((yield* prepare(fox({ inputs, n: 2 }))).neurons).toBeCloseTo(2 * cost, 5)
    })
  )

  it.effect.each([
    ["can't be scaled", { transformer: FakeImageTransformer.unavailable }],
    ["fails to be scaled", { transformer: FakeImageTransformer.failing }],
    ["is for a preview", { transformer: FakeImageTransformer.layer, flux: FakeFluxModel.make({ preview: true }).layer }]
  ] as const)("goes as it is where it %s", ([, parts]) =>
    Effect.gen(function* () {
      const inputs = [yield* inline(large)]
      const flux = FakeFluxModel.make("flux" in parts ? { preview: true } : {})
      yield* drawn(fox({ inputs }), { ...parts, flux: flux.layer })
      expect(flux.requests[0]?.inputs).toEqual(inputs.map(({ file }) => file))
    })
  )

  it.effect("gives its ratio to a picture without a size", () =>
    Effect.gen(function* () {
      const { size: _, ...request } = fox({ inputs: [yield* inline({ width: 300, height: 600 })] })
      const [ready] = yield* eventsOf(request)
      const drawnSize = ready?._tag === "PromptReady" ? ready.plan.size : { width: 0, height: 1 }
      expect(drawnSize.width / drawnSize.height).toBeCloseTo(0.5, 1)
    })
  )
})
