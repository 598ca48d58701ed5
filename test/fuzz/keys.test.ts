import { describe, expect, it } from "vitest"
import { errorFrom } from "../support/openai/answers.ts"
import { testApp } from "../support/testApp.ts"

const ask = (app: ReturnType<typeof testApp>, headers: HeadersInit, path = "/v1/chat/completions") =>
  app.fetch(path, {
    method: "POST",
    headers,
    body: JSON.stringify({ messages: [{ role: "user", content: "A cute cat" }] })
  })

const loud = { LOG_LEVEL: "All", LOG_PROMPTS: "true" }

const bearer = (value: string): HeadersInit => ({ authorization: value })

describe("a key that is not the one", () => {
  it.each<readonly [string, HeadersInit]>([
    ["none", {}],
    ["empty", bearer("")],
    ["a scheme alone", bearer("Bearer")],
    ["a scheme and spaces", bearer("Bearer    ")],
    ["another scheme", bearer("Basic c2stdGVzdA==")],
    ["the key without its scheme", bearer("sk-test")],
    ["a part of the key", bearer("Bearer sk-tes")],
    ["more than the key", bearer("Bearer sk-test1")],
    ["the key in capitals", bearer("Bearer SK-TEST")],
    ["the key twice", bearer("Bearer sk-test, Bearer sk-test")],
    [
      "the key as one of two headers",
      [
        ["authorization", "Bearer sk-test"],
        ["authorization", "Bearer wrong"]
      ]
    ],
    ["the key after a tabulator", bearer("Bearer sk-test\tx")],
    ["letters outside of ASCII", bearer("Bearer sk-t\u00e9st")],
    ["100,000 characters", bearer(`Bearer ${"k".repeat(100_000)}`)],
    ["a wrong one beside the right x-api-key", { authorization: "Bearer wrong", "x-api-key": "sk-test" }],
    ["a wrong x-api-key beside the right api-key", { "x-api-key": "wrong", "api-key": "sk-test" }],
    ["in a cookie", { cookie: "api_key=sk-test" }],
    ["__proto__", bearer("Bearer __proto__")]
  ])("lets nobody in: %s", async (_name, headers) => {
    const response = await ask(testApp(), headers)
    expect(response.headers.get("www-authenticate")).toMatch(/^Bearer/)
    expect(await errorFrom(response)).toMatchObject({ status: 401, code: "invalid_api_key" })
  })

  it("is not taken from the address", async () => {
    const app = testApp()
    expect((await ask(app, {}, "/v1/chat/completions?api_key=sk-test&key=sk-test")).status).toBe(401)
    expect(app.logs.join("\n")).not.toContain("sk-test")
  })

  it("is neither told nor logged", async () => {
    const app = testApp({ env: loud })
    const response = await ask(app, bearer("Bearer sk-somebody-elses"))
    expect(await response.text()).not.toContain("elses")
    expect(app.logs).toHaveLength(1)
    expect(app.logs.join("\n")).not.toContain("elses")
  })
})

describe("the key", () => {
  it.each(["authorization", "x-api-key", "api-key"])("is not logged, whatever happens: %s", async (header) => {
    const app = testApp({ env: { ...loud, API_KEYS: "alice:sk-of-alice" } })
    const key = header === "authorization" ? "Bearer sk-of-alice" : "sk-of-alice"
    expect((await ask(app, { [header]: key })).status).toBe(200)
    await app.fetch("/v1/images/generations", { method: "POST", headers: { [header]: key }, body: "{" })
    await app.fetch("/v1/nothing", { method: "POST", headers: { [header]: key } })
    const logged = app.logs.join("\n")
    expect(logged).toContain('"key":"alice"')
    expect(logged).not.toMatch(/sk-of-alice|sk-test|test-token/)
  })
})
