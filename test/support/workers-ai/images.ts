import { utf8 } from "./bytes.ts"
import { encodeJpeg, type Mosaic } from "./jpeg.ts"
import { encodePng } from "./png.ts"

/** What to draw: the same request gives the same bytes, another prompt or seed gives other bytes. */
export interface ImageRequest {
  readonly format: "jpeg" | "png"
  readonly width: number
  readonly height: number
  readonly prompt: string
  readonly seed: string
  /** The length to pad the picture to, in bytes; a picture that is longer already stays as it is. */
  readonly minimumBytes?: number | undefined
}

const mosaicOf = async (prompt: string, seed: string): Promise<Mosaic> => {
  const text = utf8(JSON.stringify([prompt, seed]))
  const digest = new DataView(await crypto.subtle.digest("SHA-256", text))
  return (column, row) => {
    const bits = digest.getUint16((row * 4 + column) * 2)
    return [(bits >> 10) * 4, 64 + ((bits >> 5) & 31) * 4, 64 + (bits & 31) * 4]
  }
}

/** A real, decodable picture of exactly the asked size: 4 by 4 cells in the colours of the prompt's and seed's hash. */
export const drawImage = async (request: ImageRequest): Promise<Uint8Array<ArrayBuffer>> => {
  const mosaic = await mosaicOf(request.prompt, request.seed)
  const encode = request.format === "jpeg" ? encodeJpeg : encodePng
  return encode(request.width, request.height, mosaic, request.minimumBytes)
}

/** What the bytes of a picture say about it; the size is in pixels. */
export interface ImageHeader {
  readonly type: "image/jpeg" | "image/png" | "image/webp"
  readonly width: number
  readonly height: number
}

const startsWith = (bytes: Uint8Array, text: string, offset = 0): boolean =>
  bytes.length >= offset + text.length && [...text].every((char, index) => bytes[offset + index] === char.charCodeAt(0))

const readJpeg = (bytes: Uint8Array, view: DataView): ImageHeader | undefined => {
  let size: { readonly width: number; readonly height: number } | undefined
  let offset = 2
  while (offset + 4 <= bytes.length) {
    if (bytes[offset] !== 0xff) return undefined
    const marker = view.getUint8(offset + 1)
    if (marker === 0xff) {
      offset += 1
      continue
    }
    if (marker === 0xda) break
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
    if (isFrame && offset + 9 <= bytes.length) {
      size = { height: view.getUint16(offset + 5), width: view.getUint16(offset + 7) }
    }
    offset += 2 + view.getUint16(offset + 2)
  }
  const isWhole = bytes.at(-2) === 0xff && bytes.at(-1) === 0xd9
  return size !== undefined && isWhole ? { type: "image/jpeg", ...size } : undefined
}

const readPng = (bytes: Uint8Array, view: DataView): ImageHeader | undefined =>
  bytes.length >= 45 && startsWith(bytes, "IHDR", 12) && startsWith(bytes, "IEND", bytes.length - 8)
    ? { type: "image/png", width: view.getUint32(16), height: view.getUint32(20) }
    : undefined

const readWebp = (bytes: Uint8Array, view: DataView): ImageHeader | undefined => {
  if (bytes.length < 30 || view.getUint32(4, true) + 8 > bytes.length) return undefined
  const type = "image/webp"
  if (startsWith(bytes, "VP8 ", 12)) {
    return { type, width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
  }
  if (startsWith(bytes, "VP8L", 12)) {
    const bits = view.getUint32(21, true)
    return { type, width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 }
  }
  if (startsWith(bytes, "VP8X", 12)) {
    return {
      type,
      width: (view.getUint32(24, true) & 0xffffff) + 1,
      height: (view.getUint32(26, true) >>> 8) + 1
    }
  }
  return undefined
}

/** The type and size of a whole JPEG, PNG or WebP, or nothing where the bytes are no such picture or are cut short. */
export const readImage = (bytes: Uint8Array): ImageHeader | undefined => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const header = startsWith(bytes, "\xff\xd8\xff")
    ? readJpeg(bytes, view)
    : startsWith(bytes, "\x89PNG\r\n\x1a\n")
      ? readPng(bytes, view)
      : startsWith(bytes, "RIFF") && startsWith(bytes, "WEBP", 8)
        ? readWebp(bytes, view)
        : undefined
  return header !== undefined && header.width > 0 && header.height > 0 ? header : undefined
}
