import { crc32 } from "../crc32.ts"
import { hasText, type Layout, viewOf, writeText } from "./Layout.ts"

// PNG, sections 5.3 (chunks) and 11.3.3 (text); XMP specification, part 3, section 1.1.5.
const chunkFrame = 12
const keyword = "XML:com.adobe.xmp\0"
/** Behind the keyword: no compression, no language and no translated keyword. */
const textHeader = `${keyword}\0\0\0\0`
const afterHeader = 33

/** A new packet goes in front of everything but the header. */
export const layoutOfPng = (bytes: Uint8Array<ArrayBuffer>): Layout => {
  const view = viewOf(bytes)
  let signed = false
  let found: Pick<Layout, "packet" | "compressed"> = { packet: undefined, compressed: false }
  let place = { at: afterHeader, length: 0 }
  let at = 8
  while (at + chunkFrame <= bytes.length) {
    const data = at + 8
    const end = data + view.getUint32(at)
    if (end + 4 > bytes.length) break
    if (hasText(bytes, at + 4, "caBX")) signed = true
    if (found.packet === undefined && hasText(bytes, data, keyword)) {
      found = textIn(bytes.subarray(at + 4, end))
      if (found.packet) place = { at, length: end + 4 - at }
    }
    at = end + 4
  }
  return { signed, ...found, ...place }
}

/** The text of a chunk with the keyword; libraries use any of the three kinds of text for it. */
const textIn = (chunk: Uint8Array<ArrayBuffer>): Pick<Layout, "packet" | "compressed"> => {
  const start = 4 + keyword.length
  if (hasText(chunk, 0, "tEXt")) return { packet: chunk.subarray(start), compressed: false }
  if (hasText(chunk, 0, "zTXt")) return { packet: chunk.subarray(start + 1), compressed: true }
  // Behind the two bytes for compression: the language and the translated keyword.
  const language = hasText(chunk, 0, "iTXt") ? chunk.indexOf(0, start + 2) : -1
  const translation = language < 0 ? -1 : chunk.indexOf(0, language + 1)
  return translation < 0
    ? { packet: undefined, compressed: false }
    : { packet: chunk.subarray(translation + 1), compressed: chunk[start] === 1 }
}

/** The chunk of a packet. */
export const pngChunk = (packet: Uint8Array): Uint8Array => {
  const chunk = new Uint8Array(chunkFrame + textHeader.length + packet.length)
  const view = viewOf(chunk)
  view.setUint32(0, chunk.length - chunkFrame)
  writeText(chunk, 4, `iTXt${textHeader}`)
  chunk.set(packet, 8 + textHeader.length)
  view.setUint32(chunk.length - 4, crc32(chunk.subarray(4, chunk.length - 4)))
  return chunk
}
