import * as Result from "effect/Result"
import { describe, expect, it } from "vitest"
import { readInputImage } from "../../../src/services/inputImages/InputImage.ts"
import { foreignImages } from "../../support/foreignImages.ts"
import { imageOf } from "../../support/pictures.ts"
import { concatBytes } from "../../support/workers-ai/bytes.ts"

const refused = (bytes: Uint8Array<ArrayBuffer>) => Result.getOrThrow(Result.flip(readInputImage(bytes, "image")))

describe("a picture to start from", () => {
  it.each(foreignImages)("is refused by its format: %s", (format, bytes) => {
    const { message, param } = refused(bytes)
    expect(message).toBe(`The input picture can't be used: it is ${format}. Send it as JPEG, PNG or WebP.`)
    expect(param).toBe("image")
  })

  it("of a known format that is not whole is told as such, and so is what nobody knows", async () => {
    const { bytes } = await imageOf({ width: 64, height: 64 })
    for (const broken of [bytes.slice(0, -30), concatBytes([[1, 2, 3]]), concatBytes([])]) {
      expect(refused(broken).message).toMatch(/not a whole JPEG, PNG or WebP picture/)
    }
  })

  it.each([
    [20_000, 5001],
    [10_001, 10_000],
    [2 ** 31 - 1, 1]
  ])("of more than 100 megapixels is refused before anything is made of it: %ix%i", async (width, height) => {
    const bytes = (await imageOf({ width: 8, height: 8 }, { mediaType: "image/png" })).bytes.slice()
    const view = new DataView(bytes.buffer)
    view.setUint32(16, width)
    view.setUint32(20, height)
    expect(refused(bytes).message).toContain(`it has ${width}x${height} pixels; at most 100 megapixels are taken`)
  })

  it("of 100 megapixels is taken", async () => {
    const bytes = (await imageOf({ width: 8, height: 8 }, { mediaType: "image/png" })).bytes.slice()
    const view = new DataView(bytes.buffer)
    view.setUint32(16, 10_000)
    view.setUint32(20, 10_000)
    expect(Result.getOrThrow(readInputImage(bytes, "image")).size).toEqual({ width: 10_000, height: 10_000 })
  })
})
