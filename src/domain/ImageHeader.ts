import * as Schema from "effect/Schema"

/** The picture formats that image models answer with. */
export const MediaType = Schema.Literals(["image/jpeg", "image/png", "image/webp"])
export type MediaType = typeof MediaType.Type

/** What a picture's own bytes say about it. Sizes are in pixels and above zero. */
export interface ImageHeader {
  readonly mediaType: MediaType
  readonly width: number
  readonly height: number
}

/** The usual file name ending of each format, without the dot. */
export const fileExtension: Record<MediaType, "jpg" | "png" | "webp"> = {
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/webp": "webp"
}

/**
 * Reads format and size from the first bytes of a picture; the first few kilobytes are enough unless a JPEG carries
 * long metadata. `undefined` means: not one of the three formats, cut off before the size, or a size of zero.
 */
export const readImageHeader = (bytes: Uint8Array): ImageHeader | undefined => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const header = readPng(view) ?? readJpeg(view) ?? readWebp(view)
  return header !== undefined && header.width > 0 && header.height > 0 ? header : undefined
}

/**
 * Whether a picture arrived to its end. JPEG and PNG are judged by their end marker, so `bytes` may be only the last
 * part of the file (12 bytes or more); zero padding after the marker is tolerated as long as the marker is in that
 * part. WebP says its length at the start and needs the whole file.
 */
export const isComplete = (bytes: Uint8Array, mediaType: MediaType): boolean => {
  switch (mediaType) {
    case "image/jpeg":
      return endsWith(bytes, [0xff, 0xd9])
    case "image/png":
      return endsWith(bytes, pngEnd)
    case "image/webp": {
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      return isWebp(view) && view.byteLength >= 8 + view.getUint32(4, true)
    }
  }
}

// An empty IEND chunk: length, name and checksum are always these twelve bytes.
const pngEnd = [0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82]

const endsWith = (bytes: Uint8Array, marker: ReadonlyArray<number>): boolean => {
  const start = bytes.findLastIndex((byte) => byte !== 0) + 1 - marker.length
  return start >= 0 && marker.every((byte, index) => bytes[start + index] === byte)
}

const hasText = (view: DataView, offset: number, text: string): boolean =>
  view.byteLength >= offset + text.length &&
  Array.from(text).every((character, index) => view.getUint8(offset + index) === character.charCodeAt(0))

/** PNG, section 5.2 (signature) and 11.2.1 (IHDR, always the first chunk). */
const readPng = (view: DataView): ImageHeader | undefined => {
  if (view.byteLength < 24 || !hasText(view, 0, "\x89PNG\r\n\x1a\n") || !hasText(view, 12, "IHDR")) return undefined
  return { mediaType: "image/png", width: view.getUint32(16), height: view.getUint32(20) }
}

// The marker codes below are those of ITU-T T.81, table B.1.
const isStandalone = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)
const endsHeaders = (marker: number): boolean => marker === 0xd8 || marker === 0xd9 || marker === 0xda
// C0 to CF are frame headers (SOF) except DHT, JPG and DAC.
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc

const readJpeg = (view: DataView): ImageHeader | undefined => {
  if (!hasText(view, 0, "\xff\xd8\xff")) return undefined
  let offset = 2
  while (offset + 4 <= view.byteLength) {
    if (view.getUint8(offset) !== 0xff) return undefined
    const marker = view.getUint8(offset + 1)
    if (marker === 0xff) {
      offset += 1
    } else if (isStandalone(marker)) {
      offset += 2
    } else if (endsHeaders(marker)) {
      return undefined
    } else if (isFrame(marker)) {
      if (offset + 9 > view.byteLength) return undefined
      return { mediaType: "image/jpeg", width: view.getUint16(offset + 7), height: view.getUint16(offset + 5) }
    } else {
      const length = view.getUint16(offset + 2)
      if (length < 2) return undefined
      offset += 2 + length
    }
  }
  return undefined
}

const isWebp = (view: DataView): boolean => hasText(view, 0, "RIFF") && hasText(view, 8, "WEBP")

/** WebP container specification and RFC 6386 (VP8), section 9.1: the first chunk tells the size. */
const readWebp = (view: DataView): ImageHeader | undefined => {
  if (!isWebp(view)) return undefined
  const uint24 = (offset: number) => view.getUint16(offset, true) | (view.getUint8(offset + 2) << 16)
  if (hasText(view, 12, "VP8X") && view.byteLength >= 30) {
    return { mediaType: "image/webp", width: uint24(24) + 1, height: uint24(27) + 1 }
  }
  if (hasText(view, 12, "VP8L") && view.byteLength >= 25 && view.getUint8(20) === 0x2f) {
    const sizes = view.getUint32(21, true)
    return { mediaType: "image/webp", width: (sizes & 0x3fff) + 1, height: ((sizes >>> 14) & 0x3fff) + 1 }
  }
  if (hasText(view, 12, "VP8 ") && view.byteLength >= 30 && hasText(view, 23, "\x9d\x01\x2a")) {
    // The two bits above each size ask for scaling on display; they are not part of the size.
    const width = view.getUint16(26, true) & 0x3fff
    return { mediaType: "image/webp", width, height: view.getUint16(28, true) & 0x3fff }
  }
  return undefined
}
