import { deflateSync } from "node:zlib"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { crc32 } from "../../../src/services/crc32.ts"
import { hasAlpha, readPixel, readPngHeader, unpackPng } from "../../../src/services/png/decodePng.ts"
import { encodePng } from "../../../src/services/png/encodePng.ts"

const chunk = (name: string, data: Uint8Array): Uint8Array => {
  const bytes = new Uint8Array(12 + data.length)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, data.length)
  bytes.set(new TextEncoder().encode(name), 4)
  bytes.set(data, 8)
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)))
  return bytes
}

interface Raw {
  readonly width: number
  readonly height: number
  readonly depth: number
  readonly type: number
  readonly interlaced?: boolean
  /** Unfiltered lines. */
  readonly lines: Uint8Array
  /** The filter of each line. */
  readonly filters: ReadonlyArray<number>
  readonly chunks?: ReadonlyArray<Uint8Array>
  /** How the data is split over several chunks. */
  readonly split?: number
}

const samples = new Map([
  [0, 1],
  [2, 3],
  [3, 1],
  [4, 2],
  [6, 4]
])

/** A PNG written by the standard's own words: the filter of each line is the one that is asked for. */
const write = ({ chunks = [], depth, filters, height, interlaced, lines, split = 1e9, type, width }: Raw) => {
  const stride = lines.length / height
  const step = Math.max(1, ((samples.get(type) ?? 1) * depth) >> 3)
  const at = (y: number, i: number) => (y < 0 || i < 0 ? 0 : (lines[y * stride + i] ?? 0))
  const packed = new Uint8Array(height * (stride + 1))
  for (let y = 0; y < height; y++) {
    const filter = filters[y % filters.length] ?? 0
    packed[y * (stride + 1)] = filter
    for (let i = 0; i < stride; i++) {
      const [a, b, c] = [at(y, i - step), at(y - 1, i), i < step ? 0 : at(y - 1, i - step)]
      const p = a + b - c
      const nearest = [a, b, c].toSorted((x, z) => Math.abs(p - x) - Math.abs(p - z))[0] ?? 0
      const guess = [0, a, b, (a + b) >> 1, nearest][filter] ?? 0
      packed[y * (stride + 1) + 1 + i] = at(y, i) - guess
    }
  }
  const header = new Uint8Array(13)
  new DataView(header.buffer).setUint32(0, width)
  new DataView(header.buffer).setUint32(4, height)
  header.set([depth, type, 0, 0, interlaced ? 1 : 0], 8)
  const data = deflateSync(packed)
  const parts: Array<Uint8Array> = []
  for (let i = 0; i < data.length; i += split) parts.push(chunk("IDAT", data.subarray(i, i + split)))
  const all = [chunk("IHDR", header), ...chunks, ...parts, chunk("IEND", new Uint8Array())]
  return new Uint8Array(Buffer.concat([Uint8Array.of(0x89, 80, 78, 71, 13, 10, 26, 10), ...all]))
}

const decode = async (bytes: Uint8Array<ArrayBuffer>) => {
  const header = readPngHeader(bytes)
  return header && unpackPng(header)
}

const colourAt = async (bytes: Uint8Array<ArrayBuffer>, x: number, y: number) => {
  const pixels = await decode(bytes)
  const colour = new Uint8Array(4)
  if (pixels) readPixel(pixels, x, y, colour)
  return [...colour]
}

describe("unpackPng", () => {
  it("undoes every filter, for every form of pixels, over any number of chunks", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(0, 2, 3, 4, 6),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 8 }),
        fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 40 }),
        fc.infiniteStream(fc.integer({ min: 0, max: 255 })),
        async (type, width, height, filters, split, noise) => {
          const stride = width * (samples.get(type) ?? 1)
          const lines = Uint8Array.from({ length: stride * height }, () => Number(noise.next().value))
          const pixels = await decode(write({ width, height, depth: 8, type, lines, filters, split }))
          expect(pixels?.lines).toEqual(lines)
        }
      ),
      { numRuns: 200 }
    )
  })

  it("reads what encodePng writes", async () => {
    for (const channels of [1, 3, 4] as const) {
      const paint = (line: Uint8ClampedArray, y: number) => line.set(line.map((_, i) => 40 * y + i))
      const bytes = await encodePng(3, 2, paint, channels)
      const expected = { 1: [41, 41, 41, 255], 3: [43, 44, 45, 255], 4: [44, 45, 46, 47] }[channels]
      expect(await colourAt(bytes, 1, 1)).toEqual(expected)
    }
  })

  it.each([
    ["a palette of two bits", { depth: 2, type: 3, lines: [0b00_01_10_11] }, [9, 8, 7, 0], [1, 2, 3, 255]],
    ["a palette of one bit", { depth: 1, type: 3, lines: [0b1001_0000] }, [1, 2, 3, 128], [1, 2, 3, 128]],
    ["gray of four bits", { depth: 4, type: 0, lines: [0x0f, 0x8f] }, [0, 0, 0, 255], [255, 255, 255, 255]]
  ])("reads %s", async (_, { depth, lines, type }, first, last) => {
    const palette = Uint8Array.of(9, 8, 7, 1, 2, 3, 4, 5, 6, 1, 2, 3)
    const transparency = depth === 2 ? Uint8Array.of(0, 128) : Uint8Array.of(0, 128)
    const chunks = type === 3 ? [chunk("PLTE", palette), chunk("tRNS", transparency)] : []
    const bytes = write({ width: 4, height: 1, depth, type, lines: Uint8Array.from(lines), filters: [0], chunks })
    expect(await colourAt(bytes, 0, 0)).toEqual(first)
    expect(await colourAt(bytes, 3, 0)).toEqual(last)
  })

  it("knows the one transparent colour", async () => {
    const chunks = [chunk("tRNS", Uint8Array.of(0, 1, 0, 2, 0, 3))]
    const lines = Uint8Array.of(1, 2, 3, 1, 2, 4)
    const bytes = write({ width: 2, height: 1, depth: 8, type: 2, lines, filters: [1], chunks })
    expect([await colourAt(bytes, 0, 0), await colourAt(bytes, 1, 0)]).toEqual([
      [1, 2, 3, 0],
      [1, 2, 4, 255]
    ])
    const header = readPngHeader(bytes)
    expect(header && hasAlpha(header)).toBe(true)
  })

  const whole: Raw = { width: 8, height: 8, depth: 8, type: 6, lines: new Uint8Array(256), filters: [0] }

  it.each<[string, Uint8Array<ArrayBuffer>]>([
    ["16 bits a channel", write({ ...whole, depth: 16, lines: new Uint8Array(512) })],
    ["interlaced lines", write({ ...whole, interlaced: true })],
    ["a filter that there is not", write({ ...whole, filters: [5] })],
    ["less data than its size says", write({ ...whole, height: 9, lines: new Uint8Array(252) }).with(23, 200)],
    ["no pixels", new Uint8Array(Buffer.concat([write(whole).subarray(0, 33), chunk("IEND", new Uint8Array())]))],
    ["broken data", write(whole).fill(7, 43, 60)]
  ])("gives nothing for %s", async (_, bytes) => {
    expect(await decode(bytes)).toBeUndefined()
  })

  it("never fails, whatever is wrong with a PNG", async () => {
    const good = write({ ...whole, split: 9 })
    await fc.assert(
      fc.asyncProperty(fc.nat(good.length - 1), fc.nat(255), fc.nat(good.length), async (at, byte, length) => {
        const bytes = good.with(at, byte).slice(0, length)
        // The size is what is checked before.
        if (at >= 16 && at < 24) return
        await decode(bytes)
      }),
      { numRuns: 300 }
    )
  })
})
