import * as Result from "effect/Result"
import { describe, expect, it } from "vitest"
import { InvalidRequest, ModelNotFound } from "../../src/domain/Errors.ts"
import { type ModelSettings, planGeneration } from "../../src/domain/GenerationPlan.ts"
import type { ImageSize } from "../../src/domain/ImageSize.ts"
import type { Model } from "../../src/domain/Model.ts"
import { findModel } from "../../src/domain/ModelCatalogue.ts"

const named = (name: string): Model => {
  const model = findModel(name)
  if (model === undefined) throw new Error(`There is no model ${name}.`)
  return model
}
const schnell = named("schnell")
const klein = named("klein")
const dev = named("flux-2-dev")
const phoenix = named("phoenix")

const square: ImageSize = { width: 1024, height: 1024 }
const wide: ImageSize = { width: 1024, height: 576 }
const huge: ImageSize = { width: 3840, height: 2160 }
const photo: ImageSize = { width: 4000, height: 3000 }

const usual: ModelSettings = { defaultModel: schnell, sizedModel: klein, aliases: new Map([["mine", "phoenix"]]) }
const alone: ModelSettings = { defaultModel: schnell, aliases: new Map() }

type Request = Partial<Parameters<typeof planGeneration>[0]>

const plan = (request: Request, settings = usual, inputs: ReadonlyArray<ImageSize> = []) =>
  planGeneration({ mismatch: "adapt", ...request }, inputs, settings)
const planned = (...given: Parameters<typeof plan>) => Result.getOrThrow(plan(...given))
const refused = (...given: Parameters<typeof plan>) => Result.getOrThrow(Result.flip(plan(...given)))

describe("the model that draws", () => {
  it.each<[string, Request, ReadonlyArray<ImageSize>, Model, ImageSize]>([
    ["nothing in particular", {}, [], schnell, square],
    ["the size that it draws", { size: square }, [], schnell, square],
    ["another size", { size: wide }, [], klein, wide],
    ["a seed", { seed: 42 }, [], klein, square],
    ["the seed 0", { seed: 0 }, [], klein, square],
    ["a picture to start from", {}, [photo], klein, { width: 1184, height: 880 }],
    ["a picture and a size", { size: wide }, [photo], klein, wide],
    ["four pictures", { size: wide }, [photo, photo, photo, photo], klein, wide],
    ["the first model, by its id, and another size", { model: schnell.id, size: wide }, [], klein, wide],
    ["the first model, by its id, and a seed", { model: schnell.id, seed: 1 }, [], klein, square],
    ["the first model, by its id, and a picture", { model: schnell.id, size: square }, [photo], klein, square],
    ["a model by a short name", { model: "flux-2-dev", size: wide, seed: 1 }, [photo], dev, wide],
    ["a model by an alias of the deployment", { model: "mine", size: wide }, [], phoenix, wide],
    ["a model without input pictures, and a picture", { model: "phoenix", size: wide }, [photo], klein, wide],
    ["a name of OpenAI's", { model: "dall-e-3" }, [], schnell, square],
    ["more steps than it takes", { steps: 20 }, [], schnell, square]
  ])("for %s", (_, request, inputs, model, size) => {
    expect(planned(request, usual, inputs)).toMatchObject({ model, size })
    expect(planned({ ...request, mismatch: "refuse" }, usual, inputs)).toMatchObject({ model, size })
  })

  it.each<[string, Request, ReadonlyArray<ImageSize>, string]>([
    ["FLUX_MODEL, for nothing in particular", {}, [], "FLUX_MODEL"],
    ["FLUX_MODEL, for a name of OpenAI's", { model: "dall-e-3" }, [], "FLUX_MODEL"],
    ["FLUX_MODEL, for such a name in any case of letters", { model: "GPT-Image-1" }, [], "FLUX_MODEL"],
    ["FLUX_SIZED_MODEL, for another size", { size: wide }, [], "FLUX_SIZED_MODEL"],
    ["FLUX_SIZED_MODEL, for a picture", { model: "dall-e-3" }, [photo], "FLUX_SIZED_MODEL"],
    ["FLUX_SIZED_MODEL, for what the named model can't", { model: "phoenix" }, [photo], "FLUX_SIZED_MODEL"],
    ["FLUX_SIZED_MODEL, for what only comes near", { size: huge }, [], "FLUX_SIZED_MODEL"],
    ["the caller, by an id", { model: schnell.id }, [], "caller"],
    ["the caller, by a short name", { model: "klein", size: wide, seed: 1 }, [photo], "caller"],
    ["the caller, by an alias of the deployment", { model: "mine" }, [], "caller"],
    ["the caller, though the size is changed", { model: "phoenix", size: { width: 3000, height: 3000 } }, [], "caller"]
  ])("is chosen by %s", (_, request, inputs, chosenBy) => {
    expect(planned(request, usual, inputs).chosenBy).toBe(chosenBy)
  })

  it("is never another for an unknown name", () => {
    const error = refused({ model: "gpt-4o-mini" })
    expect(error).toBeInstanceOf(ModelNotFound)
    expect(error.message).toContain("gpt-4o-mini")
  })
})

describe("what nothing can draw", () => {
  it("is drawn in the nearest size, and said, where the caller wants that", () => {
    expect(planned({ size: wide }, alone)).toMatchObject({
      model: schnell,
      size: square,
      notices: [{ _tag: "SizeAdapted", wanted: wide, drawn: square }]
    })
    const drawn = { width: 1920, height: 1080 }
    expect(planned({ size: huge, seed: 7 })).toMatchObject({
      model: klein,
      size: drawn,
      notices: [{ _tag: "SizeAdapted", wanted: huge, drawn }]
    })
  })

  it("is drawn without the seed, and said", () => {
    expect(planned({ seed: 7 }, alone)).toMatchObject({ model: schnell, notices: [{ _tag: "SeedIgnored" }] })
    expect(planned({ seed: 7, size: wide }, alone).notices.map(({ _tag }) => _tag)).toEqual([
      "SizeAdapted",
      "SeedIgnored"
    ])
  })

  it.each<[string, Request, ModelSettings, ReadonlyArray<ImageSize>, string, ReadonlyArray<string>]>([
    ["a size, with one model", { size: wide }, alone, [], "size", ["1024x576", "1024x1024", schnell.id]],
    ["a size, with two models", { size: huge }, usual, [], "size", ["3840x2160", "1920x1080", klein.id]],
    ["a size and a seed", { size: wide, seed: 7 }, alone, [], "size", ["1024x576"]],
    ["a seed", { seed: 7 }, alone, [], "seed", [schnell.id, "seed"]],
    ["pictures, with one model", {}, alone, [photo], "image", ["FLUX_SIZED_MODEL"]],
    ["too many pictures", {}, usual, [photo, photo, photo, photo, photo], "image", ["4", "5"]]
  ])("is refused with the field's name where the caller wants that: %s", (...row) => {
    const [, request, settings, inputs, param, told] = row
    const error = refused({ ...request, mismatch: "refuse" }, settings, inputs)
    expect(error).toBeInstanceOf(InvalidRequest)
    expect(error).toHaveProperty("param", param)
    for (const part of told) expect(error.message).toContain(part)
  })

  it("is never a picture without the pictures that it should start from", () => {
    expect(refused({ mismatch: "adapt" }, alone, [photo])).toHaveProperty("param", "image")
    expect(refused({ mismatch: "adapt" }, usual, Array(5).fill(photo))).toHaveProperty("param", "image")
  })
})

describe("steps", () => {
  const sized = { size: wide }

  it.each<[string, Request, Partial<ModelSettings>, number | undefined]>([
    ["the model's own", {}, {}, 4],
    ["those of the deployment", {}, { defaultSteps: 6 }, 6],
    ["those of the deployment, as far as the model goes", {}, { defaultSteps: 20 }, 8],
    ["those of the request", { steps: 2 }, { defaultSteps: 6 }, 2],
    ["the most", { steps: 8 }, {}, 8],
    ["the request's, whatever the quality", { steps: 3, quality: "high" }, {}, 3],
    ["half of them for low quality", { quality: "low" }, {}, 2],
    ["half of one is one", { quality: "low" }, { defaultSteps: 1 }, 1],
    ["the usual for medium quality", { quality: "medium" }, {}, 4],
    ["twice as many for high quality", { quality: "high" }, { defaultSteps: 3 }, 6],
    ["the most for the highest quality", { quality: "max" }, { defaultSteps: 3 }, 8],
    ["another model's own", { model: "phoenix" }, { defaultSteps: 6 }, 25],
    ["none for a model that takes none", sized, { defaultSteps: 6 }, undefined],
    ["none for a model that takes none, whatever the quality", { ...sized, quality: "high" }, {}, undefined]
  ])("%s", (_, request, settings, steps) => {
    const { notices, ...plan } = planned(request, { ...usual, ...settings })
    expect(plan.steps).toBe(steps)
    expect(notices).toEqual([])
  })

  it("that the model can't take are left out, and said", () => {
    expect(planned({ steps: 9 })).toMatchObject({
      steps: 4,
      notices: [{ _tag: "StepsIgnored", steps: 9, maximum: 8 }]
    })
    expect(planned({ steps: 9, quality: "high" }).steps).toBe(8)
    const { notices, steps } = planned({ steps: 4, ...sized })
    expect(steps).toBeUndefined()
    expect(notices).toEqual([{ _tag: "StepsIgnored", steps: 4 }])
  })

  it("are said after what became of the size and the seed", () => {
    expect(planned({ steps: 9, size: wide, seed: 1 }, alone).notices.map(({ _tag }) => _tag)).toEqual([
      "SizeAdapted",
      "SeedIgnored",
      "StepsIgnored"
    ])
  })
})
