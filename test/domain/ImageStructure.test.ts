import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { ImageFile } from "../../src/domain/ImageFile.ts"
import { readImageStructure } from "../../src/domain/ImageStructure.ts"
import { type ByteOrder, exifOf, withExif } from "../support/exif.ts"
import { imageOf } from "../support/pictures.ts"
import { concatBytes, latin1 } from "../support/workers-ai/bytes.ts"

const size = { width: 48, height: 32 }
const turned = { width: 32, height: 48 }
const mediaTypes = ["image/jpeg", "image/png", "image/webp"] as const

describe.each(mediaTypes)("%s", (mediaType) => {
  const image = () => imageOf(size, { mediaType, text: "structure" })

  it.each([
    ["nothing", []],
    ["a line feed", [10]],
    ["zeros", new Array(100).fill(0)],
    ["another end", [...latin1("MotionPhoto_Data"), 0xff, 0xd9, 0x00]],
    ["text", latin1('{"camera":"phone"}')]
  ])("ends where it ends, with %s behind it", async (_name, tail) => {
    const { bytes } = await image()
    const file = ImageFile.fromInput(concatBytes([bytes, tail]))
    expect(file).toMatchObject({ mediaType, size, upright: true })
    expect(file?.bytes).toEqual(bytes)
  })

  it("ends with the first of two pictures", async () => {
    const { bytes } = await image()
    const second = await imageOf({ width: 80, height: 80 }, { mediaType: "image/jpeg" })
    expect(ImageFile.fromInput(concatBytes([bytes, second.bytes]))?.bytes).toEqual(bytes)
  })

  it("has no end where it was cut anywhere", async () => {
    const { bytes } = await image()
    for (let length = 0; length < bytes.length; length++) {
      expect(ImageFile.fromInput(bytes.slice(0, length))).toBeUndefined()
    }
  })

  it.each([1, 2, 3, 4, 5, 6, 7, 8].flatMap((each) => [["little", each] as const, ["big", each] as const]))(
    "is as large as it is seen: %s endian, orientation %i",
    async (order: ByteOrder, orientation: number) => {
      const bytes = withExif((await image()).bytes, mediaType, exifOf(orientation, order))
      const file = ImageFile.fromInput(bytes)
      expect(file).toMatchObject({ size: orientation >= 5 ? turned : size, upright: orientation === 1 })
      expect(file?.bytes).toEqual(bytes)
    }
  )

  it.each<readonly [string, Uint8Array<ArrayBuffer>]>([
    ["no orientation that there is", exifOf(9)],
    ["an orientation of zero", exifOf(0)],
    ["nothing", concatBytes([])],
    ["a header alone", exifOf(6).slice(0, 8)],
    ["half a directory", exifOf(6).slice(0, 24)],
    ["a directory that is elsewhere", concatBytes([latin1("MM"), [0, 42, 0xff, 0xff, 0xff, 0xff], exifOf(6).slice(8)])],
    ["another byte order", concatBytes([latin1("XX"), exifOf(6).slice(2)])],
    ["text", concatBytes([latin1("no EXIF at all, but text")])]
  ])("lies as it is with EXIF data of %s", async (_name, exif) => {
    const file = ImageFile.fromInput(withExif((await image()).bytes, mediaType, exif))
    expect(file).toMatchObject({ size, upright: true })
  })

  it("knows the orientation where the name Exif was copied along", async () => {
    const exif = concatBytes([latin1("Exif\0\0"), exifOf(6)])
    if (mediaType === "image/jpeg") return
    expect(ImageFile.fromInput(withExif((await image()).bytes, mediaType, exif))?.size).toEqual(turned)
  })

  it("never throws, whatever is changed or put in", async () => {
    const { bytes } = await image()
    const changes = fc.array(fc.tuple(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 255 })), { maxLength: 6 })
    fc.assert(
      fc.property(changes, fc.uint8Array({ maxLength: 40 }), (places, exif) => {
        const changed = withExif(bytes, mediaType, exifOf(6)).slice()
        for (const [at, value] of places) changed[at] = value
        const structure = readImageStructure(concatBytes([changed, exif]), mediaType)
        if (structure) expect(structure.end).toBeLessThanOrEqual(changed.length + exif.length)
        const other = ImageFile.fromInput(withExif(bytes, mediaType, new Uint8Array(exif)))
        expect([size, turned]).toContainEqual(other?.size)
      })
    )
  })
})

describe("a picture that a model drew", () => {
  it.each(mediaTypes)("has to be the whole of the file: %s", async (mediaType) => {
    const { bytes } = await imageOf(size, { mediaType })
    if (mediaType !== "image/webp") expect(ImageFile.fromBytes(concatBytes([bytes, [10]]))).toBeUndefined()
    expect(ImageFile.fromBytes(bytes.slice(0, -1))).toBeUndefined()
  })
})
