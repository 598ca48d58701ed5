import { describe, expect, it } from "vitest"
import { ImageFile } from "../../../src/domain/ImageFile.ts"
import { FakeFluxModel, FakeImageTransformer } from "../../support/layers/testLayers.ts"
import { errorFrom, imagesFrom } from "../../support/openai/answers.ts"
import { generate } from "../../support/openai/requests.ts"
import { testApp } from "../../support/testApp.ts"

const size = "256x256"

describe("output_format", () => {
  it.each([
    ["jpeg", "klein", 0, "image/jpeg", "jpg"],
    ["jpg", "klein", 0, "image/jpeg", "jpg"],
    ["JPEG", "klein", 0, "image/jpeg", "jpg"],
    ["png", "sdxl", 0, "image/png", "png"],
    ["png", "klein", 1, "image/png", "png"],
    ["webp", "klein", 1, "image/webp", "webp"],
    ["jpeg", "sdxl", 1, "image/jpeg", "jpg"]
  ])("%s of %s takes %i conversions to %s", async (output_format, model, conversions, mediaType, ending) => {
    const transformer = FakeImageTransformer.make()
    const app = testApp({ transformer: transformer.layer })
    const images = await imagesFrom(await generate(app, { output_format, model, size }))
    const image = images.data[0]
    expect(transformer.calls.map(({ _tag }) => _tag)).toEqual(Array.from({ length: conversions }, () => "Convert"))
    expect(images.output_format).toBe(mediaType.slice("image/".length))
    expect(ImageFile.fromBase64(image?.b64_json ?? "")?.mediaType).toBe(mediaType)
    expect(image?.url?.endsWith(`.${ending}`)).toBe(true)
    expect((await app.fetch(image?.url ?? "")).headers.get("content-type")).toBe(mediaType)
    expect(images.warnings).toBeUndefined()
  })

  it.each([undefined, null, "", "auto"])("%s leaves what the model gives", async (output_format) => {
    const transformer = FakeImageTransformer.make()
    const app = testApp({ transformer: transformer.layer })
    const images = await imagesFrom(await generate(app, { output_format, model: "sdxl", size }))
    expect([images.output_format, transformer.calls.length]).toEqual(["png", 0])
  })

  it.each([
    ["png", "klein"],
    ["webp", "klein"],
    ["jpeg", "sdxl"]
  ])("refuses %s of %s before anything is drawn where IMAGES is not bound", async (output_format, model) => {
    const flux = FakeFluxModel.make()
    const app = testApp({ flux: flux.layer, transformer: FakeImageTransformer.unavailable })
    const error = await errorFrom(await generate(app, { output_format, model, size }))
    expect(error).toMatchObject({ status: 400, param: "output_format" })
    expect(error.message).toContain("IMAGES")
    expect(flux.requests).toEqual([])
  })

  it.each(["gif", "svg", "avif", "image/png", 7])("refuses %s, which nothing here writes", async (output_format) => {
    const flux = FakeFluxModel.make()
    const error = await errorFrom(
      await generate(testApp({ flux: flux.layer, transformer: FakeImageTransformer.layer }), { output_format })
    )
    expect(error).toMatchObject({ status: 400, param: "output_format" })
    expect(flux.requests).toEqual([])
  })

  it("gives a picture that could not be converted as it is, under its true format, and says so", async () => {
    const app = testApp({ transformer: FakeImageTransformer.failing })
    const images = await imagesFrom(await generate(app, { output_format: "webp", model: "klein", size }))
    expect(images.output_format).toBe("jpeg")
    expect(ImageFile.fromBase64(images.data[0]?.b64_json ?? "")?.mediaType).toBe("image/jpeg")
    expect(images.warnings).toEqual([expect.stringMatching(/webp/)])
  })

  it("converts a preview, which is PNG whatever the model", async () => {
    const transformer = FakeImageTransformer.make()
    const preview = FakeFluxModel.make({ preview: true })
    const app = testApp({ flux: preview.layer, transformer: transformer.layer })
    const images = await imagesFrom(await generate(app, { output_format: "jpeg" }))
    expect([images.output_format, transformer.calls.length]).toEqual(["jpeg", 1])
  })
})
