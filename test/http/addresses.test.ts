import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { makeApp } from "../support/layers/testLayers.ts"
import { errorFrom } from "../support/openai/answers.ts"
import { completionFrom, says } from "../support/openai/chat.ts"
import { testApp } from "../support/testApp.ts"

const headers = { authorization: "Bearer sk-test" }
const post = (body: object) => ({ method: "POST", headers, body: JSON.stringify(body) })
const chatRequest = post(says("A cat"))

/** What an endpoint answers to a request that is in order for it. */
const endpoints = {
  "chat/completions": { init: chatRequest, sign: '"chat.completion"' },
  "images/generations": { init: post({ prompt: "A cat", response_format: "url" }), sign: '"url"' },
  images: { init: post({ prompt: "A cat" }), sign: '"b64_json"' },
  models: { init: { headers }, sign: '"list"' },
  "models/flux": { init: { headers }, sign: '"model"' }
} as const

const names = Object.keys(endpoints) as ReadonlyArray<keyof typeof endpoints>

describe("an endpoint", () => {
  it.each(
    names.flatMap((name) =>
      [
        `/v1/${name}`,
        `/${name}`,
        `/v1/v1/${name}`,
        `/v1/v1/v1/${name}`,
        `/v1/${name}/`,
        `/${name}//`,
        `//v1//${name}`,
        `/v1//${name.replaceAll("/", "//")}`,
        `/v1/${name}?user=u1&x=//`,
        `/v1/${name}/?a=1`,
        `/chat/completions/${name}`,
        `/v1/chat/completions/v1/${name}`
      ].map((path) => [path, name] as const)
    )
  )("is found at %s", async (path, name) => {
    const { init, sign } = endpoints[name]
    const response = await testApp().fetch(path, init)
    expect(await response.text()).toContain(sign)
    expect(response.status).toBe(200)
  })

  it.each([
    "/v1/models?type=embedding",
    "/models?type=embedding",
    "/v1/models/?type=embedding",
    "//v1/v1/models?a=/&type=embedding&b=?"
  ])("keeps what is asked after the path (%s)", async (path) => {
    const models = await testApp().fetch(`http://flux.test${path}`, endpoints.models.init)
    expect(await models.json()).toEqual({ object: "list", data: [] })
  })

  it.each(["/v1/chat/completions/chat/completions", "/chat/completions/chat/completions"])(
    "is found where it was pasted into the base already (%s)",
    async (path) => {
      await completionFrom(await testApp().fetch(path, chatRequest))
    }
  )

  it("is found however slashes and v1 are mixed", async () => {
    const app = makeApp()
    const slashes = fc.integer({ min: 1, max: 3 }).map((count) => "/".repeat(count))
    const trailing = fc.integer({ min: 0, max: 2 }).map((count) => "/".repeat(count))
    const bases = fc.array(fc.constantFrom("v1", "v1", "chat/completions"), { maxLength: 3 })
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...names),
        bases,
        fc.infiniteStream(slashes),
        trailing,
        async (name, base, separators, end) => {
          const segments = [...base.flatMap((part) => part.split("/")), ...name.split("/")]
          const path = segments.map((segment) => `${separators.next().value ?? "/"}${segment}`).join("") + end
          const response = await app.fetch(`http://flux.test${path}`, endpoints[name].init)
          expect(await response.text(), path).toContain(endpoints[name].sign)
        }
      ),
      { numRuns: 60 }
    )
    await app.dispose()
  }, 30_000)
})

describe("what has no version", () => {
  it.each(["/health", "/health/", "//health", "/openapi.json", "/openapi.json/"])("is found at %s", async (path) => {
    const response = await testApp().fetch(`http://flux.test${path}`)
    expect(response.status).toBe(200)
    expect(response.headers.get("content-type")).toMatch(/^application\/json\b/)
  })
})

describe("an address that is no endpoint", () => {
  it.each([
    "/v2/chat/completions",
    "/v1",
    "/v1/",
    "/v1/chat",
    "/v1/chat/completions/extra",
    "/v1/completions",
    "/v1/embeddings",
    "/openai/deployments/chat/completions",
    "/openai/v2/chat/completions",
    "/api/v1/models",
    "/v1/chat%2Fcompletions",
    "/v1/images/models",
    "/mcp/extra",
    "/image",
    "/nowhere",
    "/.env",
    "/favicon.ico"
  ])("is told so (%s)", async (path) => {
    for (const init of [chatRequest, { headers }, {}]) {
      const failure = await errorFrom(await testApp().fetch(path, init))
      expect(failure).toMatchObject({ status: 404, type: "invalid_request_error", code: "unknown_url", param: null })
    }
  })

  it.each([
    ["POST", "/v1/responses", /chat\/completions/],
    ["POST", "/responses", /chat\/completions/],
    ["GET", "/v1/responses/resp_1", /chat\/completions/],
    ["GET", "/dashboard/billing/usage?start_date=2026-11-01&end_date=2026-11-22", /billing/],
    ["GET", "/dashboard/billing/subscription", /billing/],
    ["GET", "/v1/dashboard/billing/usage", /billing/]
  ])("is explained where clients ask for it (%s %s)", async (method, path, message) => {
    const response = await testApp().fetch(path, { method, ...(method === "POST" && { body: "{}" }) })
    expect(await errorFrom(response)).toMatchObject({
      status: 404,
      code: "unknown_url",
      message: expect.stringMatching(message)
    })
  })

  it("is told back in part only", async () => {
    const { message } = await errorFrom(await testApp().fetch(`/${"x".repeat(5000)}`))
    expect(message.length).toBeLessThan(400)
  })
})

describe("a method that an address has not", () => {
  it.each([
    ["GET", "/v1/chat/completions", ["POST"]],
    ["PUT", "/v1/chat/completions", ["POST"]],
    ["DELETE", "/chat/completions/", ["POST"]],
    ["HEAD", "/v1/chat/completions", ["POST"]],
    ["GET", "/v1/images/generations", ["POST"]],
    ["PATCH", "/v1/images/edits", ["POST"]],
    ["POST", "/v1/models", ["GET", "HEAD"]],
    ["DELETE", "/v1/models/@cf/black-forest-labs/flux-1-schnell", ["GET", "HEAD"]],
    ["POST", "/image/abcdefghijklmnopqrst-_-1795350600.jpg", ["GET", "HEAD"]],
    ["POST", "/", ["GET", "HEAD"]],
    ["POST", "/health", ["GET", "HEAD"]],
    ["POST", "/openapi.json", ["GET", "HEAD"]]
  ])("is answered with those that it has (%s %s)", async (method, path, methods) => {
    const response = await testApp().fetch(path, { method, headers })
    expect(response.status).toBe(405)
    expect(response.headers.get("allow")?.split(/,\s*/)).toEqual(expect.arrayContaining(methods))
    expect(response.headers.get("allow")).not.toContain(method)
    if (method === "HEAD") return expect(await response.text()).toBe("")
    expect(await errorFrom(response)).toMatchObject({ type: "invalid_request_error", code: "method_not_allowed" })
  })
})
