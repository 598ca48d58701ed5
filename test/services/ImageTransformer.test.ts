import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as TestClock from "effect/testing/TestClock"
import fc from "fast-check"
import { Bindings } from "../../src/services/Bindings.ts"
import { ImageTransformer } from "../../src/services/ImageTransformer.ts"
import { makeFakeImages } from "../support/FakeImages.ts"
import { imageOf } from "../support/pictures.ts"
import { watchSleeps } from "../support/watchSleeps.ts"

const setUp = (bound = true) => {
  const images = makeFakeImages()
  const bindings = Layer.succeed(Bindings, bound ? { IMAGES: images.binding } : {})
  const transformer = ImageTransformer.pipe(Effect.provide(ImageTransformer.layer), Effect.provide(bindings))
  return Effect.map(transformer, (transformer) => ({ images, transformer }))
}

const image = (width: number, height: number) => Effect.promise(() => imageOf({ width, height }))

describe("ImageTransformer", () => {
  it.effect.each(["image/png", "image/webp", "image/jpeg"] as const)("converts to %s, at the same size", (to) =>
    Effect.gen(function* () {
      const { images, transformer } = yield* setUp()
      const file = yield* image(300, 200)
      const converted = yield* transformer.convert(file, to)
      expect(converted).toMatchObject({ mediaType: to, size: { width: 300, height: 200 } })
      expect(images.transformations).toMatchObject([{ format: to, bytes: file.bytes }])
    })
  )

  it("fits any picture within a square, with its ratio", async () => {
    const side = fc.integer({ min: 64, max: 400 })
    await fc.assert(
      fc.asyncProperty(side, side, fc.integer({ min: 32, max: 256 }), async (width, height, maximumSide) => {
        const { size } = await Effect.runPromise(
          Effect.gen(function* () {
            const { transformer } = yield* setUp()
            return yield* transformer.fit(yield* image(width, height), maximumSide)
          })
        )
        expect(Math.max(size.width, size.height)).toBeLessThanOrEqual(maximumSide)
      }),
      { numRuns: 25 }
    )
  }, 30_000)

  it.effect("never scales up, and keeps the format", () =>
    Effect.gen(function* () {
      const { images, transformer } = yield* setUp()
      const fitted = yield* transformer.fit(yield* image(1024, 512), 512)
      expect(fitted).toMatchObject({ mediaType: "image/jpeg", size: { width: 512, height: 256 } })
      const small = yield* transformer.fit(yield* image(100, 80), 512)
      expect(small.size).toEqual({ width: 100, height: 80 })
      expect(images.transformations[0]?.transform).toMatchObject({ fit: "scale-down" })
    })
  )

  it.effect.each(["refuse", "garbage"] as const)("fails where the binding does: %s", (fault) =>
    Effect.gen(function* () {
      const { images, transformer } = yield* setUp()
      const file = yield* image(64, 64)
      images.failNext(fault)
      const error = yield* Effect.flip(transformer.convert(file, "image/png"))
      expect(error._tag).toBe("ImageTransformError")
      yield* transformer.convert(file, "image/png")
    })
  )

  it.effect("gives up after 20 seconds", () =>
    Effect.gen(function* () {
      const { images, transformer } = yield* setUp()
      const { asleep, watch } = yield* watchSleeps
      images.failNext("hang")
      const fiber = yield* Effect.forkChild(watch(Effect.flip(transformer.fit(yield* image(64, 64), 32))))
      yield* asleep(20_000)
      yield* TestClock.adjust("20 seconds")
      expect((yield* Fiber.join(fiber))._tag).toBe("ImageTransformError")
    })
  )

  it.effect("says that it is not there without the binding, and fails", () =>
    Effect.gen(function* () {
      const { transformer } = yield* setUp(false)
      expect(transformer.available).toBe(false)
      const error = yield* Effect.flip(transformer.convert(yield* image(64, 64), "image/png"))
      expect(error._tag).toBe("ImageTransformError")
      expect((yield* setUp()).transformer.available).toBe(true)
    })
  )
})
