import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { describe, expect, it } from "vitest"
import { ImageFile } from "../../../src/domain/ImageFile.ts"
import { findModel } from "../../../src/domain/ModelCatalogue.ts"
import { FluxModel } from "../../../src/services/FluxModel.ts"
import type { AppOptions } from "../../support/layers/testLayers.ts"
import { FakeFluxModel, FakeImageStore, FakeImageTransformer } from "../../support/layers/testLayers.ts"
import { linksIn } from "../../support/links.ts"
import { encoded, packetWith, pixelsOf, sourceTypeOf, xmpOf } from "../../support/metadata.ts"
import { errorFrom, eventsFrom, imagesFrom } from "../../support/openai/answers.ts"
import { chat, completionFrom, says } from "../../support/openai/chat.ts"
import { edit, editForm, generate } from "../../support/openai/requests.ts"
import { imageOf } from "../../support/pictures.ts"
import { testApp } from "../../support/testApp.ts"
import { makeFakeWorkersAi } from "../../support/workers-ai/FakeWorkersAi.ts"
import { fluxOver } from "../../support/workers-ai/faces.ts"
import { modelIds } from "../../support/workers-ai/models.ts"
import type { Face } from "../../support/workers-ai/wire.ts"

const size = "256x256"
const ofBase64 = (text: string | undefined) => Uint8Array.fromBase64(text ?? "")

const bytesOf = async (response: Response) => new Uint8Array(await response.arrayBuffer())

const setUp = (options: AppOptions = {}) => {
  const store = FakeImageStore.make()
  const app = testApp({ store: store.layer, ...options })
  return { app, stored: () => [...store.images.values()].map(({ bytes }) => bytes) }
}

/** A model that draws always the same picture. */
const drawing = (bytes: Uint8Array<ArrayBuffer>) => {
  const file = ImageFile.fromBytes(bytes)
  return Layer.succeed(FluxModel, {
    available: Effect.void,
    preview: false,
    draw: () => Effect.succeed({ file: file ?? expect.unreachable(), neurons: 0 })
  })
}

describe("a picture that is drawn", () => {
  const faces: ReadonlyArray<Face> = ["rest", "binding"]

  it.each(
    faces.flatMap((face) => modelIds.filter((id) => !findModel(id)?.needs).map((model) => [face, model] as const))
  )("is marked, however Workers AI gives it (%s, %s)", async (face, model) => {
    const { app, stored } = setUp({ flux: fluxOver(face, makeFakeWorkersAi()) })
    const { data } = await imagesFrom(await generate(app, { model }))
    const bytes = ofBase64(data[0]?.b64_json)
    expect(await xmpOf(bytes)).toMatchObject({
      DigitalSourceType: "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
      AISystemUsed: model,
      CreatorTool: "Flux API Worker"
    })
    expect(stored()).toEqual([bytes])
    expect(await bytesOf(await app.fetch(data[0]?.url ?? ""))).toEqual(bytes)
  })

  it("has the pixels that the model drew", async () => {
    const plain = setUp({ env: { PROVENANCE: "off" } })
    const marked = setUp()
    for (const { app } of [plain, marked]) await imagesFrom(await generate(app, { size, seed: 1 }))
    const [before, after] = await Promise.all([...plain.stored(), ...marked.stored()].map(pixelsOf))
    expect(after).toEqual(before)
  })

  it("is one file: under its link, in base64, in a stream, in a chat and in message.images", async () => {
    const { app, stored } = setUp()
    const both = await imagesFrom(await generate(app, { size }))
    const [event] = await eventsFrom(await generate(app, { size, stream: true }))
    const streamed = JSON.parse(event?.data ?? "")
    const told = await completionFrom(await chat(app, says("A cute cat", { modalities: ["image", "text"] })))
    const inMessage = told.images?.[0]?.image_url.url ?? ""
    const seen = [ofBase64(both.data[0]?.b64_json), ofBase64(streamed.b64_json), await bytesOf(await fetch(inMessage))]
    expect(seen).toEqual(stored())
    const links = [both.data[0]?.url, streamed.url, linksIn(told.content)[0]]
    expect(await Promise.all(links.map(async (link) => bytesOf(await app.fetch(link))))).toEqual(stored())
    for (const bytes of stored()) expect(await sourceTypeOf(bytes)).toBe("trainedAlgorithmicMedia")
  })

  it("says nothing of the prompt, of the key and of who asked", async () => {
    const { app, stored } = setUp({ env: { API_KEY: "", API_KEYS: "alice:sk-test" } })
    await imagesFrom(await generate(app, { prompt: "A xylophone", size }))
    const [bytes = new Uint8Array()] = stored()
    expect(Buffer.from(bytes).toString("latin1")).not.toMatch(/xylophone|alice|sk-test/)
  })

  it("is told as an edit where it started from a picture", async () => {
    const { app, stored } = setUp()
    const input = await imageOf({ width: 256, height: 256 })
    await imagesFrom(await edit(app, editForm([input])))
    await completionFrom(await chat(app, says([{ type: "text", text: "blue" }, imagePart(input.dataUrl)])))
    expect(await Promise.all(stored().map(sourceTypeOf))).toEqual(
      Array.from({ length: 2 }, () => "compositeWithTrainedAlgorithmicMedia")
    )
  })

  it("is told as the work of no model where it is a preview", async () => {
    const { app, stored } = setUp({ flux: FakeFluxModel.make({ preview: true }).layer })
    await imagesFrom(await generate(app, { size }))
    const [bytes = new Uint8Array()] = stored()
    expect(await sourceTypeOf(bytes)).toBe("algorithmicMedia")
    expect(await xmpOf(bytes)).not.toHaveProperty("AISystemUsed")
  })

  it.each(["png", "webp", "jpeg"])("is marked after it was converted to %s", async (output_format) => {
    const { app, stored } = setUp({ transformer: FakeImageTransformer.layer })
    const { data } = await imagesFrom(await generate(app, { output_format, model: "sdxl" }))
    expect(await sourceTypeOf(ofBase64(data[0]?.b64_json))).toBe("trainedAlgorithmicMedia")
    expect(stored()).toEqual([ofBase64(data[0]?.b64_json)])
  })

  it("is marked where it could not be converted", async () => {
    const { app, stored } = setUp({ transformer: FakeImageTransformer.failing })
    await imagesFrom(await generate(app, { output_format: "webp", size }))
    expect(await Promise.all(stored().map(sourceTypeOf))).toEqual(["trainedAlgorithmicMedia"])
  })

  it("passes unchanged where its model has marked it already", async () => {
    const bytes = await encoded("jpeg", { xmp: packetWith('Iptc4xmpExt:DigitalSourceType="theirs"') })
    const { app, stored } = setUp({ flux: drawing(bytes) })
    await imagesFrom(await generate(app, { size }))
    expect(stored()).toEqual([bytes])
  })

  it("is handed out as it came where it can't be marked, and that is logged", async () => {
    const bytes = await encoded("jpeg", { xmp: `${packetWith("").slice(0, 100)}${" ".repeat(300)}` })
    const { app, stored } = setUp({ flux: drawing(bytes) })
    const { data } = await imagesFrom(await generate(app, { size }))
    expect(ofBase64(data[0]?.b64_json)).toEqual(bytes)
    expect(stored()).toEqual([bytes])
    expect(app.logs.join("\n")).toContain("metadata could not be added to")
  })
})

const imagePart = (url: string) => ({ type: "image_url", image_url: { url } })

describe("PROVENANCE", () => {
  it("leaves pictures as they came where it is off", async () => {
    const bytes = await encoded("jpeg")
    const { app, stored } = setUp({ env: { PROVENANCE: "off" }, flux: drawing(bytes) })
    const { data } = await imagesFrom(await generate(app, { size }))
    expect([...stored(), ofBase64(data[0]?.b64_json)]).toEqual([bytes, bytes])
  })

  it.each(["xmp", ""])("marks where it is %j", async (PROVENANCE) => {
    const { app, stored } = setUp({ env: { PROVENANCE } })
    await imagesFrom(await generate(app, { size }))
    expect(await Promise.all(stored().map(sourceTypeOf))).toEqual(["trainedAlgorithmicMedia"])
  })

  it.each(["c2pa", "none", "false", "XMP,off"])("is named where it is %j, and nothing is drawn", async (PROVENANCE) => {
    const flux = FakeFluxModel.make()
    const { app } = setUp({ env: { PROVENANCE }, flux: flux.layer })
    const health = await (await app.fetch("/health")).json()
    expect(health).toMatchObject({ ready: false, missing: ["PROVENANCE"] })
    const error = await errorFrom(await generate(app, { size }))
    expect(error).toMatchObject({ status: 500, code: "configuration_error", param: "PROVENANCE" })
    expect(error.message).not.toContain(PROVENANCE)
    expect(flux.requests).toEqual([])
  })
})
