import * as Schema from "effect/Schema"
import { describe, expect, it } from "vitest"
import { models } from "../../../src/domain/ModelCatalogue.ts"
import { errorFrom } from "../../support/openai/answers.ts"
import { Model, ModelList } from "../../support/openai/Model.ts"
import { testApp } from "../../support/testApp.ts"

const headers = { authorization: "Bearer sk-test" }
const schnell = "@cf/black-forest-labs/flux-1-schnell"
const klein = "@cf/black-forest-labs/flux-2-klein-4b"

const get = (path: string, env: Readonly<Record<string, string>> = {}) => testApp({ env }).fetch(path, { headers })

const idsFrom = async (response: Response) => {
  expect(response.status).toBe(200)
  expect(response.headers.get("content-type")).toMatch(/^application\/json\b/)
  return Schema.decodeUnknownSync(ModelList)(await response.json()).data.map(({ id }) => id)
}

const modelFrom = async (response: Response) => {
  expect(response.status).toBe(200)
  return Schema.decodeUnknownSync(Model)(await response.json())
}

describe("GET /v1/models", () => {
  it("lists every model once, FLUX_MODEL first, and one name of OpenAI's for the menus of programs", async () => {
    const ids = await idsFrom(await get("/v1/models"))
    expect(ids[0]).toBe(schnell)
    expect([...ids].sort()).toEqual([...models.map(({ id }) => id), "gpt-image-1"].sort())
    expect((await idsFrom(await get("/v1/models", { FLUX_MODEL: "klein" })))[0]).toBe(klein)
  })

  it("tells of the name of OpenAI's what the model can that it stands for", async () => {
    const named = async (env: Readonly<Record<string, string>>) => {
      const response = await get("/v1/models", env)
      const { data } = Schema.decodeUnknownSync(ModelList)(await response.json())
      return data.find(({ id }) => id === "gpt-image-1")
    }
    expect(await named({ FLUX_MODEL: "lucid" })).toMatchObject({ owned_by: "leonardo" })
    expect(await named({ MODEL_ALIASES: "gpt-image-1=sdxl" })).toMatchObject({ owned_by: "stabilityai" })
  })

  it("has no id that LobeChat drops", async () => {
    for (const id of await idsFrom(await get("/v1/models"))) {
      expect(id).not.toMatch(/embedding|davinci|curie|moderation|ada|babbage|tts|whisper|dall-e/)
    }
  })

  it("tells what a model takes and gives", async () => {
    const response = await get("/v1/models")
    expect(await response.json()).toMatchObject({
      data: expect.arrayContaining([
        expect.objectContaining({
          id: schnell,
          architecture: { input_modalities: ["text"], output_modalities: ["image"] }
        }),
        expect.objectContaining({
          id: klein,
          architecture: { input_modalities: ["text", "image"], output_modalities: ["image"] }
        })
      ])
    })
  })

  it.each([
    ["?type=image", true],
    ["?output_modalities=image", true],
    ["?output_modalities=text,image", true],
    ["?type=text", false],
    ["?type=embedding", false],
    ["?output_modalities=text", false],
    ["?user=u1&unknown=1", true],
    ["?", true]
  ])("is filtered by %s", async (query, listed) => {
    expect((await idsFrom(await get(`/v1/models${query}`))).length > 0).toBe(listed)
  })

  it.each([
    ["?type=image&type=text", "type"],
    ["?output_modalities=image&output_modalities=text", "output_modalities"]
  ])("refuses a filter that is there twice (%s)", async (query, param) => {
    const failure = await errorFrom(await get(`/v1/models${query}`))
    expect(failure).toMatchObject({ status: 400, type: "invalid_request_error", param })
  })
})

describe("GET /v1/models/{model}", () => {
  it.each([
    [`/v1/models/${schnell}`, schnell],
    [`/v1/models/${encodeURIComponent(schnell)}`, schnell],
    ["/v1/models/@cf%2Fblack-forest-labs/flux-1-schnell", schnell],
    [`/v1/models/${schnell}/`, schnell],
    [`/models/${schnell}`, schnell],
    ["/v1/models/black-forest-labs/flux-1-schnell", schnell],
    ["/v1/models/flux", schnell],
    ["/v1/models/Klein", klein],
    ["/v1/models/dall-e-3", schnell],
    ["/v1/models/gpt-image-2.6-preview", schnell],
    ["/v1/models/cat-painter", klein]
  ])("finds %s", async (path, id) => {
    expect((await modelFrom(await get(path, { MODEL_ALIASES: "cat-painter=klein" }))).id).toBe(id)
  })

  it.each(["gpt-4o-mini", "@cf/nobody/nothing", "%", "%E0%A4%A", "a%20b", "__proto__", "constructor"])(
    "knows no %s",
    async (name) => {
      const failure = await errorFrom(await get(`/v1/models/${name}`))
      expect(failure).toMatchObject({ status: 404, code: "model_not_found", param: "model" })
    }
  )
})

describe("the models of a deployment that is set up wrongly", () => {
  it.each([
    ["FLUX_MODEL", "no-such-model-secret"],
    ["FLUX_SIZED_MODEL", "no-such-model-secret"],
    ["FLUX_NUM_STEPS", "secret"],
    ["MODEL_ALIASES", "secret"]
  ])("are a configuration error that names %s and not its value", async (variable, value) => {
    for (const path of ["/v1/models", "/v1/models/flux"]) {
      const failure = await errorFrom(await get(path, { [variable]: value }))
      expect(failure).toMatchObject({ status: 500, code: "configuration_error", param: variable, shouldRetry: "false" })
      expect(failure.message).toContain(variable)
      expect(failure.message).not.toContain("secret")
    }
  })
})
