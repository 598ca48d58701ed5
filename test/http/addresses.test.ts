import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { FakeFluxModel, makeApp } from "../support/layers/testLayers.ts"
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
  responses: { init: post({ input: "A cat" }), sign: '"response"' },
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
        `/v1/chat/completions/v1/${name}`,
        `/v1/images/generations/${name}`,
        `/v1/images/edits/v1/${name}`,
        `/images/generations/chat/completions/${name}`,
        `/v1/models/${name}`,
        `/v1/responses/${name}`,
        `/v1/usage/v1/${name}`,
        `/mcp/v1/${name}`,
        `/v1/chat/${name}`,
        `/v1/messages/v1/${name}`,
        `/openai/v1/${name}?api-version=preview`,
        `/openai/${name}?api-version=2025-04-01-preview`,
        `/openai/deployments/flux/${name}?api-version=2024-10-21`,
        `/openai/deployments/klein/v1/${name}/`,
        `/openai/v1/openai/v1/${name}`
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
    ["POST", "/v1/messages", /chat\/completions/],
    ["POST", "/messages?beta=true", /chat\/completions/],
    ["POST", "/v1/messages/count_tokens", /chat\/completions/],
    ["POST", "/v1/images/variations", /images\/edits/],
    ["POST", "/images/variations/", /images\/edits/],
    ["POST", "/openai/deployments/dall-e-2/images/variations?api-version=1", /images\/edits/],
    ["POST", "/v1/completions", /chat\/completions/],
    ["POST", "/v1/embeddings", /images\/generations/],
    ["POST", "/v1/audio/speech", /images\/generations/],
    ["POST", "/api/chat", /chat\/completions/],
    ["GET", "/api/tags", /chat\/completions/],
    ["POST", "/sdapi/v1/txt2img", /images\/generations/],
    ["POST", "/v1beta/models/gemini-2.5-flash-image:generateContent", /images\/generations/],
    ["GET", "/v1/responses/resp_1/input_items", /not stored/],
    ["POST", "/v1/responses/resp_1", /not stored/],
    ["PUT", "/responses/resp_1", /not stored/],
    ["POST", "/v1/responses/input_tokens", /not stored/],
    ["GET", "/v1/responses/resp_1/cancel", /not stored/],
    ["DELETE", "/v1/responses/resp_1/cancel", /not stored/],
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

describe("an address of Azure's form", () => {
  const drawing = () => {
    const flux = FakeFluxModel.make()
    return { app: testApp({ flux: flux.layer }), models: () => flux.requests.map(({ model }) => model.id) }
  }
  const klein = "@cf/black-forest-labs/flux-2-klein-4b"
  const schnell = "@cf/black-forest-labs/flux-1-schnell"

  it.each([
    ["klein", {}, klein],
    ["klein", { model: "schnell" }, schnell],
    ["klein", { model: "" }, klein],
    ["klein", { model: null }, klein],
    ["gpt-image-1", {}, schnell],
    [encodeURIComponent(klein), {}, klein]
  ])("has the model in it, where the body names none (%s, %j)", async (name, fields, model) => {
    const { app, models } = drawing()
    const base = `/openai/deployments/${name}`
    const key = { headers: { "api-key": "sk-test" } }
    await app.fetch(`${base}/chat/completions?api-version=2024-10-21`, { ...post(says("A cat", fields)), ...key })
    await app.fetch(`${base}/images/generations?api-version=2024-10-21`, {
      ...post({ prompt: "A cat", ...fields }),
      ...key
    })
    expect(models()).toEqual([model, model])
  })

  it("is a 404 for a model that there is not", async () => {
    const { app, models } = drawing()
    const response = await app.fetch("/openai/deployments/gpt-4o-mini/chat/completions", chatRequest)
    expect(await errorFrom(response)).toMatchObject({ status: 404, code: "model_not_found" })
    expect(models()).toEqual([])
  })
})

describe("PUBLIC_BASE_URL", () => {
  it.each([
    "https://flux.test/v1",
    "https://flux.test/v1/",
    "https://flux.test/v1/chat/completions",
    "https://flux.test/openai/v1",
    "https://flux.test/v1/images/generations/",
    "https://flux.test/mcp",
    "https://flux.test"
  ])("%s makes links that are served, and known as our own", async (PUBLIC_BASE_URL) => {
    const app = testApp({ env: { PUBLIC_BASE_URL } })
    const { content } = await completionFrom(await app.fetch("/v1/chat/completions", chatRequest))
    const link = /\]\((https:[^)]+)\)/.exec(content)?.[1] ?? ""
    expect(link).toMatch(new RegExp(`^${PUBLIC_BASE_URL.replace(/\/$/, "")}/image/`))
    const image = await app.fetch(link)
    expect([image.status, image.headers.get("content-type")]).toEqual([200, "image/jpeg"])
    const messages = [{ role: "assistant", content }, ...says("make it winter").messages]
    await completionFrom(await app.fetch("/v1/chat/completions", post({ messages })))
  })
})
