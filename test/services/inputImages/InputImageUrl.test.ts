import * as Result from "effect/Result"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { makeImageKey } from "../../../src/domain/ImageKey.ts"
import { ownImageKey, parseInputImageUrl } from "../../../src/services/inputImages/InputImageUrl.ts"
import { imageOf } from "../../support/pictures.ts"

const key = makeImageKey("AZaz09_-AZaz09_-AZaz09", 1790000000, "image/png")
const origins = ["https://flux.example.com", "http://localhost:8787", "https://example.org/flux"]

const parse = (address: string) => parseInputImageUrl(address, origins, "messages")
const parsed = (address: string) => Result.getOrThrow(parse(address))
const refused = (address: string) => Result.getOrThrow(Result.flip(parse(address)))

describe("a data: URL", () => {
  it.each(["image/jpeg", "image/png", "image/webp"] as const)("with a whole %s is that picture", async (mediaType) => {
    const { bytes, dataUrl } = await imageOf({ width: 20, height: 10 }, { mediaType })
    expect(parsed(dataUrl)).toMatchObject({
      _tag: "Inline",
      file: { bytes, mediaType, size: { width: 20, height: 10 } }
    })
  })

  it("is judged by its bytes, not by the type that it gives", async () => {
    const { base64 } = await imageOf({ width: 20, height: 10 }, { mediaType: "image/png" })
    for (const prefix of [
      "data:image/jpeg;base64,",
      "data:;base64,",
      "DATA:image/png;name=a.png;BASE64,",
      "data:text/plain;base64,"
    ]) {
      expect(parsed(`${prefix}${base64}`)).toMatchObject({ _tag: "Inline", file: { mediaType: "image/png" } })
    }
  })

  it.each([
    "data:image/png;base64,",
    "data:image/png;base64,AAAA",
    "data:image/png;base64,%%%",
    "data:image/svg+xml;base64,PHN2Zy8+",
    "data:image/png,AAAA",
    "data:"
  ])("%s is refused", (address) => {
    expect(refused(address)).toMatchObject({ _tag: "InvalidRequest", param: "messages" })
  })

  it("that is cut off is refused", async () => {
    const { dataUrl } = await imageOf({ width: 64, height: 64 })
    expect(refused(dataUrl.slice(0, -40)).message).toContain("whole")
  })
})

describe("a link of this service", () => {
  it.each([
    `https://flux.example.com/image/${key.name}`,
    `http://localhost:8787/image/${key.name}`,
    `https://example.org/flux/image/${key.name}`,
    `https://FLUX.example.com:443/image/${key.name}?download=1#top`
  ])("%s is a stored picture", (address) => {
    expect(parsed(address)).toEqual({ _tag: "Stored", key })
  })

  it.each([
    `https://flux.example.com.evil.example/image/${key.name}`,
    `https://evil.example/https://flux.example.com/image/${key.name}`,
    `https://example.org/image/${key.name}`,
    "https://flux.example.com/logo.png",
    "https://flux.example.com/blog/image/cat.png"
  ])("%s is not one, but an address to fetch", (address) => {
    expect(parsed(address)).toEqual({ _tag: "Remote", url: new URL(address) })
  })

  it.each([
    `https://flux.example.com@evil.example/image/${key.name}`,
    `https://user:password@flux.example.com/image/${key.name}`,
    `http://localhost:87870/image/${key.name}`,
    `http://flux.example.com/image/${key.name}`
  ])("%s is not one, and refused", (address) => {
    expect(refused(address).param).toBe("messages")
  })

  it.each(["https://flux.example.com/image/cat.png", `http://localhost:8787/image/${key.name}x`])(
    "%s is one of no picture, and not fetched",
    (address) => {
      expect(refused(address)).toMatchObject({ param: "messages", message: expect.stringContaining("no link") })
    }
  )

  it("has the key, for those who look for it in a text", () => {
    expect(ownImageKey(new URL(`https://flux.example.com/image/${key.name}`), origins)).toEqual(key)
    expect(ownImageKey(new URL(`https://flux.example.com/image/${key.name}`), [])).toBeUndefined()
    expect(ownImageKey(new URL("https://flux.example.com/image/"), origins)).toBeUndefined()
    expect(ownImageKey(new URL("https://flux.example.com/"), origins)).toBeUndefined()
  })
})

describe("any other address", () => {
  it("that is public is one to fetch", () => {
    const address = "https://cdn.example.com/cat.jpg?width=100"
    expect(parsed(address)).toEqual({ _tag: "Remote", url: new URL(address) })
  })

  it.each([
    "",
    "cat.jpg",
    "/image/cat.jpg",
    "//example.com/cat.jpg",
    "https://",
    "http://example.com/cat.jpg",
    "https://127.0.0.1/cat.jpg",
    "https://[::1]/cat.jpg",
    "https://localhost/cat.jpg",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "file-abc123"
  ])("is refused: %j", (address) => {
    const error = refused(address)
    expect(error).toMatchObject({ _tag: "InvalidRequest", param: "messages" })
    expect(error.message).not.toBe("")
  })

  it("names the field that the caller gave", () => {
    expect(Result.getOrThrow(Result.flip(parseInputImageUrl("nowhere", [], "image_url"))).param).toBe("image_url")
  })

  it("never throws", () => {
    const pieces = [
      "data:",
      ";base64,",
      "https://",
      "a.example",
      "[",
      "]",
      ":",
      "/",
      "image/",
      "%",
      "@",
      "AAAA",
      " ",
      "é"
    ]
    const text = fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((parts) => parts.join(""))
    fc.assert(
      fc.property(text, (address) => {
        const result = parse(address)
        if (Result.isSuccess(result)) expect(result.success._tag).toBe("Remote")
        else expect(result.failure.param).toBe("messages")
      })
    )
  })

  it("is read at once, however long", () => {
    const started = performance.now()
    for (const address of [`data:${"a".repeat(1e6)}`, `https://a.example/${"/image/".repeat(1e5)}`, "x".repeat(1e6)]) {
      parse(address)
    }
    expect(performance.now() - started).toBeLessThan(1000)
  })
})
