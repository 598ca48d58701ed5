import type { ImageSize } from "../../domain/ImageSize.ts"
import { hasText, type Layout, viewOf, writeText } from "./Layout.ts"

// https://developers.google.com/speed/webp/docs/riff_container
const chunkHeader = 8
const firstChunk = 12
const flags = { xmp: 0x04, alpha: 0x10 }

/** A new packet goes behind all chunks. */
export const layoutOfWebp = (bytes: Uint8Array<ArrayBuffer>): Layout => {
  const view = viewOf(bytes)
  const fileEnd = Math.min(bytes.length, chunkHeader + view.getUint32(4, true))
  let signed = false
  let packet: Layout["packet"]
  let place = { at: fileEnd, length: 0 }
  let at = firstChunk
  while (at + chunkHeader <= fileEnd) {
    const data = at + chunkHeader
    const end = data + view.getUint32(at + 4, true)
    if (end > fileEnd) break
    const next = Math.min(fileEnd, end + (end & 1))
    if (hasText(bytes, at, "C2PA")) signed = true
    if (packet === undefined && hasText(bytes, at, "XMP ")) {
      packet = bytes.subarray(data, end)
      place = { at, length: next - at }
    }
    at = next
  }
  return { signed, packet, compressed: false, ...place }
}

/** The picture with that packet, in the extended form, which is the only one that can hold it. */
export const webpWithPacket = (
  bytes: Uint8Array,
  { at, length }: Layout,
  packet: Uint8Array,
  size: ImageSize
): Uint8Array<ArrayBuffer> => {
  const header = hasText(bytes, firstChunk, "VP8X") ? new Uint8Array(0) : extendedHeader(bytes, size)
  const chunkLength = chunkHeader + packet.length + (packet.length & 1)
  const start = at + header.length
  const marked = new Uint8Array(bytes.length - length + header.length + chunkLength)
  marked.set(bytes.subarray(0, firstChunk))
  marked.set(header, firstChunk)
  marked.set(bytes.subarray(firstChunk, at), firstChunk + header.length)
  writeText(marked, start, "XMP ")
  marked.set(packet, start + chunkHeader)
  marked.set(bytes.subarray(at + length), start + chunkLength)
  const view = viewOf(marked)
  view.setUint32(start + 4, packet.length, true)
  view.setUint32(4, viewOf(bytes).getUint32(4, true) + marked.length - bytes.length, true)
  view.setUint8(firstChunk + chunkHeader, view.getUint8(firstChunk + chunkHeader) | flags.xmp)
  return marked
}

/** The chunk VP8X for a picture of the simple form. */
const extendedHeader = (bytes: Uint8Array, { height, width }: ImageSize): Uint8Array => {
  const header = new Uint8Array(chunkHeader + 10)
  const view = viewOf(header)
  writeText(header, 0, "VP8X")
  view.setUint32(4, 10, true)
  // The lossless form says itself whether it has transparent parts; the lossy one has none without this chunk.
  const isTransparent = hasText(bytes, firstChunk, "VP8L") && ((bytes[24] ?? 0) & 0x10) !== 0
  view.setUint8(8, isTransparent ? flags.alpha : 0)
  setUint24(view, 12, width - 1)
  setUint24(view, 15, height - 1)
  return header
}

const setUint24 = (view: DataView, at: number, value: number): void => {
  view.setUint16(at, value & 0xffff, true)
  view.setUint8(at + 2, value >>> 16)
}
