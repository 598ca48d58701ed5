import { describe, expect, it } from "vitest"
import {
  ConfigurationError,
  ContentPolicyViolation,
  type DrawError,
  QuotaExceeded,
  RateLimited,
  UpstreamError,
  UpstreamTimeout
} from "../../../src/domain/Errors.ts"
import { FakeFluxModel, FakeImageStore } from "../../support/layers/testLayers.ts"
import { errorFrom } from "../../support/openai/answers.ts"
import { generate } from "../../support/openai/requests.ts"
import { testApp } from "../../support/testApp.ts"

const refusal = async (body: object, options: Parameters<typeof testApp>[0] = {}) => {
  const flux = FakeFluxModel.make()
  const error = await errorFrom(await generate(testApp({ flux: flux.layer, ...options }), body))
  expect(flux.requests).toEqual([])
  return error
}

describe("a request that can't be carried out", () => {
  it.each([
    ["prompt", { prompt: undefined }],
    ["prompt", { prompt: null }],
    ["prompt", { prompt: 7 }],
    ["prompt", { prompt: "" }],
    ["prompt", { prompt: "  \n" }],
    ["prompt", { prompt: "--ar 16:9" }],
    ["prompt", { prompt: "a".repeat(2049) }],
    ["quality", { quality: "ultra" }],
    ["response_format", { response_format: "json" }],
    ["seed", { seed: -2 }],
    ["seed", { seed: 4294967296 }],
    ["seed", { seed: 1.5 }],
    ["steps", { steps: 0 }],
    ["steps", { steps: 51 }],
    ["partial_images", { partial_images: -1 }],
    ["model", { model: 7 }]
  ])("names the field %s (%o)", async (param, body) => {
    expect(await refusal(body)).toMatchObject({ status: 400, type: "invalid_request_error", param })
  })

  it("takes a prompt of the longest length", async () => {
    const response = await generate(testApp(), { prompt: "a".repeat(2048) })
    expect(response.status).toBe(200)
  })

  it.each(["gpt-4o-mini", "dall-e", "!", "@cf/meta/llama-3", "__proto__", "toString"])(
    "names no model in place of %j",
    async (model) => {
      expect(await refusal({ model })).toMatchObject({ status: 404, code: "model_not_found", param: "model" })
    }
  )

  it("takes a name of nothing but blanks for none", async () => {
    expect((await generate(testApp(), { prompt: "A cat", model: " " })).status).toBe(200)
  })

  it("refuses a seed where no model takes one", async () => {
    const env = { FLUX_SIZED_MODEL: "off" }
    expect(await refusal({ seed: 1 }, { env })).toMatchObject({ status: 400, param: "seed" })
  })

  it("needs a key", async () => {
    const response = await testApp().fetch("/v1/images/generations", { method: "POST", body: '{"prompt":"A cat"}' })
    expect(await errorFrom(response)).toMatchObject({ status: 401, code: "invalid_api_key" })
  })

  it("needs a KV namespace before it is paid for, where there is to be a link", async () => {
    const unavailable = new ConfigurationError({ variable: "FLUX_CF_KV", message: "FLUX_CF_KV is not bound." })
    const store = FakeImageStore.make({ unavailable }).layer
    const error = await refusal({}, { store })
    expect(error).toMatchObject({ status: 500, code: "configuration_error", param: "FLUX_CF_KV", shouldRetry: "false" })
  })
})

describe("a drawing that fails", () => {
  it.each<[string, DrawError, object]>([
    [
      "the filter refuses the prompt",
      new ContentPolicyViolation({ subject: "prompt" }),
      { status: 400, type: "invalid_request_error", code: "content_policy_violation", shouldRetry: null }
    ],
    [
      "there is no capacity",
      new RateLimited({ message: "Busy.", retryAfterSeconds: 10 }),
      { status: 429, type: "rate_limit_error", code: "rate_limit_exceeded", shouldRetry: null }
    ],
    [
      "the neurons are used up",
      new QuotaExceeded({ renewsAt: 0 }),
      { status: 429, type: "insufficient_quota", code: "insufficient_quota", shouldRetry: "false" }
    ],
    [
      "the token is refused",
      new ConfigurationError({ variable: "CF_API_TOKEN", message: "Cloudflare refuses CF_API_TOKEN." }),
      {
        status: 500,
        type: "configuration_error",
        code: "configuration_error",
        param: "CF_API_TOKEN",
        shouldRetry: "false"
      }
    ],
    [
      "Workers AI fails",
      new UpstreamError({ message: "Workers AI failed.", cause: "secret details" }),
      { status: 502, type: "upstream_error", code: "upstream_error", shouldRetry: "false" }
    ],
    [
      "Workers AI is too late",
      new UpstreamTimeout({ seconds: 120 }),
      { status: 504, type: "upstream_error", code: "upstream_timeout", shouldRetry: "false" }
    ]
  ])("is told where %s", async (_name, error, expected) => {
    const told = await errorFrom(await generate(testApp({ flux: FakeFluxModel.failing(error) })))
    expect(told).toMatchObject({ ...expected, message: error.message })
    expect(JSON.stringify(told)).not.toContain("secret details")
  })
})
