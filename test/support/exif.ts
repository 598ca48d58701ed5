import type { MediaType } from "../../src/domain/ImageHeader.ts"
import { concatBytes, latin1 } from "./workers-ai/bytes.ts"

const number = (value: number, bytes: number, little: boolean): ReadonlyArray<number> => {
  const big = Array.from({ length: bytes }, (_, index) => (value >>> (8 * (bytes - 1 - index))) & 0xff)
  return little ? big.toReversed() : big
}

export type ByteOrder = "little" | "big"

/** EXIF data from its TIFF header on: a directory with a width, the orientation and a resolution. */
export const exifOf = (orientation: number, order: ByteOrder = "big"): Uint8Array<ArrayBuffer> => {
  const little = order === "little"
  const entry = (tag: number, type: number, value: ReadonlyArray<number>) => [
    ...[...number(tag, 2, little), ...number(type, 2, little), ...number(1, 4, little)],
    ...[...value, 0, 0, 0, 0].slice(0, 4)
  ]
  return concatBytes([
    latin1(little ? "II" : "MM"),
    [...number(42, 2, little), ...number(8, 4, little), ...number(3, 2, little)],
    entry(0x0100, 4, number(4032, 4, little)),
    entry(0x0112, 3, number(orientation, 2, little)),
    entry(0x0128, 3, number(2, 2, little)),
    [0, 0, 0, 0]
  ])
}

/** The same picture with EXIF data, where its format keeps it: APP1 in JPEG, a chunk after IHDR in PNG, the last of WebP. */
export const withExif = (
  bytes: Uint8Array<ArrayBuffer>,
  mediaType: MediaType,
  exif: Uint8Array<ArrayBuffer>
): Uint8Array<ArrayBuffer> => {
  switch (mediaType) {
    case "image/jpeg": {
      const data = concatBytes([latin1("Exif\0\0"), exif])
      return concatBytes([bytes.slice(0, 2), [0xff, 0xe1], number(data.length + 2, 2, false), data, bytes.slice(2)])
    }
    case "image/png": {
      const chunk = [number(exif.length, 4, false), latin1("eXIf"), exif, [0, 0, 0, 0]]
      return concatBytes([bytes.slice(0, 33), ...chunk, bytes.slice(33)])
    }
    case "image/webp": {
      const chunk = concatBytes([latin1("EXIF"), number(exif.length, 4, true), exif, exif.length % 2 === 0 ? [] : [0]])
      const length = new DataView(bytes.buffer).getUint32(4, true) + chunk.length
      return concatBytes([bytes.slice(0, 4), number(length, 4, true), bytes.slice(8), chunk])
    }
  }
}
