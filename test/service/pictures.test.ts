import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { readImageHeader } from "../../src/domain/ImageHeader.ts"
import { keyOf, linksIn, storedUnder } from "../support/links.ts"
import { pixelsOf } from "../support/metadata.ts"
import { errorFrom } from "../support/openai/answers.ts"
import { chat, contentFrom, says } from "../support/openai/chat.ts"
import { type RunningService, startService } from "../support/service.ts"

const START_MS = 60_000
const TEST_MS = 30_000

let service: RunningService
beforeAll(async () => {
  service = await startService({ ai: "rest", vars: { FLUX_BACKEND: "preview", IMAGE_EXPIRATION: "600" } })
}, START_MS)
afterAll(() => service.close())

const draw = async (prompt: string): Promise<string> => {
  const [link = ""] = linksIn(await contentFrom(await chat(service, says(prompt))))
  return link
}

const bytesOf = async (link: string) => Buffer.from(await (await fetch(link)).arrayBuffer())

describe("the preview in workerd", { timeout: TEST_MS }, () => {
  it.each([
    ["A castle", 1024, 1024],
    ["A castle 16:9", 1024, 576],
    ["A castle --size 256x320", 256, 320]
  ])("paints %s as a PNG of %d by %d", async (prompt, width, height) => {
    const bytes = await bytesOf(await draw(prompt))
    expect(readImageHeader(new Uint8Array(bytes))).toEqual({ mediaType: "image/png", width, height })
  })

  it("paints the same twice, and another picture for another seed", async () => {
    const images = ["1", "1", "2"].map(async (seed) =>
      pixelsOf(await bytesOf(await draw(`A castle --size 256x256 --seed ${seed}`)))
    )
    const [one, again, other] = await Promise.all(images)
    expect(again).toEqual(one)
    expect(other).not.toEqual(one)
  })

  it("says that it is one, and asks nobody", async () => {
    const content = await contentFrom(await chat(service, says("A castle --size 256x256")))
    expect(content).toContain("\n🧪 This is a preview")
    expect(service.workersAi.calls).toEqual([])
  })
})

describe("a stored picture", { timeout: TEST_MS }, () => {
  let link: string
  beforeAll(async () => {
    link = await draw("A lighthouse --size 256x256")
  })

  it("is there for everybody, to be kept until it expires", async () => {
    const response = await fetch(link, { headers: { origin: "https://chat.example" } })
    expect(response.status).toBe(200)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "image/png",
      etag: `"${keyOf(link)}"`,
      "x-content-type-options": "nosniff",
      "access-control-allow-origin": "*",
      "x-request-id": expect.stringMatching(/^req_/)
    })
    const maxAge = Number(/\bmax-age=(\d+)/.exec(response.headers.get("cache-control") ?? "")?.[1])
    expect(maxAge).toBeGreaterThan(0)
    expect(maxAge).toBeLessThanOrEqual(600)
  })

  it("expires in KV when its key says", async () => {
    const { keys } = await (await service.kv()).list({ prefix: storedUnder(link) })
    expect(Math.abs(Number(keys[0]?.expiration) - Number(/-(\d{10})\.png$/.exec(link)?.[1]))).toBeLessThanOrEqual(1)
  })

  it("answers HEAD with the headers of GET and no body", async () => {
    const [get, head] = await Promise.all([fetch(link), fetch(link, { method: "HEAD" })])
    const told = ({ headers, status }: Response) =>
      [status, ...["content-type", "content-length", "etag"].map((name) => headers.get(name))] as const
    expect(told(head)).toEqual(told(get))
    expect((await get.arrayBuffer()).byteLength).toBe(Number(head.headers.get("content-length")))
    expect((await head.arrayBuffer()).byteLength).toBe(0)
  })

  it.each([
    ["its ETag", (etag: string) => etag, 304],
    ["its ETag as a weak one", (etag: string) => `W/${etag}`, 304],
    ["its ETag among others", (etag: string) => `"other", ${etag}`, 304],
    ["another ETag", () => '"other"', 200],
    ["any ETag", () => "*", 200]
  ])("answers If-None-Match with %s", async (_, condition, status) => {
    const headers = { "if-none-match": condition(`"${keyOf(link)}"`) }
    const response = await fetch(link, { headers })
    expect(response.status).toBe(status)
    expect((await response.arrayBuffer()).byteLength > 0).toBe(status === 200)
  })

  it("is not modified even where KV has lost it", async () => {
    const lost = await draw("A lost lighthouse --size 256x256")
    await (await service.kv()).delete(storedUnder(lost))
    expect((await fetch(lost, { headers: { "if-none-match": `"${keyOf(lost)}"` } })).status).toBe(304)
    const answer = await fetch(lost)
    expect(answer.headers.get("cache-control")).toBe("no-store")
    expect(await errorFrom(answer)).toMatchObject({ status: 404 })
  })

  it.each(["AAAAAAAAAAAAAAAAAAAAAA-1700000000.png", "AAAAAAAAAAAAAAAAAAAAAA-4000000000.png", "cat.png"])(
    "is not found under %s",
    async (key) => {
      const answer = await service.fetch(`/image/${key}`)
      expect(await errorFrom(answer)).toMatchObject({ status: 404 })
    }
  )
})
