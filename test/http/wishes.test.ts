import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { FakeFluxModel, makeApp } from "../support/layers/testLayers.ts"
import { errorFrom, imagesFrom } from "../support/openai/answers.ts"
import { chat, completionFrom, says } from "../support/openai/chat.ts"
import { edit, generate } from "../support/openai/requests.ts"
import { imageOf } from "../support/pictures.ts"
import { testApp } from "../support/testApp.ts"

const cat = await imageOf({ width: 256, height: 256 })

const drawing = () => {
  const flux = FakeFluxModel.make()
  const size = () => flux.requests.at(-1) && `${flux.requests.at(-1)?.size.width}x${flux.requests.at(-1)?.size.height}`
  return { app: testApp({ flux: flux.layer }), drawn: flux.requests, size }
}

const wideWishes: ReadonlyArray<object> = [
  { size: "16:9" },
  { size: "16x9" },
  { size: "１６：９" },
  { size: " 1024X576 " },
  { size: "1024x576px" },
  { size: "1024*576" },
  { size: "landscape_16_9" },
  { size: "1024x576 (16:9)" },
  { aspect_ratio: "16:9" },
  { aspect_ratio: "16/9" },
  { aspect_ratio: "16x9" },
  { aspect_ratio: "16_9" },
  { aspect_ratio: "ASPECT_16_9" },
  { aspect_ratio: 1.7778 },
  { aspectRatio: "32:18" },
  { "aspect-ratio": "1.78:1" },
  { ratio: "16:9" },
  { width: 1024, height: 576 },
  { width: "1024", height: "576" },
  { image_width: 1024, image_height: 576 },
  { width: 1024, aspect_ratio: "16:9" },
  { height: 576, aspect_ratio: "16:9" },
  { image_size: "landscape_16_9" },
  { image_size: "1024x576" },
  { image_size: { width: 1024, height: 576 } },
  { imageSize: { aspect_ratio: "16:9" } },
  { size: { width: "1024", height: "576" } },
  { size: [1024, 576] },
  { resolution: "1024x576" },
  { resolution: "16:9" },
  { size: "auto", aspect_ratio: "16:9" },
  { size: "1024x576", aspect_ratio: "16:9" },
  { size: null, width: null, height: null, aspect_ratio: "16:9", resolution: "" },
  { aspect_ratio: "16:9", image_size: "1K" },
  { aspect_ratio: "custom", width: 1024, height: 576 },
  { extra_body: { aspect_ratio: "16:9" } },
  { extra_body: { image_config: { aspect_ratio: "16:9" } } },
  { extra_body: { google: { generationConfig: { imageConfig: { aspectRatio: "16:9", imageSize: "1K" } } } } },
  { image_config: { aspect_ratio: "16:9" } },
  { imageConfig: { aspectRatio: "16:9" } },
  { generation_config: { image_config: { aspect_ratio: "16:9" } } },
  { generationConfig: { imageConfig: { aspectRatio: "16:9" } } },
  { parameters: { size: "1024*576" } },
  { parameters: { aspectRatio: "16:9", sampleCount: 1 } },
  { provider_options: { "black-forest-labs": { width: 1024, height: 576 } } },
  { providerOptions: { fal: { image_size: "landscape_16_9" } } },
  { input: { aspect_ratio: "16:9" } },
  { options: { width: 1024, height: 576 } },
  { tools: [{ type: "image_generation", size: "1024x576" }] }
]

describe("a wish for a wide picture", () => {
  it.each(wideWishes.map((fields) => [JSON.stringify(fields), fields] as const))(
    "is obeyed everywhere: %s",
    async (_, fields) => {
      const { app, drawn, size } = drawing()
      expect((await generate(app, fields)).status).toBe(200)
      expect(size()).toBe("1024x576")
      await completionFrom(await chat(app, says("A cat", fields)))
      expect(size()).toBe("1024x576")
      if (!("input" in fields)) {
        expect((await edit(app, { image: cat.dataUrl, ...fields })).status).toBe(200)
        expect(size()).toBe("1024x576")
      }
      expect(drawn.length).toBeGreaterThan(1)
    }
  )
})

describe("a wish for a size", () => {
  it.each([
    [{ image_size: "portrait_16_9" }, "576x1024"],
    [{ image_size: "portrait_4_3" }, "768x1024"],
    [{ image_size: "square_hd" }, "1024x1024"],
    [{ image_size: "landscape_4_3" }, "1024x768"],
    [{ orientation: "portrait" }, "768x1024"],
    [{ size: "9:16" }, "576x1024"],
    [{ aspect_ratio: "2:3", resolution: "2K" }, "1024x1536"],
    [{ resolution: "720p" }, "1280x720"],
    [{ resolution: "1 MP" }, "1024x1024"],
    [{ megapixels: "0.25" }, "512x512"],
    [{ resolution: 512 }, "512x512"],
    [{ size: "512 by 768" }, "512x768"],
    [{ size: "1024:1024" }, "1024x1024"],
    [{ aspect_ratio: "match_input_image" }, "1024x1024"],
    [{ aspect_ratio: "auto", size: "undefined" }, "1024x1024"]
  ])("%j is drawn as %s", async (fields, expected) => {
    const { app, size } = drawing()
    expect((await generate(app, { model: "klein", ...fields })).status).toBe(200)
    expect(size()).toBe(expected)
  })

  it.each([
    { size: "huge" },
    { size: 1024 },
    { size: {} },
    { size: true },
    { aspect_ratio: "wideish" },
    { aspect_ratio: "0:9" },
    { aspect_ratio: {} },
    { image_size: "gigantic" },
    { image_size: { height: "tall", width: 9 } },
    { resolution: "4K", model: "klein" },
    { resolution: "ultra" },
    { width: 1024 },
    { height: "576" },
    { width: "wide", height: 576 },
    { width: 12.5, height: 576 },
    { width: 20, height: 20 },
    { width: -1, height: -1 },
    { size: "1024x1024", aspect_ratio: "16:9" },
    { width: 512, height: 512, size: "1024x1024" },
    { aspect_ratio: "16:9", extra_body: { aspect_ratio: "1:1" } },
    { extra_body: { image_config: { aspect_ratio: "a bit wide" } } },
    { generationConfig: { imageConfig: { imageSize: "enormous" } } }
  ])("%j is a 400 that names `size`", async (fields) => {
    const { app, drawn } = drawing()
    const answers = [await generate(app, fields), await edit(app, { image: cat.dataUrl, ...fields })]
    if (!("model" in fields)) answers.push(await chat(app, says("A cat", fields)))
    for (const answer of answers) {
      const failure = await errorFrom(answer)
      expect(failure).toMatchObject({ status: 400, param: "size" })
      expect(failure.message).not.toMatch(/undefined|null|NaN/)
    }
    expect(drawn).toEqual([])
  })

  it("that no model draws is drawn as near as possible in a chat, which says so", async () => {
    const { app, size } = drawing()
    const { content } = await completionFrom(
      await chat(app, says("A cat", { image_config: { aspect_ratio: "16:9", image_size: "2K" } }))
    )
    expect(size()).toBe("1920x1080")
    expect(content).toContain("2048x1152")
  })

  it("is beaten by a flag", async () => {
    const { app, size } = drawing()
    expect((await generate(app, { prompt: "A cat --ar 1:2", aspect_ratio: "16:9" })).status).toBe(200)
    expect(size()).toBe("512x1024")
  })

  it("is drawn or refused whatever it is, and never dropped", async () => {
    const app = makeApp()
    const name = fc.constantFrom("size", "aspect_ratio", "image_size", "resolution", "aspectRatio")
    const value = fc.oneof(
      fc.string({ minLength: 1 }),
      fc.integer(),
      fc.boolean(),
      fc.array(fc.integer(), { minLength: 1 })
    )
    await fc.assert(
      fc.asyncProperty(name, value, async (field, wish) => {
        const response = await generate(app, { [field]: wish, response_format: "b64_json" })
        expect([200, 400]).toContain(response.status)
        if (response.status === 400) expect(await errorFrom(response)).toMatchObject({ param: "size" })
      }),
      { numRuns: 60 }
    )
    await app.dispose()
  })
})

describe("other wishes of other dialects", () => {
  it.each([
    { n: 2, seed: 7, steps: 6 },
    { n: "2", seed: "7", steps: "6" },
    { num_images: 2, seed: 7, num_inference_steps: 6 },
    { extra_body: { n: 2, seed: 7, steps: 6 } },
    { parameters: { sampleCount: "2", seed: 7, num_steps: 6 } },
    { numberOfImages: 2, provider_options: { x: { seed: 7, steps: 6 } } }
  ])("%j are obeyed", async (fields) => {
    const { app, drawn } = drawing()
    const { data } = await imagesFrom(await generate(app, { model: "flux-2-dev", ...fields }))
    expect(data.map(({ seed }) => seed)).toEqual([7, 8])
    expect(drawn.map(({ steps }) => steps)).toEqual([6, 6])
    await completionFrom(await chat(app, says("A cat", { model: "flux-2-dev", ...fields })))
    expect(drawn.slice(2).map(({ seed, steps }) => [seed, steps])).toEqual([
      [7, 6],
      [8, 6]
    ])
  })

  it.each([
    { metadata: { width: 3, size: "huge" } },
    { stream_options: null },
    { user: "size 3" },
    { logit_bias: { "1024": 5 } },
    { custom: { aspect_ratio: "nobody knows" } }
  ])("%j is none", async (fields) => {
    const { app, size } = drawing()
    expect((await generate(app, fields)).status).toBe(200)
    expect(size()).toBe("1024x1024")
  })
})
