import * as Layer from "effect/Layer"
import { describe, expect, it } from "vitest"
import type { ImageFile } from "../../../src/domain/ImageFile.ts"
import { maskModel } from "../../../src/domain/ModelCatalogue.ts"
import { Bindings } from "../../../src/services/Bindings.ts"
import { FluxModel } from "../../../src/services/FluxModel.ts"
import { ImageTransformer } from "../../../src/services/ImageTransformer.ts"
import { makeFakeImages } from "../../support/FakeImages.ts"
import { FakeFluxModel } from "../../support/layers/testLayers.ts"
import { errorFrom, eventsFrom, imagesFrom } from "../../support/openai/answers.ts"
import { chat, completionFrom } from "../../support/openai/chat.ts"
import { edit, editForm, generate } from "../../support/openai/requests.ts"
import { imageOf } from "../../support/pictures.ts"
import { black, clear, green, leftHalf, paintPng, pixelsOf } from "../../support/pixels.ts"
import { testApp } from "../../support/testApp.ts"
import { makeFakeWorkersAi } from "../../support/workers-ai/FakeWorkersAi.ts"

const small = { width: 512, height: 512 }
const large = { width: 900, height: 600 }
const drawnLarge = { width: 768, height: 512 }

const field = await paintPng(small, () => green)
const largeField = await paintPng(large, () => green)
const half = await leftHalf(small)
const largeHalf = await leftHalf(large)
const photo = await imageOf(large)
const opaque = await paintPng(small, () => black)
const alphaless = await imageOf(small, { mediaType: "image/png" })
const other = await leftHalf({ width: 512, height: 256 })
const nearly = await paintPng(small, () => [0, 0, 0, 128])

const transformerOver = (images: ImagesBinding) =>
  ImageTransformer.layer.pipe(Layer.provide(Layer.succeed(Bindings, { IMAGES: images })))

/** The real backend over the strict Workers AI; without Images where there are none. */
const strictApp = (images?: ReturnType<typeof makeFakeImages>, options: Parameters<typeof testApp>[0] = {}) => {
  const ai = makeFakeWorkersAi()
  const transformer = images && { transformer: transformerOver(images.binding) }
  return { ai, app: testApp({ flux: FluxModel.layer, fetch: ai.fetch, ...transformer, ...options }) }
}

const masked = (files: ReadonlyArray<ImageFile>, mask: ImageFile, fields: Readonly<Record<string, string>> = {}) => {
  const form = editForm(files, fields)
  form.append("mask", new Blob([mask.bytes], { type: "image/png" }), "mask.png")
  return form
}

const pixels = async (answer: Awaited<ReturnType<typeof imagesFrom>>) => {
  const read = await pixelsOf(Uint8Array.fromBase64(answer.data[0]?.b64_json ?? ""))
  if (!read) throw new Error("The answer is no PNG.")
  return read
}

const numbersOf = (value: unknown): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(Array.isArray(value) ? value.map(Number) : [])

describe("an edit with a mask", () => {
  it("is drawn by the model for masks, which is told what is transparent as white", async () => {
    const { ai, app } = strictApp()
    const images = await imagesFrom(await edit(app, masked([field], half, { model: "gpt-image-1" })))
    expect(images.model).toBe(maskModel.id)
    expect(images.usage.neurons).toBe(0)
    const [call] = ai.calls
    expect(call?.model).toBe(maskModel.id)
    expect(Object.keys(call?.fields ?? {}).sort()).toEqual(
      ["height", "image", "mask", "num_steps", "prompt", "seed", "strength", "width"].sort()
    )
    expect(numbersOf(call?.fields.image)).toEqual(field.bytes)
    const mask = await pixelsOf(numbersOf(call?.fields.mask))
    expect([mask?.size, mask?.at(5, 5), mask?.at(500, 5)]).toEqual([small, [255, 255, 255, 255], [0, 0, 0, 255]])
  })

  it("keeps the picture outside of the mask, and says by which beta model and how small it is drawn", async () => {
    for (const images of [undefined, makeFakeImages(), makeFakeImages({ draws: false })]) {
      const { app } = strictApp(images)
      const answer = await imagesFrom(await edit(app, masked([field], half)))
      const { at, size } = await pixels(answer)
      expect(size).toEqual(small)
      expect(at(500, 100)).toEqual(green)
      expect(at(256, 400)).toEqual(green)
      expect(at(5, 100)).not.toEqual(green)
      expect(at(255, 400)).not.toEqual(green)
      expect(answer.warnings).toEqual([expect.stringContaining(`${maskModel.id} in 512x512`)])
    }
  })

  it("has the size of its picture, which is scaled for the model together with its mask", async () => {
    for (const images of [makeFakeImages(), makeFakeImages({ draws: false })]) {
      const { ai, app } = strictApp(images)
      const answer = await imagesFrom(await edit(app, masked([largeField], largeHalf)))
      const [call] = ai.calls
      expect(call?.fields).toMatchObject(drawnLarge)
      expect((await pixelsOf(numbersOf(call?.fields.mask)))?.size).toEqual(drawnLarge)
      const { at, size } = await pixels(answer)
      expect([answer.size, size]).toEqual(["900x600", large])
      expect(at(451, 300)).toEqual(green)
      expect(at(448, 300)).not.toEqual(green)
      expect(answer.warnings).toEqual([expect.stringContaining("768x512")])
    }
  })

  it("is told that all was redrawn where it can't be put together", async () => {
    const { app } = strictApp()
    const picture = await imageOf(small)
    const answer = await imagesFrom(await edit(app, masked([picture], half)))
    expect(answer.size).toBe("512x512")
    expect(answer.warnings).toContainEqual(expect.stringContaining("outside of the mask"))
    const events = await eventsFrom(await edit(app, masked([picture], half, { stream: "true" })))
    const [event] = events.map(({ data }) => JSON.parse(data))
    expect(event.warnings).toEqual(answer.warnings)
  })

  it("draws several, each with its own seed", async () => {
    const { ai, app } = strictApp()
    const { data } = await imagesFrom(await edit(app, masked([field], half, { n: "2", seed: "7" })))
    expect(data.map(({ seed }) => seed)).toEqual([7, 8])
    expect(ai.calls.map(({ fields }) => fields.seed).sort()).toEqual([7, 8])
  })

  it("takes the wishes that this model can meet", async () => {
    const { ai, app } = strictApp()
    const wishes = { negative_prompt: "text", guidance: "9", strength: "0.8", steps: "12", output_format: "png" }
    await imagesFrom(await edit(app, masked([field], half, wishes)))
    expect(ai.calls[0]?.fields).toMatchObject({
      negative_prompt: "text",
      guidance: 9,
      strength: 0.8,
      num_steps: 12
    })
  })

  it.each<object>([
    { mask: half.dataUrl },
    { mask: { image_url: half.dataUrl } },
    { mask_image: half.dataUrl },
    { extra_body: { mask: half.base64 } }
  ])("may be said in JSON, wherever it stands (%#)", async (fields) => {
    const { ai, app } = strictApp()
    for (const send of [generate, edit]) {
      const { model } = await imagesFrom(await send(app, { image: field.dataUrl, ...fields }))
      expect(model).toBe(maskModel.id)
    }
    expect(ai.calls).toHaveLength(2)
  })

  it("may be said in a chat", async () => {
    const { app } = strictApp()
    const content = [
      { type: "text", text: "A red wall" },
      { type: "image_url", image_url: { url: field.dataUrl } }
    ]
    const { content: text } = await completionFrom(
      await chat(app, { messages: [{ role: "user", content }], mask: half.dataUrl })
    )
    expect(text).toContain(maskModel.id)
  })

  it("has its own size, and another that is asked for is told", async () => {
    const { app } = strictApp()
    const answer = await imagesFrom(await edit(app, masked([field], half, { size: "1024x1024" })))
    expect(answer.size).toBe("512x512")
    expect(answer.warnings).toContainEqual(expect.stringContaining("1024x1024"))
  })
})

describe("a mask that can't be honoured", () => {
  it.each<[string, FormData | object, RegExp]>([
    ["no PNG", masked([field], photo), /PNG/],
    ["no alpha channel", masked([field], alphaless), /alpha/],
    ["nothing transparent", masked([field], opaque), /transparent/],
    ["nothing transparent enough", masked([field], nearly), /transparent/],
    ["another size than the picture", masked([field], other), /512x256.*512x512/],
    ["two pictures", masked([field, field], half, { name: "image[]" }), /one picture.*2/],
    ["a model that takes none", masked([field], half, { model: "klein" }), /inpainting/],
    ["a picture to scale, without Images", masked([largeField], largeHalf), /IMAGES/],
    ["an uploaded file", { image: field.dataUrl, mask: { file_id: "file-1" } }, /file_id/],
    ["an address that is private", { image: field.dataUrl, mask: "https://127.0.0.1/mask.png" }, /https/]
  ])("with %s is a 400 that names it, and nothing is drawn", async (_, body, message) => {
    const { ai, app } = strictApp()
    const failure = await errorFrom(await edit(app, body))
    expect(failure).toMatchObject({ status: 400, param: "mask", message: expect.stringMatching(message) })
    expect(ai.calls).toEqual([])
  })

  it("without a picture is one too", async () => {
    const { ai, app } = strictApp()
    expect(await errorFrom(await generate(app, { mask: half.dataUrl }))).toMatchObject({ status: 400, param: "mask" })
    expect(ai.calls).toEqual([])
  })

  it("transparent everywhere repaints everything", async () => {
    const { app } = strictApp()
    const all = await paintPng(small, () => clear)
    const { at } = await pixels(await imagesFrom(await edit(app, masked([field], all))))
    expect(at(500, 500)).not.toEqual(green)
  })

  it("as the model's own refusal tells is a 400 too", async () => {
    const { ai, app } = strictApp()
    ai.failNext("modelFailure")
    expect(await errorFrom(await edit(app, masked([field], half)))).toMatchObject({ status: 400, param: "mask" })
    ai.failNext({
      _tag: "Reply",
      status: 410,
      body: { success: false, errors: [{ code: 5028, message: "deprecated" }] }
    })
    expect(await errorFrom(await edit(app, masked([field], half)))).toMatchObject({ status: 400, param: "mask" })
  })

  it("where Images refuses to scale is the account's fault, and nothing is drawn", async () => {
    const images = makeFakeImages()
    images.failNext("refuse")
    const { ai, app } = strictApp(images)
    expect(await errorFrom(await edit(app, masked([largeField], largeHalf)))).toMatchObject({
      status: 500,
      code: "configuration_error",
      param: "IMAGES"
    })
    expect(ai.calls).toEqual([])
  })
})

describe("the preview", () => {
  it("honours a mask, so that it can be tried without an account", async () => {
    const answer = await imagesFrom(
      await edit(testApp({ flux: FluxModel.layerPreview }), masked([field], half, { response_format: "b64_json" }))
    )
    const { at } = await pixels(answer)
    expect(at(500, 100)).toEqual(green)
    expect(at(5, 100)).not.toEqual(green)
  })
})

describe("img2img", () => {
  it("changes a picture in its own small size, which is told", async () => {
    const { ai, app } = strictApp(makeFakeImages())
    const answer = await imagesFrom(await edit(app, editForm([photo], { model: "img2img", strength: "0.4" })))
    expect(answer.model).toBe("@cf/runwayml/stable-diffusion-v1-5-img2img")
    expect(answer.warnings).toEqual([expect.stringContaining("768x512")])
    expect(ai.calls[0]?.fields).toMatchObject({ ...drawnLarge, strength: 0.4 })
    await imagesFrom(await edit(app, editForm([photo], { model: "img2img" })))
    expect(ai.calls[1]?.fields.strength).toBeLessThan(1)
  })

  it("without a picture is FLUX_SIZED_MODEL's, or a 400", async () => {
    const flux = FakeFluxModel.make()
    await imagesFrom(await generate(testApp({ flux: flux.layer }), { model: "img2img" }))
    expect(flux.requests[0]?.model.aliases).toContain("klein")
    const failure = await errorFrom(await generate(testApp({ env: { FLUX_SIZED_MODEL: "off" } }), { model: "img2img" }))
    expect(failure).toMatchObject({ status: 400, param: "image", message: expect.stringContaining("Send one") })
  })

  it("takes no picture that is too large to be told in numbers", async () => {
    const { ai, app } = strictApp()
    ai.imageBytes = 2 * 1024 * 1024
    const big = await imagesFrom(await generate(app, { size: "512x512", response_format: "b64_json" }))
    ai.imageBytes = undefined
    const image = big.data[0]?.b64_json ?? ""
    const failure = await errorFrom(await edit(app, { model: "img2img", image }))
    expect(failure).toMatchObject({ status: 400, param: "image", message: expect.stringContaining("IMAGES") })
  })
})
