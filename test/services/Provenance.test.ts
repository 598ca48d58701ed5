import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as TestClock from "effect/testing/TestClock"
import { Provenance } from "../../src/services/Provenance.ts"
import { configFrom } from "../support/layers/testLayers.ts"
import { sourceTypeOf, xmpOf } from "../support/metadata.ts"
import { imageOf } from "../support/pictures.ts"

const origin = { source: "drawn", model: "@cf/x/y" } as const
const image = Effect.promise(() => imageOf({ width: 40, height: 24 }))

const withSetting = (PROVENANCE: string) =>
  Effect.provide(Provenance, Provenance.layer.pipe(Layer.provide(configFrom({ PROVENANCE }))))

describe("Provenance.layer", () => {
  it.effect.each(["", "xmp"])("marks a picture with the time at which it was drawn: %j", (setting) =>
    Effect.gen(function* () {
      const { available, mark } = yield* withSetting(setting)
      yield* available
      yield* TestClock.setTime(Date.UTC(2026, 10, 25, 12, 30, 45))
      const { bytes } = yield* mark(yield* image, origin)
      expect(yield* Effect.promise(() => xmpOf(bytes))).toMatchObject({ CreateDate: "2026-11-25T12:30:45Z" })
    })
  )

  it.effect("leaves a picture as it came where it is off", () =>
    Effect.gen(function* () {
      const { available, mark } = yield* withSetting("off")
      yield* available
      const file = yield* image
      expect(yield* mark(file, origin)).toBe(file)
    })
  )

  it.effect("is not available where the setting is another, and says which", () =>
    Effect.gen(function* () {
      const { available } = yield* withSetting("c2pa")
      expect(yield* Effect.flip(available)).toMatchObject({ _tag: "ConfigurationError", variable: "PROVENANCE" })
    })
  )
})

describe("Provenance.layerXmp", () => {
  it.effect("gives back what can't be marked for a reason that nobody thought of", () =>
    Effect.gen(function* () {
      const { mark } = yield* Effect.provide(Provenance, Provenance.layerXmp)
      const file = yield* image
      // No date can be written for it.
      yield* TestClock.setTime(9e15)
      expect(yield* mark(file, origin)).toBe(file)
      yield* TestClock.setTime(0)
      const { bytes } = yield* mark(file, origin)
      expect(yield* Effect.promise(() => sourceTypeOf(bytes))).toBe("trainedAlgorithmicMedia")
    })
  )
})
