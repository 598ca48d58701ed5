import { env } from "cloudflare:workers"
import { assert, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { describe } from "vitest"
import { Bindings } from "../../src/services/Bindings.ts"
import { ImageTransformer } from "../../src/services/ImageTransformer.ts"
import { imageOf } from "../support/pictures.ts"

const Transformer = ImageTransformer.layer.pipe(Layer.provide(Layer.succeed(Bindings, env)))

const image = Effect.promise(() => imageOf({ width: 800, height: 400 }))

describe("ImageTransformer over the Images binding", () => {
  it.live.each(["image/png", "image/webp", "image/jpeg"] as const)("makes %s of a JPEG, at its size", (mediaType) =>
    Effect.gen(function* () {
      const transformer = yield* ImageTransformer
      assert.isTrue(transformer.available)
      const converted = yield* transformer.convert(yield* image, mediaType)
      assert.strictEqual(converted.mediaType, mediaType)
      assert.deepStrictEqual(converted.size, { width: 800, height: 400 })
    }).pipe(Effect.provide(Transformer))
  )

  it.live("scales down to the longer side, with the ratio kept, and never up", () =>
    Effect.gen(function* () {
      const transformer = yield* ImageTransformer
      const file = yield* image
      const smaller = yield* transformer.fit(file, 512)
      assert.deepStrictEqual(smaller.size, { width: 512, height: 256 })
      assert.strictEqual(smaller.mediaType, "image/jpeg")
      assert.deepStrictEqual((yield* transformer.fit(file, 2000)).size, file.size)
    }).pipe(Effect.provide(Transformer))
  )
})
