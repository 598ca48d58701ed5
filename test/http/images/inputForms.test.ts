import { describe, expect, it } from "vitest"
import { ImageFile } from "../../../src/domain/ImageFile.ts"
import type { MediaType } from "../../../src/domain/ImageHeader.ts"
import { exifOf, withExif } from "../../support/exif.ts"
import { makeFakeImages } from "../../support/FakeImages.ts"
import { makeFakeKv } from "../../support/FakeKv.ts"
import { foreignImages } from "../../support/foreignImages.ts"
import { FakeFluxModel } from "../../support/layers/testLayers.ts"
import { errorFrom, imagesFrom } from "../../support/openai/answers.ts"
import { chat, contentFrom, says } from "../../support/openai/chat.ts"
import { edit, editForm } from "../../support/openai/requests.ts"
import { imageOf } from "../../support/pictures.ts"
import { testApp } from "../../support/testApp.ts"
import { concatBytes, latin1 } from "../../support/workers-ai/bytes.ts"

type App = ReturnType<typeof testApp>
type Bytes = Uint8Array<ArrayBuffer>

const remote = "https://pictures.example.org/photo"
const dataUrl = (bytes: Bytes) => `data:image/jpeg;base64,${bytes.toBase64()}`

/** The service with a picture on the web, and what was asked of its model. */
const service = (bytes: Bytes, images?: ImagesBinding) => {
  const flux = FakeFluxModel.make()
  const app = testApp({
    flux: flux.layer,
    bindings: { FLUX_CF_KV: makeFakeKv().namespace, ...(images && { IMAGES: images }) },
    fetch: async () => new Response(bytes)
  })
  return { app, drawn: flux.requests }
}

const asFile = (bytes: Bytes) => {
  const form = editForm([])
  form.append("image", new Blob([bytes]), "photo.jpg")
  return form
}

/** Every way in which a picture comes in. */
const ways: ReadonlyArray<readonly [string, (app: App, bytes: Bytes) => Promise<Response>]> = [
  ["a file", (app, bytes) => edit(app, asFile(bytes))],
  ["a data: URL", (app, bytes) => edit(app, { image: dataUrl(bytes) })],
  ["an address", (app) => edit(app, { image: remote })],
  [
    "a part of a chat",
    (app, bytes) =>
      chat(
        app,
        says([
          { type: "text", text: "Make it winter" },
          { type: "image_url", image_url: { url: dataUrl(bytes) } }
        ])
      )
  ]
]

const portrait = async (mediaType: MediaType, orientation = 6) =>
  withExif((await imageOf({ width: 400, height: 300 }, { mediaType })).bytes, mediaType, exifOf(orientation))

describe.each(ways)("a picture that comes as %s", (_way, send) => {
  it.each(["image/jpeg", "image/png", "image/webp"] as const)("is edited as it is seen: %s", async (mediaType) => {
    const bytes = await portrait(mediaType)
    const { app, drawn } = service(bytes)
    expect((await send(app, bytes)).status).toBe(200)
    // 3:4, about a million pixels, on the grid.
    expect(drawn[0]?.size).toEqual({ width: 880, height: 1184 })
    expect(drawn[0]?.inputs[0]).toMatchObject({ bytes, size: { width: 300, height: 400 } })
  })

  it("is turned by IMAGES, also where it is small enough", async () => {
    const bytes = await portrait("image/jpeg")
    const images = makeFakeImages()
    const { app, drawn } = service(bytes, images.binding)
    expect((await send(app, bytes)).status).toBe(200)
    expect(images.transformations.map((each) => each.bytes)).toEqual([bytes])
    expect(drawn[0]?.inputs[0]).toMatchObject({ upright: true, size: { width: 300, height: 400 } })
  })

  it("is left alone by IMAGES where it lies right and is small", async () => {
    const bytes = await portrait("image/jpeg", 1)
    const images = makeFakeImages()
    const { app, drawn } = service(bytes, images.binding)
    expect((await send(app, bytes)).status).toBe(200)
    expect(images.transformations).toEqual([])
    expect(drawn[0]?.inputs[0]?.bytes).toEqual(bytes)
  })

  it("goes to the model as it is where IMAGES fails", async () => {
    const bytes = await portrait("image/jpeg")
    const images = makeFakeImages()
    images.failNext("refuse")
    const { app, drawn } = service(bytes, images.binding)
    expect((await send(app, bytes)).status).toBe(200)
    expect(drawn[0]?.inputs[0]?.bytes).toEqual(bytes)
    expect(drawn[0]?.size).toEqual({ width: 880, height: 1184 })
  })

  it.each(["image/jpeg", "image/png", "image/webp"] as const)("is sent without what is behind it: %s", async (type) => {
    const { bytes } = await imageOf({ width: 64, height: 64 }, { mediaType: type })
    const appended = concatBytes([bytes, latin1("\nMotionPhoto_Data"), new Array(50).fill(0xff)])
    const { app, drawn } = service(appended)
    expect((await send(app, appended)).status).toBe(200)
    expect(drawn[0]?.inputs[0]?.bytes).toEqual(bytes)
  })

  it.each(foreignImages)("is refused by its format: %s", async (format, bytes) => {
    const { app, drawn } = service(bytes)
    const error = await errorFrom(await send(app, bytes))
    expect(error).toMatchObject({
      status: 400,
      message: `The input picture can't be used: it is ${format}. Send it as JPEG, PNG or WebP.`
    })
    expect(drawn).toEqual([])
  })

  it("is refused where it can't be whole", async () => {
    const { bytes } = await imageOf({ width: 64, height: 64 })
    const cut = bytes.slice(0, -40)
    const { app, drawn } = service(cut)
    expect(await errorFrom(await send(app, cut))).toMatchObject({
      status: 400,
      message: "The input picture can't be used: it is not a whole JPEG, PNG or WebP picture."
    })
    expect(drawn).toEqual([])
  })

  it("is refused where it says that it is huge", async () => {
    const bytes = (await imageOf({ width: 8, height: 8 }, { mediaType: "image/png" })).bytes.slice()
    new DataView(bytes.buffer).setUint32(16, 2 ** 31 - 1)
    const { app, drawn } = service(bytes)
    const error = await errorFrom(await send(app, bytes))
    expect(error).toMatchObject({ status: 400, message: expect.stringContaining("100 megapixels") })
    expect(drawn).toEqual([])
  })
})

describe("an SVG as text in a data: URL", () => {
  it.each(["data:image/svg+xml,%3Csvg%20xmlns=''%2F%3E", "data:image/svg+xml;utf8,<svg/>"])(
    "is named: %s",
    async (image) => {
      const error = await errorFrom(await edit(testApp(), { image }))
      expect(error).toMatchObject({ status: 400, message: expect.stringContaining("it is SVG.") })
    }
  )
})

describe("what a model drew", () => {
  it("is told by the size of its pixels, and an edit of a stored one by that", async () => {
    const { app, drawn } = service(concatBytes([]))
    const { data } = await imagesFrom(await edit(app, { image: (await imageOf({ width: 300, height: 400 })).dataUrl }))
    await contentFrom(
      await chat(
        app,
        says([
          { type: "image_url", image_url: { url: data[0]?.url } },
          { type: "text", text: "Blue" }
        ])
      )
    )
    expect(drawn.map(({ size }) => size)).toEqual([
      { width: 880, height: 1184 },
      { width: 880, height: 1184 }
    ])
    expect(ImageFile.fromBytes(drawn[1]?.inputs[0]?.bytes ?? new Uint8Array())).toBeDefined()
  })
})
