import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { MediaType } from "../../../src/domain/ImageHeader.ts"
import { type ImageKey, makeImageKey } from "../../../src/domain/ImageKey.ts"
import { ImageStore } from "../../../src/services/ImageStore.ts"
import { makeFakeKv } from "../../support/FakeKv.ts"
import { FakeFluxModel, FakeImageStore, makeApp, type TestApp, testTime } from "../../support/layers/testLayers.ts"
import { errorFrom } from "../../support/openai/answers.ts"
import { chat, contentFrom, says } from "../../support/openai/chat.ts"
import { edit } from "../../support/openai/requests.ts"
import { imageOf } from "../../support/pictures.ts"
import { testApp } from "../../support/testApp.ts"

const now = testTime / 1000
/** Half an hour from the expected end of the drawing on, which takes three seconds. */
const lifetime = 1803
const keyUntil = (expiresAt: number, mediaType: MediaType = "image/jpeg"): ImageKey =>
  makeImageKey("abcdefghijklmnopqrst-_", expiresAt, mediaType)

/** A link to a picture that was just drawn. */
const drawn = async (app: TestApp) => {
  const content = await contentFrom(await chat(app, says("A cat")))
  return /\((http:\S+)\)/.exec(content)?.[1] ?? ""
}

const gallery = (options: Parameters<typeof testApp>[0] = {}) => {
  const store = FakeImageStore.make()
  const app = testApp({ testClock: true, ...options, store: store.layer })
  return { app, store }
}

describe("GET /image/{key}", () => {
  it("gives the picture, without a key, to be kept while it lasts", async () => {
    const { app, store } = gallery()
    const link = await drawn(app)
    const response = await app.fetch(link)
    const [name, file] = [...store.images][0] ?? []
    expect(response.status).toBe(200)
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(file?.bytes)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "image/jpeg",
      etag: `"${name}"`,
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; sandbox",
      "access-control-allow-origin": "*",
      "cross-origin-resource-policy": "cross-origin",
      "x-request-id": expect.stringMatching(/^req_/)
    })
    expect(response.headers.get("cache-control")).toContain(`max-age=${lifetime}`)
  })

  it("ignores a key that is sent all the same, even a wrong one", async () => {
    const { app } = gallery()
    const response = await app.fetch(await drawn(app), { headers: { authorization: "Bearer wrong" } })
    expect(response.status).toBe(200)
  })

  it("tells the media type of the picture's own bytes", async () => {
    const { app } = gallery({ flux: FakeFluxModel.make({ preview: true }).layer })
    const link = await drawn(app)
    expect(link).toMatch(/\.png$/)
    expect((await app.fetch(link)).headers.get("content-type")).toBe("image/png")
  })

  it("finds it by its key alone, and tells what it is all the same", async () => {
    const { app } = gallery({ flux: FakeFluxModel.make({ preview: true }).layer })
    const link = await drawn(app)
    const [whole, bare] = [await app.fetch(link), await app.fetch(link.replace(/\.png$/, ""))]
    expect(bare.headers.get("content-type")).toBe("image/png")
    expect(await bare.bytes()).toEqual(await whole.bytes())
  })

  it("answers HEAD with the same headers and no body", async () => {
    const { app } = gallery()
    const link = await drawn(app)
    const get = await app.fetch(link)
    const head = await app.fetch(link, { method: "HEAD" })
    expect(head.status).toBe(200)
    expect(await head.text()).toBe("")
    // Only workerd knows the length of a body that is a stream.
    const changing = ["x-request-id", "server-timing", "content-length"]
    const comparable = (response: Response) => [...response.headers].filter(([name]) => !changing.includes(name))
    expect(comparable(head)).toEqual(comparable(get))
    expect(head.headers.get("content-length")).toBe(String((await get.bytes()).length))
  })

  it("never lets a copy outlive the picture", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 1799 }), async (age) => {
        const app = makeApp({ testClock: true })
        const link = await drawn(app)
        await app.adjust(`${age} seconds`)
        const response = await app.fetch(link)
        expect(response.status).toBe(200)
        const maxAge = Number(/max-age=(\d+)/.exec(response.headers.get("cache-control") ?? "")?.[1])
        expect(maxAge).toBe(lifetime - age)
        await app.dispose()
      }),
      { numRuns: 15 }
    )
  })
})

describe("a copy that is asked about", () => {
  it.each([
    ["the tag", (tag: string) => tag],
    ["the tag as a weak one", (tag: string) => `W/${tag}`],
    ["one of several tags", (tag: string) => `"other", ${tag},"another"`]
  ])("is still good, which the store is not asked for (%s)", async (_, condition) => {
    const { app, store } = gallery()
    const link = await drawn(app)
    const tag = `"${link.slice(link.lastIndexOf("/") + 1)}"`
    await app.adjust("600 seconds")
    for (const method of ["GET", "HEAD"]) {
      const response = await app.fetch(link, { method, headers: { "if-none-match": condition(tag) } })
      expect(response.status).toBe(304)
      expect(await response.text()).toBe("")
      expect(response.headers.get("etag")).toBe(tag)
      expect(response.headers.get("cache-control")).toContain("max-age=1203")
      expect(response.headers.get("access-control-allow-origin")).toBe("*")
    }
    expect(store.reads).toEqual([])
  })

  it.each(["*", '"other"', "", '"', "W/", "abc"])("is not known by %j", async (condition) => {
    const { app } = gallery()
    const response = await app.fetch(await drawn(app), { headers: { "if-none-match": condition } })
    expect(response.status).toBe(200)
  })

  it("is no longer good when the picture has expired", async () => {
    const { app } = gallery()
    const link = await drawn(app)
    await app.adjust(`${lifetime} seconds`)
    const tag = `"${link.slice(link.lastIndexOf("/") + 1)}"`
    expect((await app.fetch(link, { headers: { "if-none-match": tag } })).status).toBe(404)
  })
})

describe("a picture that is not there", () => {
  const stored = () => {
    const kv = makeFakeKv()
    const app = testApp({ testClock: true, store: ImageStore.layer, bindings: { FLUX_CF_KV: kv.namespace } })
    return { app, kv }
  }
  const notFound = async (response: Response, message: RegExp) => {
    expect(response.headers.get("cache-control")).toBe("no-store")
    const failure = await errorFrom(response)
    expect(failure).toMatchObject({ status: 404, code: "image_not_found", type: "invalid_request_error" })
    expect(failure.message).toMatch(message)
  }

  it.each([0, -1, -100_000])("has expired %s seconds ago, which KV is not asked for", async (offset) => {
    const { app, kv } = stored()
    await notFound(await app.fetch(`/image/${keyUntil(now + offset).name}`), /expired/)
    expect(kv.gets).toEqual([])
  })

  it.each([
    "x.jpg",
    "abcdefghijklmnopqrst-_-1795350600.gif",
    "abcdefghijklmnopqrst-_-1795350600.JPG",
    "abcdefghijklmnopqrst-_-179535060.jpg",
    "abcdefghijklmnopqrst-_-17953506000.jpg",
    "abcdefghijklmnopqrst-1795350600.jpg",
    "abcdefghijklmnopqrst!_-1795350600.jpg",
    "abcdefghijklmnopqrst-_-1795350600.jpg.html",
    "..%2Fabcdefghijklmnopqrst-_-1795350600.jpg",
    "%00",
    "__proto__"
  ])("can't be there under a malformed key, which KV is not asked for (%s)", async (name) => {
    const { app, kv } = stored()
    await notFound(await app.fetch(`/image/${name}`), /no picture/i)
    expect(kv.gets).toEqual([])
  })

  it.each([31_536_001, 40_000_000, 9_999_999_999 - now])(
    "is not kept for %s seconds, which KV is not asked for",
    async (offset) => {
      const { app, kv } = stored()
      const { name } = keyUntil(now + offset)
      await kv.namespace.put(name, "a picture")
      for (const headers of [{}, { "if-none-match": `"${name}"` }]) {
        await notFound(await app.fetch(`/image/${name}`, { headers }), /no picture/i)
      }
      const image_url = { url: `http://flux.test/image/${name}` }
      const asked = says([
        { type: "text", text: "Make it blue" },
        { type: "image_url", image_url }
      ])
      for (const answer of [await edit(app, { image: { image_url } }), await chat(app, asked)]) {
        expect(await errorFrom(answer)).toMatchObject({ status: 404, code: "image_not_found" })
      }
      expect(kv.gets).toEqual([])
    }
  )

  it("was never there", async () => {
    const { app, kv } = stored()
    // Older than a minute, so that it is read only once.
    await notFound(await app.fetch(`/image/${keyUntil(now + 1000).name}`), /no picture/i)
    // Earlier versions stored it under its whole name.
    const { id, name } = keyUntil(now + 1000)
    expect(kv.gets).toEqual([id, name])
  })

  it("was never there under a key without an ending, which is read only once", async () => {
    const { app, kv } = stored()
    const { id } = keyUntil(now + 1000)
    await notFound(await app.fetch(`/image/${id}`), /no picture/i)
    expect(kv.gets).toEqual([id])
  })

  it("answers HEAD likewise, without a body", async () => {
    const { app } = stored()
    const response = await app.fetch(`/image/${keyUntil(now - 1).name}`, { method: "HEAD" })
    expect(response.status).toBe(404)
    expect(await response.text()).toBe("")
  })
})

describe("a store that fails", () => {
  const soon = keyUntil(Math.floor(Date.now() / 1000) + 3600).name

  it("is told as a failure that is not kept", async () => {
    const app = testApp({ store: FakeImageStore.failing("get") })
    const response = await app.fetch(`/image/${soon}`)
    expect(response.headers.get("cache-control")).toBe("no-store")
    expect(await errorFrom(response)).toMatchObject({ status: 502, code: "upstream_error", shouldRetry: "false" })
  })

  it("is named where it is not bound", async () => {
    const app = testApp({ store: ImageStore.layer, bindings: {} })
    const response = await app.fetch(`/image/${soon}`)
    expect(response.headers.get("cache-control")).toBe("no-store")
    expect(await errorFrom(response)).toMatchObject({ status: 500, code: "configuration_error", param: "FLUX_CF_KV" })
  })

  it("gives back the bytes as they were put", async () => {
    const kv = makeFakeKv({ now: () => testTime })
    const app = testApp({ testClock: true, store: ImageStore.layer, bindings: { FLUX_CF_KV: kv.namespace } })
    const file = await imageOf({ width: 64, height: 64 }, { mediaType: "image/webp" })
    const { name } = keyUntil(now + 60, "image/webp")
    await kv.namespace.put(name, file.bytes)
    const response = await app.fetch(`/image/${name}`)
    expect(response.headers.get("content-type")).toBe("image/webp")
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(file.bytes)
  })
})
