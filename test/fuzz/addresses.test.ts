import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { linksIn } from "../support/links.ts"
import { errorFrom } from "../support/openai/answers.ts"
import { chat, says } from "../support/openai/chat.ts"
import { expectOrderly, fuzzedService } from "./service.ts"

const runs = Number(process.env.FUZZ_RUNS ?? 3000)
const seed = Number(process.env.FUZZ_SEED ?? 20261122)

const segment = fc.oneof(
  fc.constantFrom("v1", "v1", "chat", "completions", "images", "generations", "edits", "models", "image", "jobs"),
  fc.constantFrom("..", ".", "%2e%2e", "%2f", "%00", "%0d%0ax-evil:1", "%E0%A4%A", "%", "%u0041", "health", "usage"),
  fc.constantFrom(
    "__proto__",
    "constructor",
    "dashboard",
    "billing",
    "@cf",
    "openapi.json",
    "*",
    ":key",
    "a".repeat(5000)
  ),
  fc.constantFrom("0000000000000000000001-9999999999.jpg", "0000000000000000000001-0000000000.png", "x.jpg"),
  fc.webPath({ size: "small" }),
  fc.string({ unit: "binary", maxLength: 12 }).map((text) => encodeURIComponent(text.toWellFormed()))
)

const address = fc.tuple(
  fc.array(segment, { maxLength: 7 }).map((segments) => `/${segments.join("/")}`),
  fc.oneof(
    fc.constant(""),
    fc.webQueryParameters().map((query) => `?${query}`),
    fc.constant("?%E0%A4%A&&=&type=image")
  )
)

const method = fc.constantFrom("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND", "get")

const shown = fc.record(
  {
    accept: fc.constantFrom("text/event-stream", "*/*", "application/json"),
    "if-none-match": fc.constantFrom("*", '"x"', 'W/"', ",,,", '"0000000000000000000001-9999999999.jpg"'),
    range: fc.constantFrom("bytes=0-", "bytes=-1", "bytes=9-1", "lines=1"),
    "last-event-id": fc.constantFrom("0", "-1", "9".repeat(400), "NaN"),
    "access-control-request-method": fc.constantFrom("POST", "TRACE", "é"),
    "access-control-request-headers": fc.constantFrom("authorization, x-evil", "\u00ff"),
    origin: fc.constantFrom("https://evil.test", "null")
  },
  { requiredKeys: [] }
)

describe("every address", () => {
  it(`answers every method with nothing worse than 4xx (${runs} requests)`, async () => {
    const app = fuzzedService()
    const property = fc.asyncProperty(address, method, shown, async ([path, query], method, headers) => {
      const response = await app.fetch(`http://flux.test${path}${query}`, {
        method,
        headers: { authorization: "Bearer sk-test", ...headers }
      })
      if (response.status >= 400 && method !== "HEAD") {
        await expectOrderly(response)
        return
      }
      expect(response.status).toBeLessThan(500)
      await response.arrayBuffer()
    })
    await fc.assert(property, { numRuns: runs, seed, timeout: 5000, endOnFailure: true })
    expect(app.logs.filter((line) => line.includes("Unexpected failure"))).toEqual([])
  }, 120_000)

  it.each([
    ["/image/../v1/models", "/image/../v1/models"],
    ["/image/%2e%2e/v1/models", "/image/%2e%2e/v1/models"],
    ["/image/..%2f..%2fetc%2fpasswd", "/image/..%2f..%2fetc%2fpasswd"],
    ["/image/0000000000000000000001-9999999999.jpg%00.png", "/image/0000000000000000000001-9999999999.jpg%00.png"],
    ["/image/0000000000000000000001-9999999999.jpg/..", "/image/0000000000000000000001-9999999999.jpg/.."],
    ["/image/%E0%A4%A", "/image/%E0%A4%A"],
    ["/image/__proto__", "/image/__proto__"],
    ["a very long name", `/image/${"a".repeat(20_000)}`],
    ["/image/0000000000000000000001-9999999999.svg", "/image/0000000000000000000001-9999999999.svg"]
  ])("gives no more than it holds: %s", async (_name, path) => {
    const app = fuzzedService()
    const response = await app.fetch(`http://flux.test${path}`)
    expect([401, 404]).toContain(response.status)
    expect(response.headers.get("cache-control") ?? "no-store").toBe("no-store")
    await expectOrderly(response)
  })

  it("keeps a picture under the one name that it was given", async () => {
    const app = fuzzedService()
    const response = await chat(app, says("A cute cat"))
    const [link = ""] = linksIn(await response.text())
    expect((await app.fetch(link)).status).toBe(200)
    for (const other of [
      link.replace(".jpg", ".png"),
      link.replace(".jpg", ".gif"),
      link.toUpperCase(),
      `${link}%20`,
      link.replace(/.-/, "x-")
    ]) {
      expect(await errorFrom(await app.fetch(other.replace("HTTP://FLUX.TEST", "http://flux.test")))).toMatchObject({
        status: 404
      })
    }
  })
})
