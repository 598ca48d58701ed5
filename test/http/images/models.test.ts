import { describe, expect, it } from "vitest"
import { ImageFile } from "../../../src/domain/ImageFile.ts"
import { FluxModel } from "../../../src/services/FluxModel.ts"
import { errorFrom, imagesFrom } from "../../support/openai/answers.ts"
import { generate } from "../../support/openai/requests.ts"
import { testApp } from "../../support/testApp.ts"
import { makeFakeWorkersAi } from "../../support/workers-ai/FakeWorkersAi.ts"
import { modelIds } from "../../support/workers-ai/models.ts"

const schnell = "@cf/black-forest-labs/flux-1-schnell"
const klein = "@cf/black-forest-labs/flux-2-klein-4b"
const klein9 = "@cf/black-forest-labs/flux-2-klein-9b"
const dev = "@cf/black-forest-labs/flux-2-dev"
const lucid = "@cf/leonardo/lucid-origin"
const phoenix = "@cf/leonardo/phoenix-1.0"
const sdxl = "@cf/stabilityai/stable-diffusion-xl-base-1.0"
const lightning = "@cf/bytedance/stable-diffusion-xl-lightning"
const dreamshaper = "@cf/lykon/dreamshaper-8-lcm"

/** The real backend over the strict Workers AI, which refuses any field that a model does not take. */
const strictApp = (env: Readonly<Record<string, string>> = {}) => {
  const ai = makeFakeWorkersAi()
  return { ai, app: testApp({ env, flux: FluxModel.layer, fetch: ai.fetch }) }
}

const text = (fields: object) =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)]))
const at = (width: number, height: number) => ({ width, height, seed: 3 })

describe("each model", () => {
  it.each([
    { id: schnell, body: {}, fields: { steps: 4 }, format: "jpeg", neurons: 172.8 },
    { id: schnell, body: { steps: 8 }, fields: { steps: 8 }, format: "jpeg", neurons: 326.4 },
    { id: klein, body: { seed: 3 }, fields: text(at(1024, 1024)), format: "jpeg", neurons: 104.2 },
    { id: klein, body: { seed: 3, size: "513x512" }, fields: text(at(513, 512)), format: "jpeg", neurons: 26.1 },
    { id: klein9, body: { seed: 3 }, fields: text(at(1024, 1024)), format: "jpeg", neurons: 1363.64 },
    {
      id: klein9,
      body: { seed: 3, size: "1920x1024" },
      fields: text(at(1920, 1024)),
      format: "jpeg",
      neurons: 1545.46
    },
    { id: dev, body: { seed: 3 }, fields: text({ ...at(1024, 1024), steps: 25 }), format: "jpeg", neurons: 3750 },
    {
      id: dev,
      body: { seed: 3, steps: 10 },
      fields: text({ ...at(1024, 1024), steps: 10 }),
      format: "jpeg",
      neurons: 1500
    },
    { id: lucid, body: { seed: 3 }, fields: { ...at(1024, 1024), num_steps: 25 }, format: "jpeg", neurons: 3744 },
    { id: phoenix, body: { seed: 3 }, fields: { ...at(1024, 1024), num_steps: 25 }, format: "jpeg", neurons: 3120 },
    { id: sdxl, body: { seed: 3 }, fields: { ...at(1024, 1024), num_steps: 20 }, format: "png", neurons: 0 },
    { id: lightning, body: { seed: 3 }, fields: { ...at(1024, 1024), num_steps: 20 }, format: "jpeg", neurons: 0 },
    { id: dreamshaper, body: { seed: 3 }, fields: { ...at(1024, 1024), num_steps: 20 }, format: "png", neurons: 0 }
  ])("$id is told $fields, costs $neurons neurons and draws $format", async ({ body, fields, format, id, neurons }) => {
    const { ai, app } = strictApp()
    const response = await generate(app, { model: id, ...body })
    const images = await imagesFrom(response)
    expect(ai.calls.map(({ model }) => model)).toEqual([id])
    expect(ai.calls[0]?.fields).toEqual({ prompt: "A cute cat", ...fields })
    expect(images).toMatchObject({ model: id, output_format: format, usage: { neurons } })
    expect(response.headers.get("x-flux-neurons")).toBe(String(neurons))
    const file = ImageFile.fromBase64(images.data[0]?.b64_json ?? "")
    expect(file?.mediaType).toBe(`image/${format}`)
    expect(`${file?.size.width}x${file?.size.height}`).toBe(images.size)
    expect(images.data[0]?.seed).toBe("seed" in body ? body.seed : undefined)
  })

  it("is there: the list leaves none of Workers AI out", async () => {
    const headers = { authorization: "Bearer sk-test" }
    const list = await testApp().fetch("/v1/models", { headers })
    const body = await list.text()
    for (const id of modelIds) expect(body).toContain(`"${id}"`)
  })
})

describe("model", () => {
  it.each([
    [undefined, schnell],
    ["", schnell],
    ["flux-1-schnell", schnell],
    ["schnell", schnell],
    ["flux", schnell],
    ["FLUX-1-Schnell", schnell],
    ["black-forest-labs/flux-1-schnell", schnell],
    ["flux-2-klein-4b", klein],
    ["klein", klein],
    ["klein-9b", klein9],
    ["flux-2-dev", dev],
    ["lucid-origin", lucid],
    ["phoenix-1.0", phoenix],
    ["sdxl", sdxl],
    ["stable-diffusion-xl-base-1.0", sdxl],
    ["sdxl-lightning", lightning],
    ["dreamshaper-8-lcm", dreamshaper],
    ["dall-e-3", schnell],
    ["gpt-image-1", schnell],
    ["gpt-image-1-mini", schnell],
    ["chatgpt-image-latest", schnell]
  ])("%s is %s", async (model, id) => {
    expect((await imagesFrom(await generate(testApp(), { model }))).model).toBe(id)
  })

  it.each(["dall-e-3", "gpt-image-1", undefined])("%s is FLUX_MODEL as it is set", async (model) => {
    const app = testApp({ env: { FLUX_MODEL: "lucid-origin", FLUX_NUM_STEPS: "6" } })
    const images = await imagesFrom(await generate(app, { model }))
    expect([images.model, images.usage.neurons]).toEqual([lucid, 4 * (636 + 12 * 6)])
  })

  it("can be an alias of MODEL_ALIASES, also over a name that is known otherwise", async () => {
    const app = testApp({ env: { MODEL_ALIASES: "gpt-image-2=klein, dall-e-3 = sdxl" } })
    const drawnBy = async (model: string) => (await imagesFrom(await generate(app, { model, size: "512x512" }))).model
    expect(await drawnBy("GPT-Image-2")).toBe(klein)
    expect(await drawnBy("dall-e-3")).toBe(sdxl)
  })

  it("that is wrong in the settings is told to whoever asks, and nothing of its value", async () => {
    const app = testApp({ env: { FLUX_MODEL: "secret-model" } })
    const error = await errorFrom(await generate(app))
    expect(error).toMatchObject({ status: 500, code: "configuration_error", param: "FLUX_MODEL" })
    expect(error.message).not.toContain("secret-model")
  })

  it("is taken at its bytes, whatever type it gives them", async () => {
    const { ai, app } = strictApp()
    ai.failNext({ _tag: "PictureAs", contentType: "application/octet-stream" })
    const { data, size } = await imagesFrom(await generate(app, { model: "phoenix", size: "640x512" }))
    expect(size).toBe("640x512")
    expect(ImageFile.fromBase64(data[0]?.b64_json ?? "")?.mediaType).toBe("image/jpeg")
  })
})
