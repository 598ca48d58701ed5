import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { estimateCost } from "../../src/domain/GenerationPlan.ts"
import { type ImageSize, parseSize } from "../../src/domain/ImageSize.ts"
import type { Model } from "../../src/domain/Model.ts"
import { findModel, models, resolveModel } from "../../src/domain/ModelCatalogue.ts"
import { microdollarsOf } from "../../src/domain/Usage.ts"

const schnell = "@cf/black-forest-labs/flux-1-schnell"
const klein4b = "@cf/black-forest-labs/flux-2-klein-4b"
const klein9b = "@cf/black-forest-labs/flux-2-klein-9b"
const dev = "@cf/black-forest-labs/flux-2-dev"
const lucid = "@cf/leonardo/lucid-origin"
const phoenix = "@cf/leonardo/phoenix-1.0"
const sdxl = "@cf/stabilityai/stable-diffusion-xl-base-1.0"
const lightning = "@cf/bytedance/stable-diffusion-xl-lightning"
const dreamshaper = "@cf/lykon/dreamshaper-8-lcm"

const img2img = "@cf/runwayml/stable-diffusion-v1-5-img2img"
const inpainting = "@cf/runwayml/stable-diffusion-v1-5-inpainting"

const named = (name: string): Model => {
  const model = findModel(name)
  if (model === undefined) throw new Error(`There is no model ${name}.`)
  return model
}
const size = (text: string): ImageSize => parseSize(text) ?? { width: 0, height: 0 }

const randomCase = (text: string) =>
  fc
    .array(fc.boolean(), { minLength: text.length, maxLength: text.length })
    .map((upper) => Array.from(text, (letter, i) => (upper[i] ? letter.toUpperCase() : letter)).join(""))

describe("the catalogue", () => {
  it("has the models of Workers AI that make pictures from text", () => {
    expect(models.map(({ id }) => id).toSorted()).toEqual(
      [schnell, klein4b, klein9b, dev, lucid, phoenix, sdxl, lightning, dreamshaper, img2img, inpainting].toSorted()
    )
  })

  it("gives no name twice", () => {
    const names = models.flatMap((model) => [model.id, ...model.aliases])
    expect(names.length).toBe(new Set(names).size)
  })

  it.each(models)("$id is described without contradictions", (model) => {
    expect(model.id).toBe(`@cf/${model.ownedBy}/${model.id.split("/").at(-1)}`)
    // In seconds, and of no time to come.
    expect(model.created * 1000).toBeGreaterThan(Date.UTC(2023, 0, 1))
    expect(model.created * 1000).toBeLessThan(Date.now())
    expect(model.promptLimit).toBeGreaterThan(0)
    if (model.steps) expect(model.steps.default).toBeLessThanOrEqual(model.steps.maximum)
    if (model.sizes._tag === "Range") expect(model.sizes.minimum).toBeLessThan(model.sizes.maximum)
    if (model.inputs) expect(model.encoding).toBe(model.needs ? "json" : "multipart")
    if (model.needs) expect(model).toMatchObject({ inputs: { maximum: 1 }, strength: expect.any(Number) })
    if (model.guidance) expect(model.guidance[0]).toBeLessThan(model.guidance[1])
  })

  it("schnell takes a prompt and steps, and always draws 1024x1024", () => {
    expect(named(schnell)).toMatchObject({
      encoding: "json",
      sizes: { _tag: "Fixed", size: size("1024x1024") },
      steps: { field: "steps", default: 4, maximum: 8 },
      seed: false,
      promptLimit: 2048
    })
    expect(named(schnell).inputs).toBeUndefined()
  })

  it.each([klein4b, klein9b, dev])("%s takes multipart, 256 to 1920 pixels, a seed and four pictures", (id) => {
    expect(named(id)).toMatchObject({
      encoding: "multipart",
      sizes: { _tag: "Range", minimum: 256, maximum: 1920 },
      seed: true,
      inputs: { maximum: 4, maximumSide: 512 }
    })
  })

  it("klein draws with a fixed number of steps", () => {
    expect([named(klein4b).steps, named(klein9b).steps]).toEqual([undefined, undefined])
  })

  it.each([
    [dev, "steps", undefined],
    [lucid, "num_steps", 40],
    [phoenix, "num_steps", 50],
    [sdxl, "num_steps", 20],
    [lightning, "num_steps", 20],
    [dreamshaper, "num_steps", 20]
  ])("%s takes %s", (id, field, maximum) => {
    expect(named(id).steps?.field).toBe(field)
    if (maximum !== undefined) expect(named(id).steps?.maximum).toBe(maximum)
  })
})

describe("prices in neurons", () => {
  // A fee for each tile of 512x512 by area, for each step and tile, or for each megapixel. Those marked were billed so.
  it.each<[string, string, number | undefined, ReadonlyArray<string>, number]>([
    [schnell, "1024x1024", 4, [], 172.8], // billed
    [schnell, "1024x1024", 8, [], 326.4],
    [schnell, "1024x1024", 1, [], 57.6],
    [klein4b, "1024x1024", undefined, [], 104.2],
    [klein4b, "512x512", undefined, [], 26.05],
    [klein4b, "513x512", undefined, [], 26.1],
    [klein4b, "768x512", undefined, [], 39.08],
    [klein4b, "1920x1088", undefined, [], 207.59], // billed, about
    [klein4b, "1024x1024", undefined, ["512x512", "512x384"], 113.6],
    [klein9b, "1024x1024", undefined, [], 1363.64], // billed
    [klein9b, "512x512", undefined, [], 1363.64],
    [klein9b, "1024x2048", undefined, [], 1545.46],
    [klein9b, "1024x1024", undefined, ["512x512"], 1545.46],
    [dev, "1024x1024", 25, [], 3750],
    [dev, "1024x1024", 50, [], 7500], // billed
    [dev, "512x512", 10, ["512x512"], 562.5],
    [lucid, "1024x1024", 25, [], 3744],
    [lucid, "1120x1120", 15, [], 3904.69], // billed
    [phoenix, "1024x1024", 25, [], 3120], // billed
    [sdxl, "1024x1024", 20, [], 0],
    [lightning, "1024x1024", 20, [], 0], // billed
    [dreamshaper, "1024x1024", 20, [], 0]
  ])("%s, %s, %s steps, from %j: %f", (id, drawn, steps, inputs, neurons) => {
    const plan = { model: named(id), ...(steps !== undefined && { steps }) }
    expect(estimateCost(plan, size(drawn), inputs.map(size))).toEqual({ neurons })
  })

  it("never fall when a picture grows", () => {
    const side = fc.integer({ min: 256, max: 1920 })
    fc.assert(
      fc.property(fc.constantFrom(...models), side, side, side, (model, width, height, more) => {
        const price = (wider: number) =>
          microdollarsOf(estimateCost({ model, steps: 4 }, { width: wider, height }, [{ width: 512, height: 512 }]))
        expect(price(width + more)).toBeGreaterThanOrEqual(price(width))
      })
    )
  })
})

describe("findModel", () => {
  it.each(
    models.flatMap((model) =>
      [model.id, model.id.replace("@cf/", ""), ...model.aliases].map((name) => [name, model.id])
    )
  )("%s is %s, in any case of letters", (name, id) => {
    fc.assert(
      fc.property(randomCase(name), (written) => {
        expect(findModel(written)?.id).toBe(id)
      }),
      { numRuns: 10 }
    )
  })

  it.each(["klein", "flux-2-klein", "klein-4b"])("%s is the small klein", (name) => {
    expect(findModel(name)?.id).toBe(klein4b)
  })

  it.each(["", " ", "gpt-4o-mini", "flux-1-schnell ", "@cf/", "constructor", "__proto__", "flux-1-schnell-extra"])(
    "%j is no model",
    (name) => {
      expect(findModel(name)).toBeUndefined()
    }
  )
})

describe("resolveModel", () => {
  const resolve = (name: string, aliases: ReadonlyArray<readonly [string, string]> = []) =>
    resolveModel(name, { defaultModel: named(lucid), aliases: new Map(aliases) })?.id

  it("knows the ids and the short names", () => {
    expect([resolve(dev), resolve("flux-dev"), resolve("Flux-Dev")]).toEqual([dev, dev, dev])
  })

  it.each([
    ...["dall-e-2", "dall-e-3", "DALL-E-3", "gpt-image-1", "GPT-Image-1", "gpt-image-1-mini", "gpt-image-1.5"],
    ...["gpt-image-2", "gpt-image-2.6-2026-11-01", "gpt-image-next_beta", "chatgpt-image-latest", "chatgpt-image-3"]
  ])("%s stands for the default model", (name) => {
    expect(resolve(name)).toBe(lucid)
  })

  it.each([
    ...[
      "dall-e",
      "dall-e-",
      "dalle-3",
      "gpt-image",
      "gpt-image-",
      "gpt-image--",
      "gpt-image-1 ",
      " gpt-image-1",
      "xgpt-image-1"
    ],
    ...[
      "my-dall-e-3",
      "openai/gpt-image-1",
      "chatgpt-image",
      "chatgpt-4o-latest",
      "gpt-4o-mini",
      "gpt-5",
      "gpt-imagine-1"
    ],
    ...["gpt-image-1\n", "dall-e-3/", "gpt-image-é", `gpt-image-${"1".repeat(65)}`, "sora-2", "imagen-4", "o3"]
  ])("%j stands for nothing", (name) => {
    expect(resolve(name)).toBeUndefined()
  })

  it("follows an alias of the deployment, in any case of letters, to an id or a short name", () => {
    const aliases = [["my-model", klein9b] as const, ["other", "klein"] as const]
    expect(resolve("my-model", aliases)).toBe(klein9b)
    expect(resolve("My-Model", aliases)).toBe(klein9b)
    expect(resolve("other", aliases)).toBe(klein4b)
  })

  it("lets an alias of the deployment win over the built-in names", () => {
    const aliases = [["flux", dev] as const, ["dall-e-3", dev] as const, ["gpt-4o-mini", dev] as const]
    expect([resolve("flux", aliases), resolve("dall-e-3", aliases), resolve("gpt-4o-mini", aliases)]).toEqual([
      dev,
      dev,
      dev
    ])
  })

  it("never falls back to a default", () => {
    expect(resolve("gpt-4o-mini")).toBeUndefined()
    fc.assert(
      fc.property(fc.string(), (name) => {
        fc.pre(findModel(name) === undefined && !name.toLowerCase().includes("-"))
        expect(resolve(name)).toBeUndefined()
      })
    )
  })
})
