import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { makeApp } from "../../support/layers/testLayers.ts"
import { chat, completionFrom, says } from "../../support/openai/chat.ts"
import { testApp } from "../../support/testApp.ts"

/** Everything that is read as text and not listed, and with what it can't be. */
const wrong = {
  FLUX_BACKEND: "everything",
  FLUX_MODEL: "a-model-of-the-future",
  IMAGE_EXPIRATION: "59.5",
  PROMPT_OPTIMIZATION: "perhaps",
  PUBLIC_BASE_URL: "not an address",
  HELPER_REQUESTS: "pass-them-over",
  PROVENANCE: "watermark"
}

/** What is wrong and keeps nothing from being drawn. */
const harmless = {
  TITLE: "A name that is too long for a header, and for what is under an icon",
  LOCALE: "klingon",
  CHAT_STYLE: "chatty",
  ALLOWED_ORIGINS: "wherever",
  LOG_LEVEL: "chatty",
  LOG_PROMPTS: "perhaps",
  OTEL_EXPORTER_OTLP_ENDPOINT: "otel.example",
  CF_API_BASE: "unneeded"
}

describe("GET /", () => {
  it("is a page for people", async () => {
    const response = await testApp().fetch("/")
    expect(response.status).toBe(200)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": expect.stringMatching(/^text\/html\b/),
      "x-content-type-options": "nosniff",
      "content-security-policy": expect.stringContaining("default-src 'none'"),
      "access-control-allow-origin": "*"
    })
    const page = await response.text()
    expect(page).toMatch(/^<!doctype html>/i)
    expect(page).toMatch(/<meta charset="?utf-8"?>/i)
  })

  it("allows no script but its own", async () => {
    const policy = (await testApp().fetch("/")).headers.get("content-security-policy") ?? ""
    const scripts = /script-src ([^;]*)/.exec(policy)?.[1] ?? ""
    expect(scripts).not.toMatch(/unsafe|\*|https?:|data:/)
  })

  it.each(Object.entries(wrong))("names %s where it is wrong", async (variable, value) => {
    const page = await (await testApp({ env: { [variable]: value } }).fetch("/")).text()
    expect(page).toContain(variable)
    expect(page).not.toContain(value)
  })

  it("names all that is missing", async () => {
    const app = testApp({ env: { API_KEY: "", CF_ACCOUNT_ID: "", CF_API_TOKEN: "" }, bindings: {} })
    const page = await (await app.fetch("/")).text()
    for (const variable of ["API_KEY", "FLUX_CF_KV", "CF_ACCOUNT_ID"]) expect(page).toContain(variable)
  })

  it("holds nothing of what a request says", async () => {
    const app = testApp()
    const url = "http://flux.test/?%3Cscript%3Ealert(1)%3C/script%3E&q=<img src=x onerror=alert(1)>"
    const page = await (
      await app.fetch(url, { headers: { "accept-language": '"><script>alert(1)</script>', referer: "<script>x" } })
    ).text()
    expect(page).not.toContain("alert(1)")
    const strange = await (await app.fetch(`http://a"b'c.test/`)).text()
    expect(strange).not.toContain(`a"b`)
  })
})

describe("GET /health", () => {
  it("is ready where nothing is missing", async () => {
    const response = await testApp().fetch("/health")
    expect(response.headers.get("content-type")).toMatch(/^application\/json\b/)
    expect(await response.json()).toEqual({ status: "ok", ready: true, missing: [] })
  })

  it.each(Object.entries(wrong))("names %s where it is wrong", async (variable, value) => {
    const response = await testApp({ env: { [variable]: value } }).fetch("/health")
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ status: "ok", ready: false, missing: [variable] })
  })

  it.each(Object.entries(harmless))(
    "names %s too, with which the service draws all the same",
    async (variable, value) => {
      const app = testApp({ env: { [variable]: value, FLUX_BACKEND: "preview" } })
      expect(await (await app.fetch("/health")).json()).toEqual({ status: "ok", ready: true, missing: [variable] })
      expect(await (await app.fetch("/")).text()).not.toContain(variable)
      await completionFrom(await chat(app, says("A cat")))
    }
  )

  it.each([
    ["@cf/google/gemma-3-12b-it", true],
    ["@cf/meta/llama-3.1-8b-instruct", true],
    ["@cf/meta/llama-2-7b-chat-fp16", true],
    ["@cf/meta/llama-3.1-8b-instruct-fp8", false],
    ["@cf/google/gemma-4-26b-a4b-it", false],
    ["@cf/someone/new", false]
  ])("names a text model that Workers AI has retired, and draws all the same: %s", async (model, retired) => {
    const app = testApp({ env: { PROMPT_OPTIMIZATION: "true", EXTERNAL_MODEL: model } })
    expect(await (await app.fetch("/health")).json()).toEqual({
      status: "ok",
      ready: true,
      missing: retired ? ["EXTERNAL_MODEL"] : []
    })
    await completionFrom(await chat(app, says("A cat")))
  })

  it("names all that is wrong at once", async () => {
    const response = await testApp({ env: { ...wrong, ...harmless } }).fetch("/health")
    const { missing } = await response.json<{ missing: ReadonlyArray<string> }>()
    expect([...missing].sort()).toEqual([...Object.keys(wrong), ...Object.keys(harmless)].sort())
  })

  it("names all that is missing, in the order in which to mend it", async () => {
    const app = testApp({ env: { API_KEY: "", CF_ACCOUNT_ID: "", CF_API_TOKEN: "" }, bindings: {} })
    expect(await (await app.fetch("/health")).json()).toEqual({
      status: "ok",
      ready: false,
      missing: ["API_KEY", "FLUX_CF_KV", "CF_ACCOUNT_ID"]
    })
  })
})

describe("what always answers", () => {
  it("never shows a value of a setting", async () => {
    const names = [...Object.keys(wrong), "API_KEY", "API_KEYS", "CF_API_TOKEN", "EXTERNAL_API_KEY", "MODEL_ALIASES"]
    // Long and strange enough not to be in a page by chance.
    const secret = fc.stringMatching(/^zq[\w<>"'&-]{10,20}qz$/)
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.constantFrom(...names), secret), async (env) => {
        const app = makeApp({ env })
        for (const path of ["/", "/health", "/openapi.json"]) {
          const response = await app.fetch(path)
          const text = await response.text()
          expect(response.status).toBe(200)
          for (const value of Object.values(env)) expect(text.includes(value)).toBe(false)
        }
        await app.dispose()
      }),
      { numRuns: 20 }
    )
  })
})
