import * as Effect from "effect/Effect"
import { describe, expect, it } from "vitest"
import { FakeFluxModel } from "../support/layers/testLayers.ts"
import { chat, says } from "../support/openai/chat.ts"
import { testApp } from "../support/testApp.ts"

const headers = { authorization: "Bearer sk-test" }
const post = (body: string): RequestInit => ({ method: "POST", headers, body })
const crashing = FakeFluxModel.make({ before: () => Effect.die("bug") }).layer
const expired = "/image/abcdefghijklmnopqrst-_-1600000000.jpg"

/** Answers of every kind, by status. */
const answers: ReadonlyArray<readonly [number, string, string, RequestInit]> = [
  [200, "the page", "/", {}],
  [200, "the health", "/health", {}],
  [200, "the document", "/openapi.json", {}],
  [200, "models", "/v1/models", { headers }],
  [200, "models without a body", "/v1/models", { headers, method: "HEAD" }],
  [200, "chat", "/v1/chat/completions", post(JSON.stringify(says("A cat")))],
  [200, "a stream", "/v1/chat/completions", post(JSON.stringify(says("A cat", { stream: true })))],
  [200, "images", "/v1/images/generations", post('{"prompt":"A cat"}')],
  [400, "a bad request", "/v1/chat/completions", post("{")],
  [401, "no key", "/v1/models", {}],
  [404, "an unknown model", "/v1/models/nothing", { headers }],
  [404, "no picture", expired, {}],
  [404, "an unknown address", "/nowhere", {}],
  [404, "the Responses API", "/v1/responses/input_tokens", post("{}")],
  [404, "billing", "/dashboard/billing/usage", {}],
  [405, "a wrong method", "/v1/models", { method: "DELETE", headers }],
  [413, "too much", "/v1/chat/completions", { ...post("{}"), headers: { ...headers, "content-length": "999999999" } }]
]

const exposed = [
  "x-request-id",
  "retry-after",
  "retry-after-ms",
  "x-should-retry",
  "x-flux-neurons",
  "x-flux-cost",
  "x-flux-job",
  "server-timing",
  "location",
  "preference-applied"
]

describe("an answer to a browser", () => {
  it.each(answers)("can be read by any page (%s: %s)", async (status, _, path, init) => {
    const response = await testApp().fetch(path, init)
    expect(response.status).toBe(status)
    expect(response.headers.get("access-control-allow-origin")).toBe("*")
    const names = response.headers.get("access-control-expose-headers")?.split(/,\s*/)
    expect(names).toEqual(expect.arrayContaining(exposed))
    expect(response.headers.get("x-request-id")).toMatch(/^req_[\w-]{22}$/)
    expect(response.headers.has("access-control-allow-credentials")).toBe(false)
    await response.body?.cancel()
  })

  it("can be read even if the service has a bug", async () => {
    const response = await chat(testApp({ flux: crashing }), says("A cat"))
    expect(response.status).toBe(500)
    expect(response.headers.get("access-control-allow-origin")).toBe("*")
    expect(response.headers.get("x-request-id")).toMatch(/^req_/)
  })
})

describe("OPTIONS", () => {
  it.each([
    "/v1/chat/completions",
    "/v1/images/generations",
    "/v1/images/edits",
    "/v1/models",
    "/v1/models/flux",
    "/v1/v1/chat/completions",
    "/chat/completions/",
    "/image/x.jpg",
    "/",
    "/health",
    "/openapi.json",
    "/nowhere"
  ])("allows everything, without a key (%s)", async (path) => {
    const response = await testApp({ env: { API_KEY: "" } }).fetch(path, {
      method: "OPTIONS",
      headers: {
        origin: "https://chat.example",
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization,content-type,x-stainless-lang,anything-new"
      }
    })
    expect(response.status).toBe(204)
    expect(await response.text()).toBe("")
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "access-control-allow-origin": "*",
      "access-control-allow-headers": "authorization,content-type,x-stainless-lang,anything-new",
      "access-control-max-age": "86400",
      "x-request-id": expect.stringMatching(/^req_/)
    })
    const methods = response.headers.get("access-control-allow-methods")?.split(/,\s*/)
    expect(methods).toEqual(expect.arrayContaining(["GET", "HEAD", "POST", "DELETE", "OPTIONS"]))
    // Else a cache would give the list for one request to another.
    expect(response.headers.get("vary")?.toLowerCase()).toContain("access-control-request-headers")
  })

  it("needs no list of headers", async () => {
    const response = await testApp().fetch("/v1/models", {
      method: "OPTIONS",
      headers: { origin: "https://a.example" }
    })
    expect(response.status).toBe(204)
    expect(response.headers.get("access-control-allow-origin")).toBe("*")
  })
})

describe("ALLOWED_ORIGINS", () => {
  const allowedFor = async (ALLOWED_ORIGINS: string, origin: string, path = "/v1/models") => {
    const app = testApp({ env: { ALLOWED_ORIGINS } })
    const answers = [
      await app.fetch(path, { headers: { ...headers, origin } }),
      await app.fetch(path, {
        method: "OPTIONS",
        headers: { origin, "access-control-request-headers": "authorization" }
      })
    ]
    return answers.map((response) => ({
      allowed: response.headers.get("access-control-allow-origin"),
      vary: response.headers.get("vary")?.toLowerCase() ?? ""
    }))
  }
  const list = "https://a.example, https://b.example"

  it.each(["https://a.example", "https://b.example"])("lets those in it read (%s)", async (origin) => {
    for (const path of ["/v1/models", "/nowhere", expired]) {
      for (const { allowed, vary } of await allowedFor(list, origin, path)) {
        expect(allowed).toBe(origin)
        expect(vary).toContain("origin")
      }
    }
  })

  it.each(["https://evil.example", "https://a.example.evil.example", "http://a.example", "null"])(
    "lets nobody else read (%s)",
    async (origin) => {
      for (const { allowed, vary } of await allowedFor(list, origin)) {
        expect(allowed).toBeNull()
        expect(vary).toContain("origin")
      }
    }
  )

  it("may hold one", async () => {
    for (const { allowed } of await allowedFor("https://a.example", "https://a.example")) {
      expect(allowed).toBe("https://a.example")
    }
    for (const { allowed } of await allowedFor("https://a.example", "https://evil.example")) {
      expect(allowed).not.toBe("https://evil.example")
      expect(allowed).not.toBe("*")
    }
  })

  it.each(["a.example", "https://a.example/chat", "?", "é", "\u0000", "a\nb"])(
    "lets nobody read where it is no list of origins: %j",
    async (setting) => {
      for (const { allowed } of await allowedFor(setting, "https://a.example")) expect(allowed).toBeNull()
    }
  )

  it("may be pasted with a slash at its end, in any case", async () => {
    for (const { allowed } of await allowedFor("https://A.example/", "https://a.example")) {
      expect(allowed).toBe("https://a.example")
    }
  })

  it.each(["*", "", " "])("lets everybody read where it is %j", async (setting) => {
    for (const { allowed } of await allowedFor(setting, "https://anywhere.example")) expect(allowed).toBe("*")
  })
})
