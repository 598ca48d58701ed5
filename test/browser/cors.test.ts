import { join } from "node:path"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { linksIn, storedUnder } from "../support/links.ts"
import { type OtherOrigin, startOtherOrigin } from "../support/otherOrigin.ts"
import { API_KEY, type RunningService, startService } from "../support/service.ts"

let service: RunningService
let page: OtherOrigin<typeof import("./corsScript.ts")>
beforeAll(async () => {
  page = await startOtherOrigin(join(import.meta.dirname, "corsScript.ts"))
  service = await startService({ ai: "rest" })
}, 90_000)
afterEach(() => service.reset())
afterAll(async () => {
  await page?.close()
  await service?.close()
})

const schnell = "@cf/black-forest-labs/flux-1-schnell"
const authorization = `Bearer ${API_KEY}`
const post = (body: object, headers: object = { authorization }) => ({
  method: "POST",
  headers: { "content-type": "application/json", ...headers },
  body: JSON.stringify(body)
})

describe("a page on another origin, with the browser build of openai", { timeout: 30_000 }, () => {
  it("lists the models", async () => {
    expect((await page.run("models", [service.url]))[0]).toBe(schnell)
  })

  it("gets a picture in a chat, shows it and reads it", async () => {
    const [link = ""] = linksIn(await page.run("chat", [service.url]))
    expect(await page.run("show", [link])).toBe(1024)
    const stored = await (await service.kv()).get(storedUnder(link), "arrayBuffer")
    expect(await page.run("fetchImage", [link])).toEqual({ type: "image/jpeg", bytes: stored?.byteLength })
  })

  it("gets a stream in pieces", async () => {
    const pieces = await page.run("stream", [service.url])
    expect(pieces.length).toBeGreaterThan(4)
    expect(linksIn(pieces.join(""))).toHaveLength(1)
  })

  it("gets images and edits them", async () => {
    expect(await page.run("images", [service.url])).toMatchObject([
      { url: expect.stringMatching(/^http/), b64_json: expect.any(String) }
    ])
    expect(await page.run("edit", [service.url])).toHaveLength(1)
    expect(service.workersAi.calls.at(-1)?.fields).toHaveProperty("input_image_0")
  })

  it("reads a failure, its request's id and the hint not to try again, and obeys it", async () => {
    service.workersAi.failAlways("internalError")
    expect(await page.run("failure", [service.url])).toEqual({
      name: expect.any(String),
      status: 502,
      code: "upstream_error",
      requestID: expect.stringMatching(/^req_/),
      shouldRetry: "false"
    })
    expect(service.workersAi.calls).toHaveLength(1)
    expect(await page.run("failure", [service.url, "sk-wrong"])).toMatchObject({
      status: 401,
      code: "invalid_api_key",
      requestID: expect.stringMatching(/^req_/)
    })
  })

  const chat = { messages: [{ role: "user", content: "A red fox" }] }
  it.each([
    [200, "/health", {}],
    [200, "/openapi.json", {}],
    [400, "/v1/chat/completions", post({})],
    [401, "/v1/chat/completions", post(chat, {})],
    [404, "/v1/chat/completions", post({ ...chat, model: "gpt-4o-mini" })],
    [404, "/v1/responses/input_tokens", post({})],
    [404, "/dashboard/billing/subscription", { headers: { authorization } }],
    [404, "/image/AAAAAAAAAAAAAAAAAAAAAA-1000000000.jpg", {}],
    [405, "/v1/chat/completions", { headers: { authorization, "x-requested-with": "XMLHttpRequest" } }],
    [413, "/v1/images/generations", post({}), 21 * 1024 * 1024]
  ])("sees the status %i of %s", async (status, path, init, bytes = 0) => {
    expect(await page.run("status", [`${service.url}${path}`, init, bytes])).toBe(status)
  })

  it("sees a 500, and a 429 with all kinds of headers of its own", async () => {
    const others = {
      authorization,
      "api-key": "x",
      "x-title": "A page",
      "cache-control": "no-cache",
      "last-event-id": "7"
    }
    service.workersAi.failNext("authentication")
    const url = `${service.url}/v1/chat/completions`
    expect(await page.run("status", [url, post(chat, others)])).toBe(500)
    // Twice, for this service tries once more by itself.
    service.workersAi.failNext("capacity", 2)
    expect(await page.run("status", [url, post(chat, others)])).toBe(429)
  })
})
