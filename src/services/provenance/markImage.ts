import { ImageFile } from "../../domain/ImageFile.ts"
import { jpegSegment } from "./jpeg.ts"
import type { Layout } from "./Layout.ts"
import { marksIn } from "./marks.ts"
import { addedTo, newPacket, type Statement } from "./packet.ts"
import { pngChunk } from "./png.ts"
import { webpWithPacket } from "./webp.ts"

/**
 * The picture with that statement in its metadata, pixels and all else as they were. One that says already where it comes from
 * is given back as it is, and so is one that is signed: any change would break the signature. `undefined` where the picture
 * has metadata that nothing can be added to.
 */
export const markImage = (file: ImageFile, layout: Layout, statement: Statement): ImageFile | undefined => {
  const { c2pa, digitalSourceType } = marksIn(layout)
  if (c2pa || digitalSourceType !== undefined) return file
  if (layout.compressed) return undefined
  const packetOf: PacketOf = (padding) =>
    layout.packet ? addedTo(layout.packet, statement, padding) : newPacket(statement, padding)
  switch (file.mediaType) {
    case "image/jpeg":
      return spliced(file, layout, packetOf, jpegSegment)
    case "image/png":
      return spliced(file, layout, packetOf, pngChunk)
    case "image/webp": {
      const packet = packetOf(0)
      return packet && ImageFile.fromBytes(webpWithPacket(file.bytes, layout, packet, file.size))
    }
  }
}

/** The packet, with so many spaces more than it needs. */
type PacketOf = (padding: number) => Uint8Array | undefined

/** The picture grows by a multiple of three bytes, so that the rest of its base64 stays good. */
const spliced = (
  file: ImageFile,
  { at, length }: Layout,
  packetOf: PacketOf,
  wrap: (packet: Uint8Array) => Uint8Array | undefined
): ImageFile | undefined => {
  const wrapped = (padding: number) => {
    const packet = packetOf(padding)
    return packet && wrap(packet)
  }
  const shortest = wrapped(0)
  if (!shortest) return undefined
  const excess = (shortest.length - length) % 3
  const part = excess === 0 ? shortest : wrapped(3 - excess)
  return part && file.spliced(at, length, part)
}
