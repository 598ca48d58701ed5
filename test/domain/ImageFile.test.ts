import { describe, expect, it } from "vitest"
import { ImageFile } from "../../src/domain/ImageFile.ts"
import { imageOf } from "../support/pictures.ts"

const size = { width: 40, height: 24 }

describe.each([
  ["image/jpeg", "jpg"],
  ["image/png", "png"],
  ["image/webp", "webp"]
] as const)("%s", (mediaType, extension) => {
  it("says its media type, its size and its file ending", async () => {
    const { bytes } = await imageOf(size, { mediaType })
    expect(ImageFile.fromBytes(bytes)).toMatchObject({ bytes, mediaType, size, extension })
  })

  it("is the same from base64", async () => {
    const { base64, bytes } = await imageOf(size, { mediaType })
    const file = ImageFile.fromBase64(base64)
    expect(file).toMatchObject({ mediaType, size, extension })
    expect(file?.bytes).toEqual(bytes)
  })

  it("is none where its end is missing", async () => {
    const { bytes } = await imageOf(size, { mediaType })
    for (const length of [0, 1, 30, bytes.length >> 1, bytes.length - 1]) {
      expect(ImageFile.fromBytes(bytes.slice(0, length))).toBeUndefined()
      expect(ImageFile.fromBase64(bytes.slice(0, length).toBase64())).toBeUndefined()
    }
  })

  it("has a data: URL that holds it", async () => {
    const file = await imageOf(size, { mediaType })
    const response = await fetch(file.dataUrl)
    expect(response.headers.get("content-type")).toBe(mediaType)
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(file.bytes)
  })
})

describe("base64", () => {
  it("is passed through as it came", async () => {
    const padded = (await imageOf({ width: 9, height: 9 })).base64
    const wrapped = padded.replace(/.{76}/g, "$&\n")
    expect(wrapped).not.toBe(padded)
    expect(ImageFile.fromBase64(wrapped)?.base64).toBe(wrapped)
  })

  it("is made of the bytes where there was none", async () => {
    const { bytes } = await imageOf(size)
    expect(ImageFile.fromBytes(bytes)?.base64).toBe(Buffer.from(bytes).toString("base64"))
  })

  it.each(["", "!", "A", "not base64", "data:image/png;base64,AAAA", "PGh0bWw+", "R0lGODlhAQABAAAAACw="])(
    "%j is no picture",
    (text) => {
      expect(ImageFile.fromBase64(text)).toBeUndefined()
    }
  )
})
