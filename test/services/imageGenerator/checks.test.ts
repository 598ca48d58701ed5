import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { ConfigurationError, ImageNotFound, InvalidRequest } from "../../../src/domain/Errors.ts"
import type { GenerationRequest } from "../../../src/domain/GenerationRequest.ts"
import { PromptOptimizer } from "../../../src/services/PromptOptimizer.ts"
import { eventsOf, generatorOver, type Parts, requestFor } from "../../support/generation.ts"
import {
  FakeFluxModel,
  FakeImageStore,
  FakeImageTransformer,
  FakeInputImages,
  FakePromptOptimizer
} from "../../support/layers/testLayers.ts"
import { imageOf } from "../../support/pictures.ts"

const wrong = new ConfigurationError({ variable: "SOMETHING", message: "SOMETHING is wrong." })
const notFound = new ImageNotFound({ expired: true })
const remote = { _tag: "Remote", url: new URL("https://pics.test.example/a") } as const
const long = "fox ".repeat(600).trim()

type Row = readonly [name: string, request: GenerationRequest, parts: Parts, error: object]

const refused: ReadonlyArray<Row> = [
  ["no backend", requestFor("a fox"), { flux: FakeFluxModel.unavailable(wrong) }, wrong],
  [
    "nowhere to keep the picture",
    requestFor("a fox"),
    { store: FakeImageStore.make({ unavailable: wrong }).layer },
    wrong
  ],
  [
    "an optimizer that is set up wrong",
    requestFor("a fox"),
    {
      optimizer: Layer.succeed(PromptOptimizer, {
        plan: () => Effect.fail(wrong),
        optimize: (prompt) => Effect.succeed({ prompt, source: { _tag: "Original" }, neurons: 0 })
      })
    },
    wrong
  ],
  [
    "a wrong FLUX_MODEL",
    requestFor("a fox"),
    { env: { FLUX_MODEL: "dall-e-7" } },
    { _tag: "ConfigurationError", variable: "FLUX_MODEL" }
  ],
  [
    "an unknown model",
    requestFor("a fox", { model: "gpt-4o-mini" }),
    {},
    { _tag: "ModelNotFound", model: "gpt-4o-mini" }
  ],
  [
    "an input picture that is gone",
    requestFor("a fox", { inputs: [remote] }),
    { inputImages: FakeInputImages.failing(notFound) },
    notFound
  ],
  [
    "five input pictures",
    requestFor("a fox", { inputs: Array.from({ length: 5 }, () => remote) }),
    {},
    { _tag: "InvalidRequest", param: "image" }
  ],
  [
    "input pictures that no model takes",
    requestFor("a fox", { inputs: [remote] }),
    { env: { FLUX_SIZED_MODEL: "off" } },
    { _tag: "InvalidRequest", param: "image" }
  ],
  [
    "a size that nothing draws, where that is to be refused",
    requestFor("a fox", { size: { width: 512, height: 512 }, mismatch: "refuse" }),
    { env: { FLUX_SIZED_MODEL: "off" } },
    { _tag: "InvalidRequest", param: "size" }
  ],
  ["a prompt that is too long", requestFor(long), {}, { _tag: "InvalidRequest", param: "prompt" }],
  [
    "a long prompt that is not to be improved",
    requestFor(long, { optimize: false }),
    { optimizer: FakePromptOptimizer.layer },
    { _tag: "InvalidRequest", param: "prompt" }
  ],
  [
    "a long instruction for an input picture",
    requestFor(long, { inputs: [remote] }),
    { optimizer: FakePromptOptimizer.layer },
    { _tag: "InvalidRequest", param: "prompt" }
  ],
  [
    "a format that nothing gives",
    requestFor("a fox", { outputFormat: "image/webp" }),
    {},
    { _tag: "InvalidRequest", param: "output_format" }
  ]
]

describe("ImageGenerator", () => {
  it.effect.each(refused)("refuses %s before anything is drawn", ([, request, parts, error]) =>
    Effect.gen(function* () {
      const flux = FakeFluxModel.make()
      const { prepare } = yield* generatorOver({ flux: flux.layer, ...parts })
      expect(yield* Effect.flip(prepare(request))).toMatchObject(error)
      expect(flux.requests).toEqual([])
    })
  )

  it.effect("needs no store where nothing is to be stored", () =>
    Effect.gen(function* () {
      const store = FakeImageStore.make({ unavailable: wrong }).layer
      const { prepare } = yield* generatorOver({ store })
      yield* prepare(requestFor("a fox", { store: false }))
    })
  )

  it.effect("leaves a long prompt to the optimizer", () =>
    Effect.gen(function* () {
      const optimizer = FakePromptOptimizer.make({
        answer: (prompt) => ({ prompt: prompt.slice(0, 9), source: { _tag: "Optimized", model: "m" } })
      })
      const flux = FakeFluxModel.make()
      yield* eventsOf(requestFor(long), { optimizer: optimizer.layer, flux: flux.layer })
      expect(optimizer.calls).toEqual([{ prompt: long, limit: 2048 }])
      expect(flux.requests).toMatchObject([{ prompt: long.slice(0, 9) }])
    })
  )

  it.effect("but not one that is longer than the optimizer reads", () =>
    Effect.gen(function* () {
      const optimizer = FakePromptOptimizer.make()
      const error = yield* Effect.flip(eventsOf(requestFor("x".repeat(8001)), { optimizer: optimizer.layer }))
      expect(error).toMatchObject({ _tag: "InvalidRequest", param: "prompt" })
      expect(optimizer.calls).toEqual([])
    })
  )

  it.effect("draws nothing of a long prompt that could not be improved", () =>
    Effect.gen(function* () {
      const flux = FakeFluxModel.make()
      const parts = { flux: flux.layer, optimizer: FakePromptOptimizer.failing("timeout") }
      const { draw, prepare } = yield* generatorOver(parts)
      const events = draw(yield* prepare(requestFor(long)))
      const error = yield* Effect.flip(Stream.runDrain(events))
      expect(error).toBeInstanceOf(InvalidRequest)
      expect(error).toMatchObject({ param: "prompt" })
      expect(flux.requests).toEqual([])
    })
  )

  it.effect("knows before it draws how it will, and what that costs", () =>
    Effect.gen(function* () {
      const { prepare } = yield* generatorOver()
      const size = { width: 768, height: 512 }
      const { neurons, plan } = yield* prepare(requestFor("a fox", { size, n: 3, steps: 8 }))
      expect(plan).toMatchObject({ model: { id: "@cf/black-forest-labs/flux-2-klein-4b" }, size })
      expect(plan.notices).toEqual([{ _tag: "StepsIgnored", steps: 8 }])
      expect(neurons).toBeCloseTo(3 * 39.08, 5)
    })
  )

  it.effect("comes as near to a size as the model can, and says so", () =>
    Effect.gen(function* () {
      const request = requestFor("a fox", { size: { width: 768, height: 512 }, seed: 3, steps: 9 })
      const events = yield* eventsOf(request, { env: { FLUX_SIZED_MODEL: "off" } })
      const drawn = { width: 1024, height: 1024 }
      expect(events[0]).toMatchObject({
        plan: {
          size: drawn,
          notices: [
            { _tag: "SizeAdapted", wanted: { width: 768, height: 512 }, drawn },
            { _tag: "SeedIgnored" },
            { _tag: "StepsIgnored", steps: 9, maximum: 8 }
          ]
        }
      })
    })
  )

  it.effect("sends at most four input pictures, in order", () =>
    Effect.gen(function* () {
      const flux = FakeFluxModel.make()
      const files = yield* Effect.forEach([1, 2, 3, 4], (i) =>
        Effect.promise(() => imageOf({ width: 64 * i, height: 64 }))
      )
      const inputs = files.map((file) => ({ _tag: "Inline", file }) as const)
      yield* eventsOf(requestFor("make it blue", { inputs }), {
        flux: flux.layer,
        transformer: FakeImageTransformer.layer
      })
      expect(flux.requests).toMatchObject([{ model: { id: "@cf/black-forest-labs/flux-2-klein-4b" }, inputs: files }])
    })
  )
})
