import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { FakeFluxModel } from "../../support/layers/testLayers.ts"
import { errorFrom, imagesFrom } from "../../support/openai/answers.ts"
import { generate } from "../../support/openai/requests.ts"
import { testApp } from "../../support/testApp.ts"
import { modelIds } from "../../support/workers-ai/models.ts"

const klein = "@cf/black-forest-labs/flux-2-klein-4b"
const schnell = "@cf/black-forest-labs/flux-1-schnell"

describe("size", () => {
  it.each([
    ["1024x1024", "schnell", "1024x1024", schnell],
    ["auto", "schnell", "1024x1024", schnell],
    ["auto", "klein", "1024x1024", klein],
    ["512x768", "schnell", "512x768", klein],
    ["1792x1024", "dall-e-3", "1792x1024", klein],
    ["1536×1024", "gpt-image-1", "1536x1024", klein],
    ["256*1920", "klein", "256x1920", klein],
    ["2048x2048", "phoenix", "2048x2048", "@cf/leonardo/phoenix-1.0"]
  ])("%s of %s is drawn as %s by %s", async (size, model, drawn, drawnBy) => {
    const images = await imagesFrom(await generate(testApp(), { size, model }))
    expect([images.size, images.model]).toEqual([drawn, drawnBy])
  })

  it.each([
    ["255x255", "klein", "256x256"],
    ["2000x1000", "klein", "1920x960"],
    ["4000x4000", "schnell", "1920x1920"],
    ["128x128", "schnell", "256x256"],
    ["99999x1", "klein", "1920x256"],
    ["0x0", "klein", "256x256"],
    ["3000x3000", "lucid-origin", "2500x2500"]
  ])("refuses %s of %s and names %s", async (size, model, nearest) => {
    const flux = FakeFluxModel.make()
    const error = await errorFrom(await generate(testApp({ flux: flux.layer }), { size, model }))
    expect(error).toMatchObject({ status: 400, type: "invalid_request_error", param: "size" })
    expect(error.message).toContain(nearest)
    expect(flux.requests).toEqual([])
  })

  it("names what FLUX_MODEL draws where FLUX_SIZED_MODEL is off", async () => {
    const app = testApp({ env: { FLUX_SIZED_MODEL: "off" } })
    const error = await errorFrom(await generate(app, { size: "512x512" }))
    expect(error).toMatchObject({ status: 400, param: "size" })
    expect(error.message).toContain("1024x1024")
  })

  it.each(["big", "1024", "1024x", "x1024", "-1x-1", "1024x1024x3", "1e3x1e3", "10.5x10"])(
    "refuses %s as no size at all",
    async (size) => {
      const error = await errorFrom(await generate(testApp(), { size }))
      expect(error).toMatchObject({ status: 400, param: "size" })
    }
  )

  it("of every model is drawn to the pixel, or refused with a size that is drawn instead", async () => {
    const app = testApp()
    // Below that, 16x9 is a ratio.
    const side = fc.oneof(fc.integer({ min: 33, max: 700 }), fc.integer({ min: 1800, max: 99_999 }))
    await fc.assert(
      fc.asyncProperty(side, side, fc.constantFrom(...modelIds), async (width, height, model) => {
        const wanted = `${width}x${height}`
        const response = await generate(app, { size: wanted, model, response_format: "b64_json" })
        if (response.status === 200) {
          expect((await imagesFrom(response)).size).toBe(wanted)
        } else {
          const { message, param } = await errorFrom(response)
          expect(param).toBe("size")
          const size = message.match(/\d+x\d+/g)?.at(-1)
          const again = await imagesFrom(await generate(app, { size, model, response_format: "b64_json" }))
          expect(again.size).toBe(size)
        }
      }),
      { numRuns: 40 }
    )
  })
})
