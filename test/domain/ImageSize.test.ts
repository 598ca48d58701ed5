import fc from "fast-check"
import { describe, expect, it } from "vitest"
import {
  defaultSize,
  fitsRange,
  formatSize,
  type ImageSize,
  megapixels,
  nearestSize,
  parseRatio,
  parseSize,
  parseSizeOrRatio,
  ratioSizes,
  type SizeRange,
  sizeLike,
  tiles
} from "../../src/domain/ImageSize.ts"
import { models } from "../../src/domain/ModelCatalogue.ts"

const size = (width: number, height: number): ImageSize => ({ width, height })
const sizeOf = (maximum: number) =>
  fc.record({ width: fc.integer({ min: 1, max: maximum }), height: fc.integer({ min: 1, max: maximum }) })

/** Whether both sides could have come out of that ratio, had each been moved by at most `slack` pixels. */
const keepsRatio = (drawn: ImageSize, wanted: ImageSize, slack: number): boolean => {
  const ratio = wanted.width / wanted.height
  return (
    (drawn.width - slack) / (drawn.height + slack) <= ratio && ratio <= (drawn.width + slack) / (drawn.height - slack)
  )
}

describe("the ratios", () => {
  it("are those of the table, with its sizes", () => {
    expect(Object.fromEntries([...ratioSizes].map(([ratio, size]) => [ratio, formatSize(size)]))).toEqual({
      "1:1": "1024x1024",
      "1:2": "512x1024",
      "2:1": "1024x512",
      "3:2": "768x512",
      "2:3": "512x768",
      "3:4": "768x1024",
      "4:3": "1024x768",
      "4:5": "768x960",
      "5:4": "960x768",
      "16:9": "1024x576",
      "9:16": "576x1024",
      "21:9": "1344x576",
      "9:21": "576x1344"
    })
  })

  it.each([...ratioSizes])(
    "%s has a size of exactly that ratio, which every model of variable size draws",
    (...row) => {
      const [ratio, drawn] = row
      const [width = 0, height = 0] = ratio.split(":").map(Number)
      expect(drawn.width * height).toBe(drawn.height * width)
      // What changes a picture has the size of that.
      const unable = models.filter(({ needs, sizes }) => !needs && sizes._tag === "Range" && !fitsRange(drawn, sizes))
      expect(unable).toEqual([])
    }
  )

  it("begin with the default", () => {
    expect(defaultSize).toEqual(size(1024, 1024))
  })
})

describe("parseSize", () => {
  it.each(["1024x576", "1024X576", "1024×576", "1024*576", " 1024 x 576 "])("reads %j", (text) => {
    expect(parseSize(text)).toEqual(size(1024, 576))
  })

  it.each(["", "auto", "1024", "x576", "1024x", "1024x576px", "-1x5", "1.5x2", "1024x576x3", "100000x1", "16:9"])(
    "does not read %j",
    (text) => {
      expect(parseSize(text)).toBeUndefined()
    }
  )

  it("reads what formatSize writes", () => {
    fc.assert(
      fc.property(sizeOf(99999), (any) => {
        expect(parseSize(formatSize(any))).toEqual(any)
      })
    )
  })
})

const flux2: SizeRange = { _tag: "Range", minimum: 256, maximum: 1920 }
const square: SizeRange = { _tag: "Fixed", size: defaultSize }
const anyRange = fc
  .tuple(fc.integer({ min: 1, max: 600 }), fc.integer({ min: 0, max: 4000 }))
  .map(([minimum, more]) => ({ _tag: "Range", minimum, maximum: minimum + more }) as const)

describe("fitsRange", () => {
  it.each([
    [size(256, 1920), flux2, true],
    [size(255, 1024), flux2, false],
    [size(1024, 255), flux2, false],
    [size(1921, 1024), flux2, false],
    [size(1024, 1921), flux2, false],
    [size(1024, 1024), square, true],
    [size(1024, 1023), square, false]
  ])("%o in %o: %s", (wanted, range, fits) => {
    expect(fitsRange(wanted, range)).toBe(fits)
  })
})

describe("nearestSize", () => {
  it.each([
    [size(1792, 1024), flux2, size(1792, 1024)],
    [size(3840, 2160), flux2, size(1920, 1080)],
    [size(2160, 3840), flux2, size(1080, 1920)],
    [size(128, 128), flux2, size(256, 256)],
    [size(128, 64), flux2, size(512, 256)],
    [size(9600, 100), flux2, size(1920, 256)],
    [size(0, 0), flux2, size(256, 256)],
    [size(512, 768), square, size(1024, 1024)]
  ])("of %o in %o is %o", (wanted, range, nearest) => {
    expect(nearestSize(wanted, range)).toEqual(nearest)
  })

  it("is in the range, whatever is wanted, and what fits stays as it is", () => {
    fc.assert(
      fc.property(sizeOf(99999), anyRange, (wanted, range) => {
        const nearest = nearestSize(wanted, range)
        expect(fitsRange(nearest, range)).toBe(true)
        expect(Number.isInteger(nearest.width) && Number.isInteger(nearest.height)).toBe(true)
        if (fitsRange(wanted, range)) expect(nearest).toEqual(wanted)
      })
    )
  })

  it("keeps the ratio wherever the range has it, and goes no further than it must", () => {
    fc.assert(
      fc.property(sizeOf(9999), anyRange, (wanted, range) => {
        const long = Math.max(wanted.width, wanted.height)
        const short = Math.min(wanted.width, wanted.height)
        fc.pre(long * range.minimum <= short * range.maximum && !fitsRange(wanted, range))
        const nearest = nearestSize(wanted, range)
        expect(keepsRatio(nearest, wanted, 0.5)).toBe(true)
        expect([nearest.width, nearest.height]).toContain(long > range.maximum ? range.maximum : range.minimum)
      })
    )
  })
})

describe("sizeLike", () => {
  it.each([
    [size(640, 640), size(1024, 1024)],
    [size(4000, 3000), size(1184, 880)],
    [size(300, 400), size(880, 1184)]
  ])("of %o is %o", (source, like) => {
    expect(sizeLike(source, flux2)).toEqual(like)
  })

  it("of anything, for a model with one size, is that size", () => {
    expect(sizeLike(size(300, 400), square)).toEqual(defaultSize)
  })

  const ranges = models.map(({ sizes }) => sizes)

  it("is a size that the model draws, on the grid where there is a choice", () => {
    fc.assert(
      fc.property(sizeOf(20000), fc.constantFrom(...ranges), (source, range) => {
        const like = sizeLike(source, range)
        expect(fitsRange(like, range)).toBe(true)
        expect([like.width % 16, like.height % 16]).toEqual([0, 0])
      })
    )
  })

  it("has the ratio of the source and about a million pixels, where the model has both", () => {
    fc.assert(
      fc.property(sizeOf(20000), (source) => {
        const ratio = source.width / source.height
        fc.pre(ratio > 1 / 7 && ratio < 7)
        const like = sizeLike(source, flux2)
        expect(keepsRatio(like, source, 9)).toBe(true)
        if (ratio > 1 / 3.4 && ratio < 3.4) expect(Math.abs(megapixels(like) - 1)).toBeLessThan(0.05)
      })
    )
  })
})

describe("what is billed", () => {
  it.each([
    [size(512, 512), 1],
    [size(256, 256), 0.25],
    [size(768, 512), 1.5],
    [size(513, 512), 513 / 512],
    [size(1024, 576), 2.25],
    [size(1024, 1024), 4],
    [size(1920, 1920), 14.0625]
  ])("%o is %d tiles", (drawn, count) => {
    expect(tiles(drawn)).toBe(count)
  })

  it("1024x1024 is one megapixel", () => {
    expect(megapixels(size(1024, 1024))).toBe(1)
  })
})

describe("parseRatio", () => {
  it.each([
    "16:9",
    "16：9",
    "16∶9",
    " 16 : 9 ",
    "16x9",
    "16X9",
    "16×9",
    "16/9",
    "32:18",
    "1920:1080",
    "1366x768",
    "1.78:1",
    "1,78:1"
  ])("%j is 16:9", (text) => {
    expect(parseRatio(text)).toEqual(size(1024, 576))
  })

  it.each(["", "16", "16:", ":9", "0:1", "1:0", "100:1", "1:100", "wide", "16:9:4", "-16:9", "1.2.3:1", "123456:1"])(
    "%j is none",
    (text) => {
      expect(parseRatio(text)).toBeUndefined()
    }
  )

  it("gives any ratio, and any multiple of it, about the same size", () => {
    const side = fc.integer({ min: 1, max: 99 })
    fc.assert(
      fc.property(side, side, fc.integer({ min: 1, max: 1000 }), (width, height, factor) => {
        const read = parseRatio(`${width}:${height}`)
        expect(read).toBeDefined()
        expect(parseRatio(`${width * factor}x${height * factor}`)).toEqual(read)
      })
    )
  })
})

describe("parseSizeOrRatio", () => {
  it.each([
    ["1024x576", 1024, 576],
    ["640 × 480 px", 640, 480],
    ["100x50", 100, 50],
    ["16x9", 1024, 576],
    ["9:16", 576, 1024]
  ])("%s", (text, width, height) => {
    expect(parseSizeOrRatio(text)).toEqual(size(width, height))
  })
})
