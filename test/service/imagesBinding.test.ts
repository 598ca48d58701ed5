import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { ImageFile } from "../../src/domain/ImageFile.ts"
import { models } from "../../src/domain/ModelCatalogue.ts"
import { exifOf, withExif } from "../support/exif.ts"
import { errorFrom, imagesFrom } from "../support/openai/answers.ts"
import { edit, editForm, generate } from "../support/openai/requests.ts"
import { imageOf } from "../support/pictures.ts"
import { type RunningService, startService } from "../support/service.ts"

let service: RunningService
beforeAll(async () => {
  service = await startService({ ai: "binding" })
}, 60_000)
afterEach(() => service.reset())
afterAll(() => service?.close())

/** The models that draw from words alone. */
const drawing = models.filter(({ needs }) => !needs).map(({ id }) => id)

describe("the Images API over the binding AI", () => {
  it.each(drawing)("draws with %s", async (model) => {
    const images = await imagesFrom(await generate(service, { model, response_format: "b64_json" }))
    const file = ImageFile.fromBase64(images.data[0]?.b64_json ?? "")
    expect(images).toMatchObject({ model, size: "1024x1024" })
    expect(file).toMatchObject({ size: { width: 1024, height: 1024 }, mediaType: `image/${images.output_format}` })
    expect(service.workersAi.calls.map((call) => [call.face, call.model])).toEqual([["binding", model]])
  })

  it("tells what the binding says that a picture cost", async () => {
    service.workersAi.failNext({ _tag: "Billed", header: "180.25" })
    const response = await generate(service, {})
    expect((await imagesFrom(response)).usage.neurons).toBe(180.25)
    expect(response.headers.get("x-flux-neurons")).toBe("180.25")
  })

  it("gives pictures to the model whole, and scaled down where they are too large", async () => {
    const [large, small] = await Promise.all([
      imageOf({ width: 600, height: 900 }, { text: "large" }),
      imageOf({ width: 500, height: 500 }, { mediaType: "image/png" })
    ])
    await imagesFrom(await edit(service, editForm([small, large], { response_format: "b64_json", n: "2" })))
    expect(service.workersAi.calls).toHaveLength(2)
    for (const { fields } of service.workersAi.calls) {
      expect(fields).toMatchObject({
        input_image_0: { type: "image/png", bytes: small.bytes },
        input_image_1: { type: "image/jpeg", width: 341, height: 512 }
      })
    }
  })

  it("gives photos to the model upright", async () => {
    const file = await imageOf({ width: 400, height: 300 }, { text: "portrait" })
    const photo = ImageFile.fromInput(withExif(file.bytes, file.mediaType, exifOf(6)))
    const images = await imagesFrom(
      await edit(service, editForm(photo ? [photo] : [], { response_format: "b64_json" }))
    )
    expect(images.size).toBe("880x1184")
    expect(service.workersAi.calls[0]?.fields).toMatchObject({
      input_image_0: { type: "image/jpeg", width: 300, height: 400 }
    })
  })

  it("tells a refusal of the model", async () => {
    service.workersAi.failNext("flaggedOutput")
    const error = await errorFrom(await generate(service, { model: "klein" }))
    expect(error).toMatchObject({ status: 400, code: "content_policy_violation" })
    expect(service.workersAi.calls).toHaveLength(1)
  })
})
