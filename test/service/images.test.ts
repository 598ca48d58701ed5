import * as Schema from "effect/Schema"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { ImageFile } from "../../src/domain/ImageFile.ts"
import { models } from "../../src/domain/ModelCatalogue.ts"
import { errorFrom, eventsFrom, imagesFrom, ssePartsOf } from "../support/openai/answers.ts"
import { ImageEditCompletedEvent, ImageGenCompletedEvent } from "../support/openai/ImageStreamEvent.ts"
import { edit, editForm, generate } from "../support/openai/requests.ts"
import { imageOf } from "../support/pictures.ts"
import { type RunningService, startService } from "../support/service.ts"

let service: RunningService
beforeAll(async () => {
  service = await startService({ ai: "rest" })
}, 60_000)
afterEach(() => service.reset())
afterAll(() => service?.close())

const klein = "@cf/black-forest-labs/flux-2-klein-4b"
const size = "320x256"
const generated = Schema.decodeUnknownSync(Schema.fromJsonString(ImageGenCompletedEvent))
const edited = Schema.decodeUnknownSync(Schema.fromJsonString(ImageEditCompletedEvent))

const download = async (url: string | undefined) => {
  const response = await fetch(url ?? "")
  return {
    type: response.headers.get("content-type"),
    base64: Buffer.from(await response.arrayBuffer()).toString("base64")
  }
}

/** The models that draw from words alone. */
const drawing = models.filter(({ needs }) => !needs).map(({ id }) => id)

describe("POST /v1/images/generations in workerd", () => {
  it.each(drawing)("draws with %s, in bytes and under a link alike", async (model) => {
    const response = await generate(service, { model })
    const images = await imagesFrom(response)
    const picture = images.data[0]
    const file = ImageFile.fromBase64(picture?.b64_json ?? "")
    expect(images).toMatchObject({ model, size: "1024x1024" })
    expect(file).toMatchObject({ size: { width: 1024, height: 1024 }, mediaType: `image/${images.output_format}` })
    expect(await download(picture?.url)).toEqual({ type: file?.mediaType, base64: picture?.b64_json })
    expect(service.workersAi.calls.map((call) => call.model)).toEqual([model])
    expect(response.headers.get("x-flux-neurons")).toBe(String(images.usage.neurons))
  })

  it("stores nothing where only bytes are asked for", async () => {
    const { data } = await imagesFrom(await generate(service, { response_format: "b64_json" }))
    expect(Object.keys(data[0] ?? {})).toEqual(["b64_json"])
    expect((await (await service.kv()).list()).keys).toEqual([])
  })

  it("gives several pictures in their order, and those that were made where others failed", async () => {
    service.workersAi.failNext("internalError")
    const { data, errors } = await imagesFrom(await generate(service, { n: 4, seed: 1, size }))
    expect(errors).toEqual([{ index: expect.any(Number), code: "upstream_error", message: expect.any(String) }])
    const lost = 1 + (errors?.[0]?.index ?? -1)
    expect(data.map(({ seed }) => seed)).toEqual([1, 2, 3, 4].filter((seed) => seed !== lost))
    expect(service.workersAi.calls).toHaveLength(4)
  })

  it.each([
    ["webp", klein, "webp"],
    ["png", klein, "png"],
    ["jpeg", "dreamshaper", "jpg"]
  ])("makes %s of what %s draws", async (output_format, model, ending) => {
    const images = await imagesFrom(await generate(service, { output_format, model, size }))
    const picture = images.data[0]
    const file = ImageFile.fromBase64(picture?.b64_json ?? "")
    expect(images).toMatchObject({ output_format, size })
    expect(images.warnings).toBeUndefined()
    expect(file).toMatchObject({ mediaType: `image/${output_format}`, size: { width: 320, height: 256 } })
    expect(picture?.url).toMatch(new RegExp(`\\.${ending}$`))
    expect(await download(picture?.url)).toEqual({ type: file?.mediaType, base64: picture?.b64_json })
  })

  it("refuses a format that nothing writes and a size that nothing draws, and asks no model", async () => {
    expect(await errorFrom(await generate(service, { output_format: "gif" }))).toMatchObject({ param: "output_format" })
    const refused = await errorFrom(await generate(service, { size: "4096x4096" }))
    expect(refused).toMatchObject({ status: 400, param: "size", message: expect.stringContaining("1920x1920") })
    expect(service.workersAi.calls).toEqual([])
  })

  it("streams each picture while the next is being drawn", async () => {
    const gates = [service.workersAi.gate(1), service.workersAi.gate(1)] as const
    const parts = ssePartsOf(await generate(service, { stream: true, n: 2, seed: 1, size }))
    const [call] = await Promise.all(gates.map(({ arrived }) => arrived))
    const [first, second] = call?.fields.seed === "1" ? gates : gates.toReversed()
    const nextImage = async () => {
      const { value } = await parts.next()
      return generated(value && "data" in value ? value.data : undefined)
    }
    first?.release()
    const one = await nextImage()
    second?.release()
    const two = await nextImage()
    expect([one.size, two.size]).toEqual([size, size])
    expect(one.b64_json).not.toBe(two.b64_json)
    expect((await parts.next()).done).toBe(true)
  })

  it("tells an error in a stream that is open", async () => {
    service.workersAi.failNext("flaggedOutput")
    const events = await eventsFrom(await generate(service, { stream: true }))
    expect(events.map(({ data }) => JSON.parse(data).error.code)).toEqual(["content_policy_violation"])
  })
})

describe("POST /v1/images/edits in workerd", () => {
  it("scales files down that are too large for the model", async () => {
    const [large, small] = await Promise.all([
      imageOf({ width: 1500, height: 1000 }, { text: "large" }),
      imageOf({ width: 200, height: 200 }, { mediaType: "image/png", text: "small" })
    ])
    const images = await imagesFrom(await edit(service, editForm([large, small], { name: "image[]" })))
    expect(images).toMatchObject({ model: klein, size: "1248x832" })
    const [call] = service.workersAi.calls
    expect(call?.fields).toMatchObject({
      prompt: "Make it blue",
      input_image_0: { type: "image/jpeg", width: 512, height: 341 },
      input_image_1: { type: "image/png", width: 200, height: 200 }
    })
    expect(call?.fields).not.toHaveProperty("input_image_2")
  })

  it("changes a picture of its own, by its link", async () => {
    const { data } = await imagesFrom(await generate(service, { size: "1024x512" }))
    const images = await imagesFrom(await edit(service, { images: [{ image_url: data[0]?.url }] }))
    expect(images.size).toBe("1456x720")
    expect(service.workersAi.calls[1]?.fields.input_image_0).toMatchObject({ width: 512, height: 256 })
  })

  it("takes a data URL, and gives the answer in events", async () => {
    const picture = await imageOf({ width: 256, height: 256 }, { mediaType: "image/webp" })
    const events = await eventsFrom(await edit(service, { image: picture.dataUrl, size, stream: true }))
    expect(events.map(({ event }) => event)).toEqual(["image_edit.completed"])
    expect(edited(events[0]?.data)).toMatchObject({ size, output_format: "jpeg" })
    expect(service.workersAi.calls[0]?.fields.input_image_0).toMatchObject({ type: "image/webp", width: 256 })
  })

  it("refuses a mask, and pictures from private addresses", async () => {
    const picture = await imageOf({ width: 64, height: 64 })
    const form = editForm([picture])
    form.append("mask", new Blob([picture.bytes]), "mask.png")
    expect(await errorFrom(await edit(service, form))).toMatchObject({ status: 400, param: "mask" })
    const refused = await errorFrom(await edit(service, { image: service.url.replace("http:", "https:") }))
    expect(refused).toMatchObject({ status: 400, param: "image" })
    expect(service.workersAi.calls).toEqual([])
  })
})
