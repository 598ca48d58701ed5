import fc from "fast-check"
import { describe, expect, it } from "vitest"
import {
  fileExtension,
  type ImageHeader,
  isComplete,
  type MediaType,
  readImageHeader
} from "../../src/domain/ImageHeader.ts"

const ascii = (text: string) => Array.from(text, (character) => character.charCodeAt(0))
const be16 = (n: number) => [(n >> 8) & 255, n & 255]
const be32 = (n: number) => [...be16(n >>> 16), ...be16(n & 0xffff)]
const le16 = (n: number) => be16(n).reverse()
const le24 = (n: number) => [...le16(n & 0xffff), n >> 16]
const le32 = (n: number) => be32(n).reverse()

const pngSignature = [0x89, ...ascii("PNG"), 13, 10, 26, 10]
const iend = [0, 0, 0, 0, ...ascii("IEND"), 0xae, 0x42, 0x60, 0x82]
const png = (width: number, height: number) =>
  Uint8Array.from([...pngSignature, ...be32(13), ...ascii("IHDR"), ...be32(width), ...be32(height), 8, 2, 0, 0, 0])

const segment = (marker: number, body: ReadonlyArray<number>) => [0xff, marker, ...be16(body.length + 2), ...body]
const jpeg = (width: number, height: number, sof = 0xc0, before: ReadonlyArray<number> = []) =>
  Uint8Array.from([
    ...[0xff, 0xd8],
    ...before,
    ...segment(sof, [8, ...be16(height), ...be16(width), 1, 1, 0x11, 0]),
    ...segment(0xda, [1, 1, 0, 0, 63, 0]),
    ...[0x12, 0x34, 0xff, 0xd9]
  ])

const riff = (chunk: string, body: ReadonlyArray<number>) =>
  Uint8Array.from([
    ...[...ascii("RIFF"), ...le32(4 + 8 + body.length), ...ascii("WEBP")],
    ...[...ascii(chunk), ...le32(body.length), ...body]
  ])
const vp8 = (width: number, height: number, scale = 0) =>
  riff("VP8 ", [0x10, 0, 0, 0x9d, 0x01, 0x2a, ...le16(width | (scale << 14)), ...le16(height | (scale << 14))])
const vp8l = (width: number, height: number) =>
  riff("VP8L", [0x2f, ...le32(((width - 1) | ((height - 1) << 14)) >>> 0)])
const vp8x = (width: number, height: number) => riff("VP8X", [0x10, 0, 0, 0, ...le24(width - 1), ...le24(height - 1)])

const sofMarkers = [0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf]
const size16 = fc.integer({ min: 1, max: 0xffff })
const size14 = fc.integer({ min: 1, max: 0x3fff })
const size24 = fc.integer({ min: 1, max: 0x1000000 })

// Whatever may stand before the frame: APPn with an embedded thumbnail frame, tables, comments, fill bytes, RSTn, TEM.
const leading = fc
  .array(
    fc.oneof(
      fc
        .record({
          marker: fc.constantFrom(0xe0, 0xe1, 0xe2, 0xed, 0xef, 0xfe, 0xdb, 0xc4, 0xcc, 0xc8, 0xdd),
          body: fc.oneof(
            fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 60 }),
            fc.constant(Array.from(jpeg(160, 120)))
          )
        })
        .map(({ marker, body }) => segment(marker, body)),
      fc.constantFrom([0xff], [0xff, 0xff, 0xff], [0xff, 0xd0], [0xff, 0x01])
    ),
    { maxLength: 6 }
  )
  .map((parts) => parts.flat())

const image = fc.oneof(
  fc.tuple(size16, size16).map(([w, h]) => png(w, h)),
  fc.tuple(size16, size16, fc.constantFrom(...sofMarkers), leading).map((args) => jpeg(...args)),
  fc.tuple(size14, size14).map(([w, h]) => vp8(w, h)),
  fc.tuple(size14, size14).map(([w, h]) => vp8l(w, h)),
  fc.tuple(size24, size24).map(([w, h]) => vp8x(w, h))
)

const header = (mediaType: MediaType, width: number, height: number): ImageHeader => ({ mediaType, width, height })

describe("readImageHeader", () => {
  it("reads a PNG up to the largest size the format has", () => {
    const size = fc.integer({ min: 1, max: 0x7fffffff })
    fc.assert(
      fc.property(size, size, (w, h) => {
        expect(readImageHeader(png(w, h))).toEqual(header("image/png", w, h))
      })
    )
  })

  it.each(sofMarkers)("reads a JPEG whose frame marker is %i", (sof) => {
    expect(readImageHeader(jpeg(1024, 576, sof))).toEqual(header("image/jpeg", 1024, 576))
  })

  it("reads a JPEG behind any other segments, ignoring thumbnails inside them", () => {
    fc.assert(
      fc.property(size16, size16, fc.constantFrom(...sofMarkers), leading, (w, h, sof, before) => {
        expect(readImageHeader(jpeg(w, h, sof, before))).toEqual(header("image/jpeg", w, h))
      })
    )
  })

  it("reads the three kinds of WebP", () => {
    fc.assert(
      fc.property(size14, size14, fc.integer({ min: 0, max: 3 }), (w, h, scale) => {
        expect(readImageHeader(vp8(w, h, scale))).toEqual(header("image/webp", w, h))
        expect(readImageHeader(vp8l(w, h))).toEqual(header("image/webp", w, h))
      })
    )
    fc.assert(
      fc.property(size24, size24, (w, h) => {
        expect(readImageHeader(vp8x(w, h))).toEqual(header("image/webp", w, h))
      })
    )
  })

  it("reads a view into a larger buffer", () => {
    const file = jpeg(640, 480)
    const buffer = new Uint8Array(file.length + 20).fill(0xff)
    buffer.set(file, 7)
    expect(readImageHeader(buffer.subarray(7, 7 + file.length))).toEqual(header("image/jpeg", 640, 480))
  })

  it.each([
    ["png", png(0, 5)],
    ["png", png(5, 0)],
    ["jpeg", jpeg(0, 5)],
    ["jpeg", jpeg(5, 0)],
    ["webp", vp8(0, 5)],
    ["webp", vp8(5, 0)]
  ])("has no header for a %s of size zero", (_, bytes) => {
    expect(readImageHeader(bytes)).toBeUndefined()
  })

  it.each([
    ["nothing", Uint8Array.of()],
    ["HTML", Uint8Array.from(ascii("<!doctype html><title>error code: 1031</title>"))],
    ["a GIF", Uint8Array.from([...ascii("GIF89a"), ...le16(10), ...le16(10), ...new Array(20).fill(0)])],
    ["RIFF that is not WebP", Uint8Array.from([...ascii("RIFF"), ...le32(40), ...ascii("WAVEfmt "), ...png(9, 9)])],
    ["a JPEG whose scan starts without a frame", Uint8Array.from([0xff, 0xd8, 0xff, 0xda, 0, 2, ...jpeg(9, 9)])],
    ["a JPEG with an impossible segment length", jpeg(9, 9, 0xc0, [0xff, 0xe0, 0, 1])],
    ["a PNG whose first chunk is not IHDR", Uint8Array.from([...pngSignature, ...iend, ...png(9, 9)])]
  ])("has no header for %s", (_, bytes) => {
    expect(readImageHeader(bytes)).toBeUndefined()
  })

  it("never invents a size for a truncated file", () => {
    fc.assert(
      fc.property(image, (bytes) => {
        const whole = readImageHeader(bytes)
        expect(whole).toBeDefined()
        for (let length = 0; length < bytes.length; length++) {
          const part = readImageHeader(bytes.subarray(0, length))
          if (part !== undefined) expect(part).toEqual(whole)
        }
      })
    )
  })

  it("survives random bytes, also behind a true signature", () => {
    const signature = fc.constantFrom([], [0xff, 0xd8, 0xff], pngSignature, [
      ...ascii("RIFF"),
      ...le32(9),
      ...ascii("WEBPVP8 ")
    ])
    fc.assert(
      fc.property(signature, fc.uint8Array({ maxLength: 80 }), (start, rest) => {
        const found = readImageHeader(Uint8Array.from([...start, ...rest]))
        if (found !== undefined) expect(Math.min(found.width, found.height)).toBeGreaterThan(0)
      }),
      { numRuns: 1000 }
    )
  })
})

describe("isComplete", () => {
  const complete: ReadonlyArray<readonly [MediaType, Uint8Array]> = [
    ["image/jpeg", jpeg(64, 64)],
    ["image/png", Uint8Array.from([...png(64, 64), ...be32(0), ...iend])],
    ["image/webp", vp8(64, 64)],
    ["image/webp", vp8l(64, 64)],
    ["image/webp", vp8x(64, 64)]
  ]

  it.each(complete)("accepts a whole %s, padded with zeros or not", (mediaType, bytes) => {
    expect(isComplete(bytes, mediaType)).toBe(true)
    expect(isComplete(Uint8Array.from([...bytes, 0, 0, 0]), mediaType)).toBe(true)
  })

  it.each(complete)("refuses a %s that was cut anywhere", (mediaType, bytes) => {
    for (let length = 0; length < bytes.length; length++) {
      expect(isComplete(bytes.subarray(0, length), mediaType)).toBe(false)
    }
  })

  it("judges JPEG and PNG by the last bytes alone", () => {
    for (const [mediaType, bytes] of complete.slice(0, 2)) {
      expect(isComplete(bytes.subarray(-12), mediaType)).toBe(true)
      expect(isComplete(bytes.subarray(-13, -1), mediaType)).toBe(false)
    }
  })

  it("refuses random bytes without an end marker", () => {
    const types = fc.constantFrom<MediaType>("image/jpeg", "image/png", "image/webp")
    fc.assert(
      fc.property(types, fc.uint8Array({ maxLength: 40 }), (mediaType, bytes) => {
        expect(isComplete(Uint8Array.from([...bytes, 1]), mediaType)).toBe(false)
      })
    )
  })
})

describe("fileExtension", () => {
  it("names the usual ending of each format", () => {
    expect(fileExtension).toEqual({ "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp" })
  })
})
