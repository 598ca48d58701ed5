import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { drawImage, readImage } from "./images.ts"

// An independent decoder, there wherever wrangler's local Images binding is.
const sharp = await import("sharp").then(
  (module) => module.default,
  () => undefined
)

const format = fc.constantFrom("jpeg", "png")
const side = fc.integer({ min: 1, max: 300 })

describe("drawPicture", () => {
  it("draws a whole picture of exactly the asked size, the same for the same request", async () => {
    await fc.assert(
      fc.asyncProperty(format, side, side, fc.string(), async (format, width, height, prompt) => {
        const request = { format, width, height, prompt, seed: "7" } as const
        const bytes = await drawImage(request)
        expect(readImage(bytes)).toEqual({ type: `image/${format}`, width, height })
        expect(await drawImage(request)).toEqual(bytes)
      }),
      { numRuns: 40 }
    )
  })

  it("draws another picture for another prompt or seed", async () => {
    await fc.assert(
      fc.asyncProperty(format, fc.uniqueArray(fc.string(), { minLength: 2, maxLength: 2 }), async (format, texts) => {
        const [one = "", other = ""] = texts
        const size = { format, width: 64, height: 64 } as const
        const bytes = await drawImage({ ...size, prompt: one, seed: one })
        expect(await drawImage({ ...size, prompt: other, seed: one })).not.toEqual(bytes)
        expect(await drawImage({ ...size, prompt: one, seed: other })).not.toEqual(bytes)
      }),
      { numRuns: 40 }
    )
  })

  it("pads a picture to a length, however little there is to fill of a last comment", async () => {
    await fc.assert(
      fc.asyncProperty(format, fc.integer({ min: 65_500, max: 65_900 }), async (format, minimumBytes) => {
        const bytes = await drawImage({ format, width: 64, height: 40, prompt: "a", seed: "", minimumBytes })
        expect(bytes.length).toBe(minimumBytes)
        expect(readImage(bytes)).toMatchObject({ width: 64, height: 40 })
      }),
      { numRuns: 60 }
    )
  })

  it.skipIf(sharp === undefined).each(["jpeg", "png"] as const)("draws a %s that libvips decodes", async (format) => {
    for (const minimumBytes of [undefined, 300_000]) {
      const bytes = await drawImage({ format, width: 513, height: 256, prompt: "a", seed: "", minimumBytes })
      const decoded = await sharp?.(bytes, { failOn: "warning" }).raw().toBuffer({ resolveWithObject: true })
      expect(decoded?.info).toMatchObject({ width: 513, height: 256, channels: 3 })
      expect(new Set(decoded?.data).size).toBeGreaterThan(8)
    }
  })
})

describe("readPicture", () => {
  it.each(["jpeg", "png"] as const)("takes no part of a %s for a picture", async (format) => {
    const bytes = await drawImage({ format, width: 32, height: 16, prompt: "a", seed: "" })
    for (let length = 0; length < bytes.length; length++) expect(readImage(bytes.subarray(0, length))).toBeUndefined()
  })

  it("takes no other bytes for a picture", () => {
    expect(readImage(new TextEncoder().encode("This is not a picture, but it is as long as one."))).toBeUndefined()
  })

  it.skipIf(sharp === undefined).each([
    ["webp, lossy", {}],
    ["webp, lossless", { lossless: true }]
  ])("reads a %s file", async (_, options) => {
    const canvas = { width: 300, height: 201, channels: 3, background: "red" } as const
    const image = sharp?.({ create: canvas })
    const expected = { type: "image/webp", width: 300, height: 201 }
    expect(readImage((await image?.webp(options).toBuffer()) ?? new Uint8Array())).toEqual(expected)
    const extended = await image?.keepMetadata().withExif({}).webp(options).toBuffer()
    expect(readImage(extended ?? new Uint8Array())).toEqual(expected)
  })
})
