import * as Schema from "effect/Schema"
import { describe, expect, it } from "vitest"
import { models } from "../../../src/domain/ModelCatalogue.ts"
import { partnerModels } from "../../../src/domain/partnerModels.ts"
import { FakeFluxModel, FakeImageTransformer } from "../../support/layers/testLayers.ts"
import { errorFrom, imagesFrom } from "../../support/openai/answers.ts"
import { ModelList } from "../../support/openai/Model.ts"
import { imageOf } from "../../support/pictures.ts"
import { testApp } from "../../support/testApp.ts"

const authorization = "Bearer sk-test"
const gpt = "openai/gpt-image-2"
const banana = "google/nano-banana-pro"
const remover = "bria/remove-background"

const setUp = (env: Readonly<Record<string, string>> = { PARTNER_MODELS: "all" }) => {
  const flux = FakeFluxModel.make()
  const app = testApp({ env, flux: flux.layer, transformer: FakeImageTransformer.layer })
  const post = (body: object, path = "/v1/images/generations") =>
    app.fetch(path, { method: "POST", headers: { authorization }, body: JSON.stringify(body) })
  const get = async (path: string) => app.fetch(path, { headers: { authorization } })
  return { app, post, get, drawn: flux.requests }
}

const idsIn = async (response: Response) =>
  Schema.decodeUnknownSync(ModelList)(await response.json()).data.map(({ id }) => id)

describe("a partner's model that is not switched on", () => {
  it.each([gpt, "Nano-Banana", remover])("is a 404 that names the setting, as %s", async (model) => {
    const { drawn, get, post } = setUp({ PARTNER_MODELS: "flux-2-max" })
    const expected = {
      status: 404,
      code: "model_not_found",
      param: "model",
      message: expect.stringContaining("PARTNER_MODELS")
    }
    expect(await errorFrom(await post({ model, prompt: "A cute cat" }))).toMatchObject(expected)
    expect(await errorFrom(await get(`/v1/models/${encodeURIComponent(model)}`))).toMatchObject(expected)
    expect(drawn).toEqual([])
  })

  it("draws under no name that a client has built in", async () => {
    const { drawn, post } = setUp({ PARTNER_MODELS: "all" })
    await imagesFrom(await post({ model: "gpt-image-2", prompt: "A cute cat" }))
    await imagesFrom(await post({ prompt: "A cute cat" }))
    expect(drawn.map(({ model }) => model.id)).toEqual([models[0]?.id, models[0]?.id])
  })

  it("is a wrong setting where another setting names it", async () => {
    for (const variable of ["FLUX_MODEL", "FLUX_SIZED_MODEL", "MODEL_ALIASES"]) {
      const { post } = setUp({ [variable]: variable === "MODEL_ALIASES" ? `art=${gpt}` : gpt })
      expect(await errorFrom(await post({ prompt: "A cute cat" }))).toMatchObject({ status: 500, param: variable })
    }
    const { post } = setUp({ PARTNER_MODELS: "flux-2-max,klein" })
    expect(await errorFrom(await post({ prompt: "A cute cat" }))).toMatchObject({ param: "PARTNER_MODELS" })
  })
})

describe("partners' models that are switched on", () => {
  it("are listed, and no others", async () => {
    const own = models.map(({ id }) => id)
    expect(await idsIn(await setUp({}).get("/v1/models"))).toEqual([...own, "gpt-image-1"])
    const { get } = setUp({ PARTNER_MODELS: " flux-2-max, openai/GPT-image-2 ," })
    expect(await idsIn(await get("/v1/models"))).toEqual([...own, "black-forest-labs/flux-2-max", gpt, "gpt-image-1"])
    const all = await idsIn(await setUp().get("/v1/models"))
    expect(all).toEqual([...own, ...partnerModels.map(({ id }) => id), "gpt-image-1"])
  })

  it("draw for an alias of OpenAI's names, and for settings", async () => {
    const { drawn, post } = setUp({ PARTNER_MODELS: "all", MODEL_ALIASES: `gpt-image-2=${gpt}` })
    const { model } = await imagesFrom(await post({ model: "gpt-image-2", prompt: "A cute cat", quality: "high" }))
    expect(model).toBe(gpt)
    expect(drawn).toMatchObject([{ quality: "high", chosenBy: "caller" }])
    const flux = setUp({ PARTNER_MODELS: "all", FLUX_MODEL: "flux-2-max" })
    await post({ prompt: "A cute cat" })
    expect((await imagesFrom(await flux.post({ prompt: "A cute cat" }))).model).toBe("black-forest-labs/flux-2-max")
  })

  it("draw sizes of three kinds: pixels, listed ones, and ratios", async () => {
    const { drawn, post } = setUp()
    for (const [model, size] of [
      ["flux-2-max", "1000x700"],
      [gpt, "1536x1024"],
      [banana, "1024x576"]
    ] as const) {
      expect((await post({ model, prompt: "A cute cat", size })).status).toBe(200)
    }
    expect(drawn.map(({ size }) => `${size.width}x${size.height}`)).toEqual(["1000x700", "1536x1024", "1024x576"])
    for (const [model, size, nearest] of [
      [gpt, "1024x576", "1536x1024"],
      [banana, "2000x500", "1528x655"]
    ] as const) {
      expect(await errorFrom(await post({ model, prompt: "A cute cat", size }))).toMatchObject({
        status: 400,
        param: "size",
        message: expect.stringContaining(nearest)
      })
    }
  })

  it("are not replaced by a cheaper one where they can't do something: it is told, or a notice", async () => {
    const { drawn, post } = setUp()
    expect(await errorFrom(await post({ model: gpt, prompt: "A cute cat", seed: 7 }))).toMatchObject({
      status: 400,
      param: "seed"
    })
    const messages = [{ role: "user", content: "A cute cat 16:9 --seed 7" }]
    const chat = await post({ model: gpt, messages }, "/v1/chat/completions")
    expect(await chat.text()).toMatch(/1536x1024.*seed/s)
    expect(drawn.map(({ model }) => model.id)).toEqual([gpt])
  })
})

describe("a background", async () => {
  const image = (await imageOf({ width: 320, height: 200 }, { mediaType: "image/png" })).dataUrl
  const edit = { prompt: "Remove the background", image, background: "transparent" }

  it("is removed by an edit that wants it transparent, and it is said that the prompt was not followed", async () => {
    const { drawn, post } = setUp()
    const response = await imagesFrom(await post({ ...edit, model: "gpt-image-1" }, "/v1/images/edits"))
    expect(response).toMatchObject({ model: remover, background: "transparent", size: "320x200", output_format: "png" })
    expect(response.warnings).toEqual([expect.stringContaining("prompt was not followed")])
    expect(drawn).toMatchObject([{ size: { width: 320, height: 200 } }])
  })

  it("is removed by the model that is named, in the size of the picture, which is said", async () => {
    const { post } = setUp()
    const asked = { prompt: "Cut it out", image, model: remover, size: "1024x1024", output_format: "jpeg" }
    const { background, warnings } = await imagesFrom(await post(asked, "/v1/images/edits"))
    expect(warnings).toEqual([expect.stringContaining("prompt"), expect.stringContaining("320x200")])
    expect(background).toBe("opaque")
  })

  it("stays where another model is named, where nothing is switched on, and where there is no picture", async () => {
    const { drawn, post } = setUp()
    await imagesFrom(await post({ ...edit, model: "klein" }, "/v1/images/edits"))
    await imagesFrom(await post({ prompt: "A cute cat", background: "transparent" }))
    const off = setUp({})
    expect((await imagesFrom(await off.post(edit, "/v1/images/edits"))).background).toBe("opaque")
    expect([...drawn, ...off.drawn].map(({ model }) => model.id)).not.toContain(remover)
    expect(await errorFrom(await post({ prompt: "Cut it out", model: remover }))).toMatchObject({
      status: 400,
      param: "image"
    })
  })
})
