import { describe, expect, it } from "vitest"
import { FakeFluxModel, FakeRateLimiter } from "../support/layers/testLayers.ts"
import { errorFrom } from "../support/openai/answers.ts"
import { chat, completionFrom, says } from "../support/openai/chat.ts"
import { testApp } from "../support/testApp.ts"

const guarded: ReadonlyArray<readonly [string, string]> = [
  ["POST", "/v1/chat/completions"],
  ["POST", "/v1/images/generations"],
  ["POST", "/v1/images/edits"],
  ["POST", "/v1/images"],
  ["POST", "/v1/provenance"],
  ["GET", "/v1/models"],
  ["GET", "/v1/models/flux"]
]

const status = async (headers: Record<string, string>, env: Readonly<Record<string, string>> = {}) =>
  (await testApp({ env }).fetch("/v1/models", { headers })).status

describe("a key", () => {
  it.each<Record<string, string>>([
    { authorization: "Bearer sk-test" },
    { authorization: "bearer sk-test" },
    { authorization: "BEARER sk-test" },
    { authorization: "Bearer  sk-test" },
    { Authorization: "Bearer sk-test" },
    { "x-api-key": "sk-test" },
    { "X-Api-Key": "sk-test" },
    { "api-key": "sk-test" },
    { authorization: "Bearer sk-test", "x-api-key": "sk-test" },
    { authorization: "Bearer ", "x-api-key": "sk-test" }
  ])("is found in %j", async (headers) => {
    expect(await status(headers)).toBe(200)
  })

  it.each<Record<string, string>>([
    {},
    { authorization: "" },
    { authorization: "Bearer" },
    { authorization: "Bearer " },
    { authorization: "Bearer sk-tes" },
    { authorization: "Bearer sk-test1" },
    { authorization: "Bearer SK-TEST" },
    { authorization: "sk-test" },
    { authorization: "Basic sk-test" },
    { "x-api-key": "wrong" },
    { "api-key": "" },
    { cookie: "key=sk-test" },
    { authorization: "Bearer wrong", "x-api-key": "sk-test" }
  ])("is not found in %j", async (headers) => {
    expect(await status(headers)).toBe(401)
  })

  it("is not taken from the address", async () => {
    expect((await testApp().fetch("/v1/models?key=sk-test&api-key=sk-test")).status).toBe(401)
  })

  it("may be one of several", async () => {
    const env = { API_KEY: "sk-test", API_KEYS: "alice:key-a, bob:key:b" }
    for (const key of ["sk-test", "key-a", "key:b"])
      expect(await status({ authorization: `Bearer ${key}` }, env)).toBe(200)
    for (const key of ["alice", "alice:key-a", "b"])
      expect(await status({ authorization: `Bearer ${key}` }, env)).toBe(401)
  })
})

describe("a key in a wrong form", () => {
  it.each<[Record<string, string>, RegExp]>([
    [{ authorization: "Bearer Bearer sk-test" }, /`Bearer` before it once more/],
    [{ authorization: "Bearer bearer  sk-test" }, /`Bearer` before it once more/],
    [{ authorization: 'Bearer "sk-test"' }, /quotation marks/],
    [{ authorization: "Bearer 'sk-test'" }, /quotation marks/],
    [{ authorization: "Bearer `sk-test`" }, /quotation marks/],
    [{ authorization: 'Bearer "sk-test' }, /quotation marks/],
    [{ "x-api-key": '"sk-test"' }, /quotation marks/],
    [{ "api-key": "Bearer sk-test" }, /Send the key alone/],
    [{ authorization: "Bearer: sk-test" }, /colon/],
    [{ authorization: "Bearer : sk-test" }, /colon/],
    [{ authorization: "sk-test" }, /does not begin with `Bearer`/],
    [{ authorization: "Basic c2stdGVzdA==" }, /does not begin with `Bearer`/],
    [{ authorization: "Token sk-test" }, /does not begin with `Bearer`/],
    [{ authorization: "Bearer Authorization: sk-test" }, /name of a header/],
    [{ authorization: "Bearer API_KEY=sk-test" }, /name of a header/],
    [{ authorization: "Bearer undefined" }, /no key yet/],
    [{ authorization: "Bearer null" }, /no key yet/],
    [{ authorization: "Bearer $API_KEY" }, /placeholder/],
    [{ authorization: "Bearer {{apiKey}}" }, /placeholder/],
    [{ authorization: "Bearer <sk-test>" }, /placeholder/],
    [{ authorization: "Bearer YOUR_KEY" }, /placeholder/],
    [{ authorization: "Bearer sk-test sk-test" }, /blanks/]
  ])("is a 401 that says what is wrong with it: %j", async (headers, message) => {
    for (const [method, path] of guarded) {
      const failure = await errorFrom(
        await testApp().fetch(path, { method, headers, ...(method === "POST" && { body: "{}" }) })
      )
      expect(failure).toMatchObject({ status: 401, code: "invalid_api_key", message: expect.stringMatching(message) })
      expect(failure.message).not.toContain("sk-test")
    }
  })

  it("is taken where it is the key that was set", async () => {
    expect(await status({ authorization: "Bearer YOUR_KEY" }, { API_KEY: "YOUR_KEY" })).toBe(200)
    expect(await status({ authorization: "Bearer a b" }, { API_KEY: "a b" })).toBe(200)
  })
})

describe("an endpoint under /v1", () => {
  it.each(guarded)("asks for a key before anything else (%s %s)", async (method, path) => {
    const flux = FakeFluxModel.make()
    const app = testApp({ flux: flux.layer })
    const body = method === "POST" ? { body: "{" } : {}
    const none = await app.fetch(path, { method, ...body })
    expect(none.headers.get("www-authenticate")).toMatch(/^Bearer\b/)
    expect(await errorFrom(none)).toMatchObject({
      status: 401,
      type: "authentication_error",
      code: "invalid_api_key",
      param: null,
      message: expect.stringMatching(/didn't provide/)
    })
    const wrong = await app.fetch(path, { method, headers: { authorization: "Bearer sk-secret-guess" }, ...body })
    expect(wrong.headers.get("www-authenticate")).toMatch(/^Bearer\b/)
    const failure = await errorFrom(wrong)
    expect(failure).toMatchObject({ status: 401, code: "invalid_api_key", message: expect.stringMatching(/Incorrect/) })
    expect(failure.message).not.toContain("guess")
    expect(flux.requests).toEqual([])
  })

  it.each(guarded)("lets nobody in while no key is set, and says which is missing (%s %s)", async (method, path) => {
    const app = testApp({ env: { API_KEY: "" } })
    for (const headers of [{}, { authorization: "Bearer sk-test" }, { authorization: "Bearer undefined" }]) {
      const failure = await errorFrom(
        await app.fetch(path, { method, headers, ...(method === "POST" && { body: "{}" }) })
      )
      expect(failure).toMatchObject({
        status: 500,
        code: "configuration_error",
        param: "API_KEY",
        shouldRetry: "false"
      })
    }
  })

  it("never shows what is wrong with API_KEYS", async () => {
    const response = await testApp({ env: { API_KEYS: "secret-without-name" } }).fetch("/v1/models", {
      headers: { authorization: "Bearer sk-test" }
    })
    const failure = await errorFrom(response)
    expect(failure).toMatchObject({ status: 500, code: "configuration_error", param: "API_KEYS" })
    expect(failure.message).not.toContain("secret-without-name")
  })
})

describe("everything else", () => {
  it.each([
    ["GET", "/"],
    ["GET", "/health"],
    ["GET", "/openapi.json"],
    ["HEAD", "/health"],
    ["OPTIONS", "/v1/chat/completions"]
  ])("asks for no key (%s %s)", async (method, path) => {
    expect((await testApp({ env: { API_KEY: "" } }).fetch(path, { method })).status).toBeLessThan(300)
  })
})

describe("a caller who asks too often", () => {
  it("is told when to come back, for what draws alone", async () => {
    const app = testApp({ rateLimiter: FakeRateLimiter.make(1) })
    await completionFrom(await chat(app, says("A cat")))
    const limited = await chat(app, says("A cat", { stream: true }))
    expect(limited.headers.get("retry-after")).toBe("10")
    expect(await errorFrom(limited)).toMatchObject({
      status: 429,
      type: "rate_limit_error",
      code: "rate_limit_exceeded"
    })
    const models = await app.fetch("/v1/models", { headers: { authorization: "Bearer sk-test" } })
    expect(models.status).toBe(200)
  })
})
