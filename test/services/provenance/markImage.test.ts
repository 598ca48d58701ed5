import * as Effect from "effect/Effect"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { ImageFile } from "../../../src/domain/ImageFile.ts"
import { crc32 } from "../../../src/services/crc32.ts"
import { markImage } from "../../../src/services/provenance/markImage.ts"
import { readLayout } from "../../../src/services/provenance/marks.ts"
import type { Statement } from "../../../src/services/provenance/packet.ts"
import { encoded, packetWith, pixelsOf, sourceTypeOf, xmpOf } from "../../support/metadata.ts"
import { imageOf } from "../../support/pictures.ts"

const statement: Statement = { source: "drawn", model: "@cf/x/y", createdAt: Date.UTC(2026, 10, 25, 12, 30, 45, 678) }

const fileOf = (bytes: Uint8Array<ArrayBuffer>): ImageFile => {
  const file = ImageFile.fromBytes(bytes)
  if (!file) throw new Error("not a picture")
  return file
}

const mark = (file: ImageFile, said: Statement = statement) =>
  Effect.runPromise(Effect.map(readLayout(file), (layout) => markImage(file, layout, said)))

const marked = async (bytes: Uint8Array<ArrayBuffer>, said?: Statement): Promise<ImageFile> => {
  const file = await mark(fileOf(bytes), said)
  if (!file) throw new Error("not marked")
  return file
}

const ours = async (mediaType: ImageFile["mediaType"], size = { width: 40, height: 24 }) =>
  (await imageOf(size, { mediaType })).bytes

/** With bytes put in between. */
const inserted = (bytes: Uint8Array, at: number, ...parts: ReadonlyArray<ArrayLike<number>>) =>
  Uint8Array.from([...bytes.subarray(0, at), ...parts.flatMap((part) => Array.from(part)), ...bytes.subarray(at)])

const latin1 = (text: string) => Buffer.from(text, "latin1")
const uint32 = (value: number) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]

const segment = (marker: number, data: ArrayLike<number>) => [
  0xff,
  marker,
  (data.length + 2) >> 8,
  (data.length + 2) & 255,
  ...Array.from(data)
]

const chunk = (type: string, data: ArrayLike<number>) => {
  const body = Uint8Array.from([...latin1(type), ...Array.from(data)])
  return [...uint32(data.length), ...body, ...uint32(crc32(body))]
}

/** A WebP picture with a chunk more at its end. */
const withChunk = (bytes: Uint8Array, type: string, data: ArrayLike<number>) => {
  const padded = data.length % 2 === 0 ? Array.from(data) : [...Array.from(data), 0]
  const longer = inserted(bytes, bytes.length, latin1(type), uint32(data.length).toReversed(), padded)
  new DataView(longer.buffer).setUint32(4, longer.length - 8, true)
  return longer
}

const exif = segment(0xe1, [...latin1("Exif\0\0II*\0"), 8, 0, 0, 0, 0, 0, 0, 0, 0, 0])
const jfif = segment(0xe0, [...latin1("JFIF\0"), 1, 1, 0, 0, 1, 0, 1, 0, 0])
const jumbf = segment(0xeb, [
  ...latin1("JP\0\x01\0\0\0\x01"),
  ...uint32(60),
  ...latin1("jumb\0\0\0\x26jumdc2pa\0\x11\0\x10")
])

const samples: ReadonlyArray<readonly [string, () => Promise<Uint8Array<ArrayBuffer>>]> = [
  ["a JPEG with JFIF", async () => inserted(await encoded("jpeg"), 2, jfif)],
  ["a JPEG with neither JFIF nor Exif", () => encoded("jpeg")],
  ["a JPEG with Exif", () => encoded("jpeg", { exif: true })],
  ["a JPEG with Exif in front of JFIF", async () => inserted(await encoded("jpeg"), 2, exif, jfif)],
  ["a JPEG with a comment first", async () => inserted(await encoded("jpeg"), 2, segment(0xfe, latin1("hello")))],
  ["a JPEG with bytes that fill up", async () => inserted(await encoded("jpeg"), 2, [0xff, 0xff], jfif)],
  ["a JPEG of the fake Workers AI", () => ours("image/jpeg")],
  ["a JPEG of one pixel", () => encoded("jpeg", { size: [1, 1] })],
  ["a PNG", () => encoded("png")],
  ["a PNG with alpha", () => encoded("png", { alpha: true })],
  ["a PNG of the fake Workers AI", () => ours("image/png")],
  ["a PNG of one pixel", () => encoded("png", { size: [1, 1] })],
  ["a lossy WebP", () => encoded("webp")],
  ["a lossy WebP of one pixel", () => encoded("webp", { size: [1, 1] })],
  ["a WebP of the extended form, for its alpha", () => encoded("webp", { alpha: true })],
  ["a WebP of the extended form, for its Exif", () => encoded("webp", { exif: true })],
  ["a lossless WebP", () => encoded("lossless")],
  ["a lossless WebP with alpha", () => encoded("lossless", { alpha: true })],
  ["a wide WebP", () => encoded("webp", { size: [2000, 3] })],
  ["our own WebP", () => ours("image/webp")],
  ["a JPEG with XMP of another program", () => encoded("jpeg", { xmp: packetWith('xmp:Label="kept"') })],
  ["a PNG with XMP of another program, compressed", () => encoded("png", { xmp: packetWith('xmp:Label="kept"') })],
  ["a WebP with XMP of another program", () => encoded("webp", { xmp: packetWith('xmp:Label="kept"') })]
]

describe.each(samples)("%s", (name, sample) => {
  it("says in its metadata that it was made by AI, and by which model", async () => {
    const xmp = await xmpOf((await marked(await sample())).bytes)
    expect(xmp).toMatchObject({
      DigitalSourceType: "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
      AISystemUsed: "@cf/x/y"
    })
    if (name.includes("XMP")) expect(xmp).toMatchObject({ Label: "kept" })
    else expect(xmp).toMatchObject({ CreatorTool: "Flux API Worker", CreateDate: "2026-11-25T12:30:45Z" })
  })

  it("has the same pixels, size and type as before", async () => {
    const bytes = await sample()
    const file = await marked(bytes)
    expect(await pixelsOf(file.bytes)).toEqual(await pixelsOf(bytes))
    const { mediaType, size } = fileOf(bytes)
    expect(file).toMatchObject({ mediaType, size })
    expect(fileOf(file.bytes)).toMatchObject({ mediaType, size })
  })

  it("is marked once", async () => {
    const once = fileOf((await marked(await sample())).bytes)
    expect(await mark(once, { ...statement, source: "edited" })).toBe(once)
  })

  it("is the same in base64, whatever its length is", async () => {
    for (const padding of [0, 1, 2]) {
      // Zeros behind its end belong to no picture, and are let be.
      const bytes = Uint8Array.from([...(await sample()), ...Array.from({ length: padding }, () => 0)])
      const file = ImageFile.fromBase64(bytes.toBase64())
      const byText = file && (await mark(file))
      const { bytes: expected } = await marked(bytes)
      expect(byText?.bytes).toEqual(expected)
      expect(byText?.base64).toBe(expected.toBase64())
    }
  })
})

describe("a picture that says already where it comes from", () => {
  const digital = 'Iptc4xmpExt:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/compositeCapture"'
  const manifest = Array.from({ length: 61 }, (_, i) => i)

  it.each<readonly [string, () => Promise<Uint8Array<ArrayBuffer>>]>([
    ["JPEG by XMP", () => encoded("jpeg", { xmp: packetWith(digital) })],
    ["PNG by XMP, compressed", () => encoded("png", { xmp: packetWith(digital) })],
    ["WebP by XMP", () => encoded("webp", { xmp: packetWith(digital) })],
    [
      "JPEG by XMP, as an element",
      () => encoded("jpeg", { xmp: packetWith("", "<Iptc4xmpExt:DigitalSourceType>x</Iptc4xmpExt:DigitalSourceType>") })
    ],
    [
      "JPEG by XMP, as a resource",
      () => encoded("jpeg", { xmp: packetWith("", '<Iptc4xmpExt:DigitalSourceType rdf:resource="x"/>') })
    ],
    ["JPEG by a C2PA manifest", async () => inserted(await ours("image/jpeg"), 2, jumbf)],
    ["JPEG by a C2PA manifest behind JFIF", async () => inserted(await encoded("jpeg"), 2, jfif, jumbf)],
    ["PNG by a C2PA manifest", async () => inserted(await ours("image/png"), 33, chunk("caBX", manifest))],
    ["WebP by a C2PA manifest", async () => withChunk(await encoded("webp", { alpha: true }), "C2PA", manifest)],
    [
      "JPEG by the address of a C2PA manifest",
      () => encoded("jpeg", { xmp: packetWith('dcterms:provenance="https://manifests.test/1"') })
    ]
  ])("passes unchanged: %s", async (_name, sample) => {
    const file = fileOf(await sample())
    expect(await mark(file)).toBe(file)
  })

  it("is not one with a JUMBF box of another kind", async () => {
    const other = Uint8Array.from(jumbf, (byte) => byte)
    other.set(latin1("jp2c"), other.length - 8)
    expect(await sourceTypeOf((await marked(inserted(await encoded("jpeg"), 2, other))).bytes)).toBe(
      "trainedAlgorithmicMedia"
    )
  })
})

describe("a mark", () => {
  it.each([
    ["drawn", "trainedAlgorithmicMedia"],
    ["edited", "compositeWithTrainedAlgorithmicMedia"],
    ["preview", "algorithmicMedia"]
  ] as const)("says how the picture came to be: %s", async (source, type) => {
    const file = await marked(await ours("image/png"), { ...statement, source })
    expect(await sourceTypeOf(file.bytes)).toBe(type)
  })

  it.each(['<a href="x">&amp;', "模型🎨", "'", "]]>", "@cf/x-y_z.1"])("keeps the model's name: %s", async (model) => {
    for (const mediaType of ["image/jpeg", "image/png", "image/webp"] as const) {
      const file = await marked(await ours(mediaType), { ...statement, model })
      expect((await xmpOf(file.bytes)).AISystemUsed).toBe(model)
      expect((await xmpOf(file.bytes)).CreatorTool).toBe("Flux API Worker")
    }
  })

  it("names no model where none drew", async () => {
    const { bytes } = await marked(await ours("image/jpeg"), { source: "preview", createdAt: 0 })
    expect(await xmpOf(bytes)).not.toHaveProperty("AISystemUsed")
  })

  it("leaves alone what it can't be added to", async () => {
    const other = (packet: string) => async () =>
      inserted(
        await encoded("jpeg"),
        2,
        segment(0xe1, [...latin1("http://ns.adobe.com/xap/1.0/\0"), ...latin1(packet)])
      )
    for (const sample of [
      other("no XML at all"),
      other("\xff\xfe</rdf:RDF>"),
      other(`<rdf:RDF>${" ".repeat(65_300)}</rdf:RDF>`),
      async () => inserted(await ours("image/png"), 33, chunk("zTXt", latin1("XML:com.adobe.xmp\0\0broken")))
    ]) {
      expect(await mark(fileOf(await sample()))).toBeUndefined()
    }
  })

  it("is found behind the picture too, and costs no second packet", async () => {
    const bytes = await ours("image/png")
    const text = `XML:com.adobe.xmp\0\0\0\0\0${packetWith('xmp:Label="kept"')}`
    const { bytes: after } = await marked(inserted(bytes, bytes.length - 12, chunk("iTXt", Buffer.from(text))))
    expect(await xmpOf(after)).toMatchObject({ Label: "kept", AISystemUsed: "@cf/x/y" })
    expect(
      Buffer.from(after)
        .toString("latin1")
        .match(/XML:com\.adobe\.xmp/g)
    ).toHaveLength(1)
  })

  it("never fails, and never changes what a picture is, however broken its first bytes are", async () => {
    const images = await Promise.all(
      samples.map(async ([, sample]) => {
        const bytes = await sample()
        return [bytes, (await marked(bytes)).bytes] as const
      })
    )
    const change = fc.record({ at: fc.nat({ max: 900 }), value: fc.nat({ max: 255 }) })
    const property = fc.asyncProperty(
      fc.constantFrom(...images.flat()),
      fc.array(change, { minLength: 1, maxLength: 6 }),
      async (bytes, changes) => {
        const broken = bytes.slice()
        for (const { at, value } of changes) broken[at % broken.length] = value
        const file = ImageFile.fromBase64(broken.toBase64())
        if (!file) return
        const { mediaType, size } = file
        const after = (await mark(file)) ?? file
        expect(ImageFile.fromBytes(after.bytes)).toMatchObject({ mediaType, size })
        expect(after.base64).toBe(after.bytes.toBase64())
      }
    )
    await fc.assert(property, { numRuns: 3000, seed: 20261125 })
  })

  it("is right in base64 with line breaks", async () => {
    for (const mediaType of ["image/jpeg", "image/png"] as const) {
      const bytes = await ours(mediaType)
      for (const width of [10, 76]) {
        const file = ImageFile.fromBase64(bytes.toBase64().replace(new RegExp(`.{${width}}`, "g"), "$&\r\n"))
        const text = file && (await mark(file))?.base64
        expect(Uint8Array.fromBase64(text ?? "")).toEqual((await marked(bytes)).bytes)
      }
    }
  })
})
