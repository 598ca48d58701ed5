import type { MediaType } from "./ImageHeader.ts"

/** What one walk through the parts of a picture file finds. */
export interface ImageStructure {
  /** Where the picture ends, in bytes: phones and editors append data of their own. */
  readonly end: number
  /** The EXIF data, from its TIFF header on. */
  readonly exif: Uint8Array | undefined
}

/** Walks through a picture of that type, to its own end. `undefined` where it has none: it is cut off, or broken. */
export const readImageStructure = (bytes: Uint8Array, mediaType: MediaType): ImageStructure | undefined => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  switch (mediaType) {
    case "image/jpeg":
      return walkJpeg(bytes, view)
    case "image/png":
      return walkPng(bytes, view)
    case "image/webp":
      return walkWebp(bytes, view)
  }
}

const exifName = [0x45, 0x78, 0x69, 0x66, 0, 0]

/** `Exif` and two zeros go before the TIFF header in JPEG, and where a program has copied them along. */
const withoutExifName = (data: Uint8Array): Uint8Array => (startsWithExifName(data) ? data.subarray(6) : data)

const startsWithExifName = (data: Uint8Array): boolean => exifName.every((byte, index) => data[index] === byte)

/** ITU-T T.81, B.1: markers and segments, and after a start of scan the data that ends at the next marker. */
const walkJpeg = (bytes: Uint8Array, view: DataView): ImageStructure | undefined => {
  let exif: Uint8Array | undefined
  let scanned = false
  let offset = 2
  while (offset + 2 <= bytes.length && bytes[offset] === 0xff) {
    const marker = view.getUint8(offset + 1)
    // A marker may have any number of fill bytes before it.
    offset += marker === 0xff ? 1 : 2
    if (marker === 0xd9) return scanned ? { end: offset, exif } : undefined
    if (marker === 0xff || marker === 0x01 || isRestart(marker)) continue
    const length = offset + 2 <= bytes.length ? view.getUint16(offset) : 0
    if (length < 2) return undefined
    const data = bytes.subarray(offset + 2, offset + length)
    if (marker === 0xe1 && exif === undefined && startsWithExifName(data)) exif = withoutExifName(data)
    offset += length
    if (marker === 0xda) {
      scanned = true
      offset = endOfScan(bytes, offset)
    }
  }
  return undefined
}

const isRestart = (marker: number): boolean => marker >= 0xd0 && marker <= 0xd7

/** In scan data, FF is followed by a zero or by a restart; anything else is the next marker. */
const endOfScan = (bytes: Uint8Array, start: number): number => {
  let at = bytes.indexOf(0xff, start)
  while (at !== -1 && at + 1 < bytes.length) {
    const next = bytes[at + 1] ?? 0
    if (next !== 0 && next !== 0xff && !isRestart(next)) return at
    at = bytes.indexOf(0xff, at + 1)
  }
  return bytes.length
}

const nameAt = (view: DataView, offset: number): string =>
  String.fromCharCode(...[0, 1, 2, 3].map((index) => view.getUint8(offset + index)))

/** PNG, section 5.3: chunks of length, name, data and checksum, of which IEND is the last. */
const walkPng = (bytes: Uint8Array, view: DataView): ImageStructure | undefined => {
  let exif: Uint8Array | undefined
  let hasPixels = false
  let offset = 8
  while (offset + 12 <= bytes.length) {
    const start = offset + 8
    const end = start + view.getUint32(offset)
    const name = nameAt(view, offset + 4)
    offset = end + 4
    if (offset > bytes.length) return undefined
    if (name === "IEND") return hasPixels ? { end: offset, exif } : undefined
    if (name === "IDAT") hasPixels = true
    if (name === "eXIf" && exif === undefined) exif = withoutExifName(bytes.subarray(start, end))
  }
  return undefined
}

const webpPixels: ReadonlySet<string> = new Set(["VP8 ", "VP8L", "ANMF"])

/** RFC 9649, section 2.3: the RIFF header tells the length; chunks have an even length, by a zero where they need one. */
const walkWebp = (bytes: Uint8Array, view: DataView): ImageStructure | undefined => {
  if (bytes.length < 12) return undefined
  const whole = 8 + view.getUint32(4, true)
  if (whole > bytes.length) return undefined
  let exif: Uint8Array | undefined
  let hasPixels = false
  let offset = 12
  while (offset + 8 <= whole) {
    const start = offset + 8
    const end = start + view.getUint32(offset + 4, true)
    if (end > whole) return undefined
    const name = nameAt(view, offset)
    if (webpPixels.has(name)) hasPixels = true
    if (name === "EXIF" && exif === undefined) exif = withoutExifName(bytes.subarray(start, end))
    offset = end + (end % 2)
  }
  return hasPixels ? { end: whole, exif } : undefined
}
