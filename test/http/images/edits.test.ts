import { beforeAll, describe, expect, it } from "vitest"
import type { ImageFile } from "../../../src/domain/ImageFile.ts"
import { FluxModel } from "../../../src/services/FluxModel.ts"
import { FakeFluxModel, FakeImageTransformer, FakePromptOptimizer } from "../../support/layers/testLayers.ts"
import { errorFrom, imagesFrom } from "../../support/openai/answers.ts"
import { edit, editForm, generate } from "../../support/openai/requests.ts"
import { imageOf } from "../../support/pictures.ts"
import { testApp } from "../../support/testApp.ts"
import { makeFakeWorkersAi } from "../../support/workers-ai/FakeWorkersAi.ts"

const klein = "@cf/black-forest-labs/flux-2-klein-4b"

let small: ImageFile
let wide: ImageFile
let tall: ImageFile
let large: ImageFile
beforeAll(async () => {
  small = await imageOf({ width: 320, height: 320 }, { text: "small" })
  wide = await imageOf({ width: 512, height: 288 }, { mediaType: "image/png", text: "wide" })
  tall = await imageOf({ width: 300, height: 400 }, { mediaType: "image/webp" })
  large = await imageOf({ width: 1200, height: 800 }, { text: "large" })
})

/** A service whose model keeps the pictures that it was given, by the real backend over the strict Workers AI. */
const strictApp = (options: Parameters<typeof testApp>[0] = {}) => {
  const ai = makeFakeWorkersAi()
  return { ai, app: testApp({ flux: FluxModel.layer, fetch: ai.fetch, ...options }) }
}

describe("POST /v1/images/edits", () => {
  it("gives a picture to FLUX_SIZED_MODEL and answers like a generation", async () => {
    const { ai, app } = strictApp()
    const response = await edit(app, editForm([wide]))
    const images = await imagesFrom(response)
    expect(images).toMatchObject({ model: klein, size: "1360x768", output_format: "jpeg" })
    expect(Object.keys(images.data[0] ?? {}).sort()).toEqual(["b64_json", "seed", "url"])
    expect(images.usage.input_tokens_details.image_tokens).toBe(144)
    expect(response.headers.get("x-flux-neurons")).toBe(String(images.usage.neurons))
    const [call] = ai.calls
    expect(call?.model).toBe(klein)
    expect(Object.keys(call?.fields ?? {}).sort()).toEqual(["height", "input_image_0", "prompt", "seed", "width"])
    expect(call?.fields.prompt).toBe("Make it blue")
    expect(call?.fields.input_image_0).toMatchObject({ type: "image/png", bytes: wide.bytes })
  })

  it.each([
    ["one file as image", "image", 1],
    ["one file as image[]", "image[]", 1],
    ["files as image[]", "image[]", 3],
    ["image repeated", "image", 4]
  ])("takes %s", async (_name, name, count) => {
    const { ai, app } = strictApp()
    const files = [small, wide, tall, small].slice(0, count)
    await imagesFrom(await edit(app, editForm(files, { name })))
    const sent = Object.entries(ai.calls[0]?.fields ?? {}).filter(([field]) => field.startsWith("input_image"))
    expect(sent.map(([field]) => field)).toEqual(files.map((_, index) => `input_image_${index}`))
    expect(sent.map(([, file]) => file)).toMatchObject(
      files.map(({ bytes, mediaType }) => ({ bytes, type: mediaType }))
    )
  })

  it("goes by the bytes of a file, not by its type or name", async () => {
    const { ai, app } = strictApp()
    const form = editForm([])
    form.append("image", new Blob([tall.bytes], { type: "image/png" }), "photo.jpg")
    form.append("image", new File([small.bytes], "blob"))
    await imagesFrom(await edit(app, form))
    expect(ai.calls[0]?.fields).toMatchObject({
      input_image_0: { type: "image/webp" },
      input_image_1: { type: "image/jpeg" }
    })
  })

  it("is not confused by a file that is called __proto__", async () => {
    const form = new FormData()
    form.append("__proto__", new Blob(["file"]))
    form.append("prompt", "Make it blue")
    form.append("size", "512x512")
    form.append("image", new Blob([small.bytes]))
    expect(await imagesFrom(await edit(testApp(), form))).toMatchObject({ size: "512x512" })
  })

  it("reads the scalars of a form as what they are in JSON", async () => {
    const flux = FakeFluxModel.make()
    const fields = { n: "2", size: "256x512", seed: "7", response_format: "b64_json", quality: "high", stream: "false" }
    const images = await imagesFrom(
      await edit(testApp({ flux: flux.layer }), editForm([small], { ...fields, model: "flux-2-dev", steps: "5" }))
    )
    expect(images.data.map((image) => [Object.keys(image).sort(), image.seed])).toEqual([
      [["b64_json", "seed"], 7],
      [["b64_json", "seed"], 8]
    ])
    expect([images.size, images.quality]).toEqual(["256x512", "high"])
    expect(flux.requests[0]).toMatchObject({ steps: 5, size: { width: 256, height: 512 } })
  })

  it("reads a seed of -1 in a form as any seed", async () => {
    const flux = FakeFluxModel.make()
    await imagesFrom(await edit(testApp({ flux: flux.layer }), editForm([small], { seed: "-1" })))
    expect(flux.requests[0]?.seed).toBe(1)
  })

  it.each([
    ["images of objects", (url: string) => ({ images: [{ image_url: url }] })],
    ["images of objects with objects", (url: string) => ({ images: [{ image_url: { url } }] })],
    ["images of texts", (url: string) => ({ images: [url] })],
    ["image as a text", (url: string) => ({ image: url })],
    ["image as a list", (url: string) => ({ image: [url] })]
  ])("takes %s in JSON", async (_name, body) => {
    const { ai, app } = strictApp()
    await imagesFrom(await edit(app, body(small.dataUrl)))
    expect(ai.calls[0]?.fields.input_image_0).toMatchObject({ bytes: small.bytes })
  })

  it("takes its own links, which it reads from the store and not over HTTP", async () => {
    const { ai, app } = strictApp()
    const { data } = await imagesFrom(await generate(app, { size: "384x256" }))
    const edited = await imagesFrom(await edit(app, { images: [{ image_url: data[0]?.url }] }))
    expect(ai.calls).toHaveLength(2)
    expect(ai.calls[1]?.fields.input_image_0).toMatchObject({
      bytes: Uint8Array.fromBase64(data[0]?.b64_json ?? "")
    })
    expect(edited.size).toBe("1248x832")
  })

  it("takes its own links under PUBLIC_BASE_URL too", async () => {
    const app = testApp({ env: { PUBLIC_BASE_URL: "https://pictures.example.org" } })
    const { data } = await imagesFrom(await generate(app))
    expect(data[0]?.url).toMatch(/^https:\/\/pictures\.example\.org\//)
    expect((await imagesFrom(await edit(app, { image: data[0]?.url }))).data).toHaveLength(1)
  })

  it("answers 404 for a link of its own that has expired", async () => {
    const app = testApp({ testClock: true })
    const { data } = await imagesFrom(await generate(app))
    await app.adjust("31 minutes")
    const error = await errorFrom(await edit(app, { image: data[0]?.url }))
    expect(error).toMatchObject({ status: 404, code: "image_not_found" })
  })

  it.each([
    ["nothing", {}, klein],
    ["FLUX_MODEL, which can't", { model: "flux-1-schnell" }, klein],
    ["gpt-image-1", { model: "gpt-image-1" }, klein],
    ["a model that can't", { model: "lucid-origin" }, klein],
    ["a model that can", { model: "klein-9b" }, "@cf/black-forest-labs/flux-2-klein-9b"]
  ])("named %s", async (_name, body, model) => {
    const images = await imagesFrom(await edit(testApp(), { image: small.dataUrl, ...body }))
    expect(images.model).toBe(model)
  })

  it("is drawn by FLUX_SIZED_MODEL as it is set", async () => {
    const app = testApp({ env: { FLUX_SIZED_MODEL: "flux-2-dev" } })
    const { model, usage } = await imagesFrom(await edit(app, { image: small.dataUrl, size: "512x512" }))
    expect([model, usage.neurons]).toEqual(["@cf/black-forest-labs/flux-2-dev", 1120.61])
  })

  it.each([
    ["auto", [320, 320], "1024x1024"],
    [undefined, [300, 400], "880x1184"],
    ["auto", [512, 288], "1360x768"],
    ["auto", [400, 40], "1920x256"],
    ["800x600", [320, 320], "800x600"]
  ])("size %s of a picture of %o is %s", async (size, [width = 0, height = 0], drawn) => {
    const file = await imageOf({ width, height })
    const images = await imagesFrom(await edit(testApp(), { images: [file.dataUrl, small.dataUrl], size }))
    expect(images.size).toBe(drawn)
  })

  it("scales pictures down that are too large for the model, and only those", async () => {
    const transformer = FakeImageTransformer.make()
    const { ai, app } = strictApp({ transformer: transformer.layer })
    const response = await edit(app, editForm([large, small]))
    const images = await imagesFrom(response)
    expect(transformer.calls).toMatchObject([{ _tag: "Fit", file: { size: large.size }, maximumSide: 512 }])
    expect(ai.calls[0]?.fields.input_image_0).toMatchObject({ width: 512, height: 341 })
    expect(ai.calls[0]?.fields.input_image_1).toMatchObject({ bytes: small.bytes })
    expect(images.size).toBe("1248x832")
    // Tiles by area, of what was drawn and of each picture as it was sent.
    expect(images.usage.neurons).toBe(108.86)
    expect(response.headers.get("x-flux-neurons")).toBe("108.86")
  })

  it("estimates a stream by the sizes that the model will get", async () => {
    const app = testApp({ transformer: FakeImageTransformer.layer })
    const response = await edit(app, editForm([large, small], { stream: "true" }))
    expect(response.headers.get("x-flux-neurons")).toBe("108.86")
    await response.text()
  })

  it.each([
    ["IMAGES is not bound", FakeImageTransformer.unavailable],
    ["IMAGES fails", FakeImageTransformer.failing]
  ])(
    "sends too large a picture unchanged where %s, and tells the limit that the model has",
    async (_name, transformer) => {
      const { ai, app } = strictApp({ transformer })
      const error = await errorFrom(await edit(app, editForm([large])))
      expect(ai.calls[0]?.fields.input_image_0).toMatchObject({ bytes: large.bytes })
      expect(ai.calls).toHaveLength(1)
      expect(error).toMatchObject({ status: 400, param: "image" })
      expect(error.message).toContain("512")
    }
  )

  it("leaves the prompt as it is: it is an instruction", async () => {
    const optimizer = FakePromptOptimizer.make()
    const flux = FakeFluxModel.make()
    const { data } = await imagesFrom(
      await edit(testApp({ flux: flux.layer, optimizer: optimizer.layer }), { image: small.dataUrl })
    )
    expect([flux.requests[0]?.prompt, optimizer.calls.length]).toEqual(["Make it blue", 0])
    expect(data[0]).not.toHaveProperty("revised_prompt")
  })
})
