import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { describe, expect, it } from "vitest"
import {
  ConfigurationError,
  ContentPolicyViolation,
  type DrawError,
  GenerationCancelled,
  GenerationInterrupted,
  InvalidRequest,
  QuotaExceeded,
  RateLimited,
  UpstreamError,
  UpstreamTimeout
} from "../../src/domain/Errors.ts"
import { FluxModel } from "../../src/services/FluxModel.ts"
import { ImageStore } from "../../src/services/ImageStore.ts"
import { RateLimiter } from "../../src/services/RateLimiter.ts"
import { FakeFluxModel } from "../support/layers/testLayers.ts"
import { errorFrom } from "../support/openai/answers.ts"
import { chat, completionFrom, says, streamFrom } from "../support/openai/chat.ts"
import { generate } from "../support/openai/requests.ts"
import { testApp } from "../support/testApp.ts"

interface Wire {
  readonly status: number
  readonly type: string
  readonly code: string | null
  readonly param?: string
  readonly shouldRetry: "false" | null
  readonly retryAfter?: string
}

const renewsAt = Date.UTC(2026, 10, 23)

/** Each way in which a drawing fails, and how a caller meets it. */
const failures: ReadonlyArray<readonly [string, DrawError, Wire]> = [
  [
    "the prompt is refused",
    new ContentPolicyViolation({ subject: "prompt" }),
    { status: 400, type: "invalid_request_error", code: "content_policy_violation", shouldRetry: null }
  ],
  [
    "an input picture is refused",
    new ContentPolicyViolation({ subject: "input" }),
    { status: 400, type: "invalid_request_error", code: "content_policy_violation", shouldRetry: null }
  ],
  [
    "the picture is refused",
    new ContentPolicyViolation({ subject: "output" }),
    { status: 400, type: "invalid_request_error", code: "content_policy_violation", shouldRetry: null }
  ],
  [
    "the model finds a field wrong",
    new InvalidRequest({ message: "Too long.", param: "prompt" }),
    { status: 400, type: "invalid_request_error", code: null, param: "prompt", shouldRetry: null }
  ],
  [
    "there is no capacity",
    new RateLimited({ message: "Busy.", retryAfterSeconds: 10 }),
    { status: 429, type: "rate_limit_error", code: "rate_limit_exceeded", shouldRetry: null, retryAfter: "10" }
  ],
  [
    "the neurons are used up",
    new QuotaExceeded({ renewsAt }),
    { status: 429, type: "insufficient_quota", code: "insufficient_quota", shouldRetry: "false" }
  ],
  [
    "Cloudflare refuses the token",
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
    new UpstreamError({ message: "Workers AI failed.", cause: "secret detail" }),
    { status: 502, type: "upstream_error", code: "upstream_error", shouldRetry: "false" }
  ],
  [
    "the job is cancelled",
    new GenerationCancelled(),
    { status: 409, type: "invalid_request_error", code: "generation_cancelled", shouldRetry: "false" }
  ],
  [
    "the job is interrupted",
    new GenerationInterrupted({}),
    { status: 502, type: "upstream_error", code: "upstream_error", shouldRetry: "false" }
  ],
  [
    "Workers AI is too late",
    new UpstreamTimeout({ seconds: 120 }),
    { status: 504, type: "upstream_error", code: "upstream_timeout", shouldRetry: "false" }
  ],
  [
    "Workers AI gives up",
    new UpstreamTimeout({}),
    { status: 504, type: "upstream_error", code: "upstream_timeout", shouldRetry: "false" }
  ]
]

const asked = says("A cat")

describe("a failure", () => {
  it.each(failures)("has its status, type, code and hint where %s", async (_, error, wire) => {
    const app = testApp({ flux: FakeFluxModel.failing(error) })
    for (const response of [await chat(app, asked), await generate(app)]) {
      const { retryAfter, ...expected } = wire
      expect(response.headers.get("retry-after")).toBe(retryAfter ?? null)
      expect(response.headers.get("access-control-allow-origin")).toBe("*")
      expect(await errorFrom(response)).toEqual({ param: null, ...expected, message: error.message })
    }
  })

  it.each(failures)("says the same within a stream where %s", async (_, error, { code, param, type }) => {
    const app = testApp({ flux: FakeFluxModel.failing(error) })
    const { content, error: told } = await streamFrom(await chat(app, { ...asked, stream: true }))
    expect(told).toEqual({ message: error.message, type, code, param: param ?? null })
    expect(content).toContain(error.message)
  })

  it.each(failures)("stays in its place among several pictures where %s", async (_, error) => {
    const before: FakeFluxModel.Options["before"] = ({ index }) => (index === 0 ? Effect.fail(error) : Effect.void)
    const app = testApp({ flux: FakeFluxModel.make({ before }).layer })
    const { content } = await completionFrom(await chat(app, says("A cat", { n: 2 })))
    expect(content).toContain(error.message)
    expect(content.match(/!\[/g)).toHaveLength(1)
  })

  it.each([
    [0.2, "1"],
    [1, "1"],
    [10.5, "11"],
    [60, "60"],
    [61, "60"],
    [86_400, "60"]
  ])("asks nobody to wait longer than the SDKs obey, nor for a part of a second: %s s", async (seconds, header) => {
    const error = new RateLimited({ message: "Busy.", retryAfterSeconds: seconds })
    for (const stream of [false, true]) {
      const limited = { check: () => Effect.fail(error) }
      const app = testApp({ rateLimiter: Layer.succeed(RateLimiter, limited) })
      const response = await chat(app, { ...asked, stream })
      expect(response.status).toBe(429)
      expect(response.headers.get("retry-after")).toBe(header)
    }
  })

  it("tells when the neurons are renewed", async () => {
    const app = testApp({ flux: FakeFluxModel.failing(new QuotaExceeded({ renewsAt })) })
    expect((await errorFrom(await chat(app, asked))).message).toContain("2026-11-23T00:00:00")
  })

  it("never shows what Workers AI said", async () => {
    const app = testApp({
      flux: FakeFluxModel.failing(new UpstreamError({ message: "Failed.", cause: "secret detail" }))
    })
    expect(await (await chat(app, asked)).text()).not.toContain("secret detail")
    expect(await (await chat(app, { ...asked, stream: true })).text()).not.toContain("secret detail")
    expect(app.logs.join("\n")).toContain("secret detail")
  })
})

describe("a bug", () => {
  const crash = new TypeError("Cannot read properties of secret detail")

  it("is a 500 that shows nothing of its inside and is found in the log", async () => {
    const app = testApp({ flux: FakeFluxModel.make({ before: () => Effect.die(crash) }).layer })
    const response = await chat(app, asked)
    const id = response.headers.get("x-request-id") ?? "-"
    const text = await response.clone().text()
    expect(await errorFrom(response)).toMatchObject({
      status: 500,
      type: "server_error",
      code: "internal_error",
      shouldRetry: "false"
    })
    expect(text).not.toMatch(/secret detail|TypeError|\bat \w|\.ts\b|node_modules/)
    const logged = app.logs.filter((line) => line.includes("secret detail"))
    expect(logged).toHaveLength(1)
    expect(logged[0]).toContain(id)
  })
})

describe("a setting that is missing or wrong", () => {
  const secret = "zq-secret-value-qz"

  it.each([
    ["API_KEYS", { API_KEYS: secret }],
    ["FLUX_BACKEND", { FLUX_BACKEND: secret }],
    ["CF_API_TOKEN", { CF_API_TOKEN: "", CF_ACCOUNT_ID: secret }],
    ["CF_API_BASE", { CF_API_BASE: secret }],
    ["FLUX_MODEL", { FLUX_MODEL: secret }],
    ["FLUX_SIZED_MODEL", { FLUX_SIZED_MODEL: secret }],
    ["FLUX_NUM_STEPS", { FLUX_NUM_STEPS: secret }],
    ["MODEL_ALIASES", { MODEL_ALIASES: secret }],
    ["PUBLIC_BASE_URL", { PUBLIC_BASE_URL: secret }],
    ["HELPER_REQUESTS", { HELPER_REQUESTS: secret }],
    ["PROMPT_OPTIMIZATION", { PROMPT_OPTIMIZATION: secret }],
    ["EXTERNAL_API_BASE", { PROMPT_OPTIMIZATION: "true", EXTERNAL_API_BASE: secret, EXTERNAL_MODEL: "m" }]
  ])("is named and its value is not (%s)", async (variable, env) => {
    const app = testApp({ env, flux: FluxModel.layer })
    for (const stream of [false, true]) {
      const response = await chat(app, { ...asked, stream })
      const text = await response.clone().text()
      expect(text).not.toContain(secret)
      expect(await errorFrom(response)).toMatchObject({
        status: 500,
        type: "configuration_error",
        code: "configuration_error",
        param: variable,
        message: expect.stringContaining(variable),
        shouldRetry: "false"
      })
    }
  })

  it("is met before anything is drawn where pictures can't be kept", async () => {
    const flux = FakeFluxModel.make()
    const app = testApp({ flux: flux.layer, store: ImageStore.layer, bindings: {} })
    const failure = await errorFrom(await chat(app, { ...asked, stream: true }))
    expect(failure).toMatchObject({ status: 500, param: "FLUX_CF_KV" })
    expect(flux.requests).toEqual([])
  })

  it("is met where it is needed alone", async () => {
    const app = testApp({ env: { PUBLIC_BASE_URL: secret } })
    const headers = { authorization: "Bearer sk-test" }
    for (const path of ["/v1/models", "/health", "/"]) expect((await app.fetch(path, { headers })).status).toBe(200)
  })
})
