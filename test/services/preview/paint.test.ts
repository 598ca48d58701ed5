import { crc32 } from "node:zlib"
import { describe, expect, it } from "vitest"
import { isComplete, readImageHeader } from "../../../src/domain/ImageHeader.ts"
import { paintPreview } from "../../../src/services/preview/paint.ts"

interface Chunk {
  readonly type: string
  readonly data: Uint8Array<ArrayBuffer>
}

/** Splits a PNG, checking every checksum with a CRC-32 that is not ours. */
const chunksOf = (png: Uint8Array<ArrayBuffer>): ReadonlyArray<Chunk> => {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength)
  const chunks: Array<Chunk> = []
  for (let offset = 8; offset < png.length; ) {
    const end = offset + 8 + view.getUint32(offset)
    expect(view.getUint32(end)).toBe(crc32(png.subarray(offset + 4, end)))
    chunks.push({
      type: new TextDecoder().decode(png.subarray(offset + 4, offset + 8)),
      data: png.slice(offset + 8, end)
    })
    offset = end + 4
  }
  return chunks
}

type Rgb = readonly [number, number, number]

interface SampleImage {
  readonly width: number
  readonly height: number
  readonly at: (x: number, y: number) => Rgb
}

const decode = async (png: Uint8Array<ArrayBuffer>): Promise<SampleImage> => {
  const { width = 0, height = 0 } = readImageHeader(png) ?? {}
  const idat = new Blob(chunksOf(png).flatMap(({ type, data }) => (type === "IDAT" ? [data] : [])))
  const lines = await new Response(idat.stream().pipeThrough(new DecompressionStream("deflate"))).bytes()
  const stride = 1 + 3 * width
  expect(lines.length).toBe(stride * height)
  expect(lines.every((byte, i) => i % stride !== 0 || byte === 0)).toBe(true) // no line is filtered
  const at = (x: number, y: number): Rgb => {
    const [red = 0, green = 0, blue = 0] = lines.subarray(y * stride + 1 + 3 * x, y * stride + 4 + 3 * x)
    return [red, green, blue]
  }
  return { width, height, at }
}

const paint = async (prompt: string, seed: number, width: number, height = width) =>
  decode(await paintPreview({ prompt, seed, width, height }))

const difference = (a: Rgb, b: Rgb) => Math.max(...a.map((channel, i) => Math.abs(channel - (b[i] ?? 0))))

const shareOf = (a: SampleImage, b: SampleImage, condition: (difference: number) => boolean) => {
  let count = 0
  for (let y = 0; y < a.height; y++) {
    for (let x = 0; x < a.width; x++) if (condition(difference(a.at(x, y), b.at(x, y)))) count += 1
  }
  return count / (a.width * a.height)
}

describe("paintPreview", () => {
  it.each([
    [64, 64],
    [1024, 576],
    [333, 97],
    [64, 2048]
  ])("paints a whole PNG of exactly %i by %i pixels", async (width, height) => {
    const png = await paintPreview({ prompt: "a lighthouse", seed: 7, width, height })
    expect(readImageHeader(png)).toEqual({ mediaType: "image/png", width, height })
    expect(isComplete(png, "image/png")).toBe(true)
    expect(chunksOf(png).map(({ type }) => type)).toEqual(["IHDR", "IDAT", "IEND"])
    expect(await decode(png)).toMatchObject({ width, height })
  })

  it("stays small", async () => {
    for (const seed of [1, 2]) {
      const png = await paintPreview({ prompt: "a stormy sea", seed, width: 1024, height: 1024 })
      expect(png.length).toBeLessThan(1_000_000)
    }
  })

  it("gives the same bytes for the same prompt and seed", async () => {
    const options = { prompt: "ein Fuchs im Schnee 🦊", seed: 42, width: 320, height: 200 }
    expect(await paintPreview(options)).toEqual(await paintPreview({ ...options }))
  })

  it("gives the same landscape at another size", async () => {
    const small = await paint("a quiet valley", 5, 128)
    const large = await paint("a quiet valley", 5, 512)
    const shrunk = { ...small, at: (x: number, y: number) => large.at(4 * x + 2, 4 * y + 2) }
    expect(shareOf(small, shrunk, (difference) => difference < 16)).toBeGreaterThan(0.9)
  })

  it("gives a visibly different picture for another prompt or another seed", async () => {
    const images = await Promise.all(
      (
        [
          ["a cat", 1],
          ["a cat", 2],
          ["a cat", -1],
          ["a cap", 1],
          ["", 0]
        ] as const
      ).map(([prompt, seed]) => paint(prompt, seed, 128))
    )
    for (const [i, a] of images.entries()) {
      for (const b of images.slice(i + 1)) expect(shareOf(a, b, (difference) => difference > 12)).toBeGreaterThan(0.5)
    }
  })

  const luminance = (rgb: Rgb) => {
    const [red = 0, green = 0, blue = 0] = rgb.map((channel) => (channel / 255) ** 2.2)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }

  it.each([
    [1024, 1024],
    [768, 512],
    [512, 1024],
    [256, 256]
  ])("has a legible label in the lower right corner of any picture of %i by %i", async (width, height) => {
    const images: Array<SampleImage> = []
    for (const seed of [1, 2, 3]) images.push(await paint("a bright winter day at the sea", seed, width, height))
    // What is bright in all of them is no part of a landscape, it is the label.
    const strokesOf = (y: number) => {
      let strokes = 0
      let inStroke = false
      for (let x = Math.round(0.6 * width); x < width; x++) {
        const values = images.map(({ at }) => luminance(at(x, y)))
        const apart = 1.05 / (Math.max(...values) + 0.05) > 3 // the contrast that WCAG 2 asks of large text
        const isInk = Math.min(...values) > 0.65
        if (isInk && !inStroke) strokes += 1
        inStroke = isInk || (inStroke && !apart)
      }
      return strokes
    }
    const lines = Array.from({ length: Math.round(0.08 * Math.min(width, height)) }, (_, i) =>
      strokesOf(height - 1 - i)
    )
    // A line through the middle of "preview" crosses at least twelve strokes.
    expect(Math.max(...lines)).toBeGreaterThanOrEqual(12)
  })
})
