import { concatBytes, latin1 } from "./bytes.ts"
import type { Mosaic } from "./jpeg.ts"

const crcTable = Uint32Array.from({ length: 256 }, (_, index) => {
  let crc = index
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  return crc
})

const crc32 = (bytes: Uint8Array): number => {
  let crc = 0xffffffff
  for (const byte of bytes) crc = (crcTable[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8)
  return ~crc >>> 0
}

const long = (value: number): ReadonlyArray<number> => [
  value >>> 24,
  (value >> 16) & 0xff,
  (value >> 8) & 0xff,
  value & 0xff
]

const chunk = (type: string, data: ArrayLike<number>): Uint8Array<ArrayBuffer> => {
  const checked = concatBytes([latin1(type), data])
  return concatBytes([long(data.length), checked, long(crc32(checked))])
}

const deflate = async (bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> => {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate"))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

/**
 * A PNG (palette, 8 bits) of `width` x `height` pixels. It is padded with a private ancillary chunk to `minimumBytes`,
 * exactly where its own length leaves the 12 bytes or more that a chunk takes.
 */
export const encodePng = async (
  width: number,
  height: number,
  mosaic: Mosaic,
  minimumBytes = 0
): Promise<Uint8Array<ArrayBuffer>> => {
  const palette = Array.from({ length: 16 }, (_, cell) => mosaic(cell % 4, Math.floor(cell / 4))).flat()
  const rows = new Uint8Array((width + 1) * height)
  for (let y = 0; y < height; y++) {
    const firstCell = Math.floor((y * 4) / height) * 4
    const start = y * (width + 1) + 1
    for (let x = 0; x < width; x++) rows[start + x] = firstCell + Math.floor((x * 4) / width)
  }
  const head = concatBytes([
    [0x89, ...latin1("PNG\r\n"), 0x1a, 0x0a],
    chunk("IHDR", [...long(width), ...long(height), 8, 3, 0, 0, 0]),
    chunk("PLTE", palette)
  ])
  const tail = concatBytes([chunk("IDAT", await deflate(rows)), chunk("IEND", [])])
  const missing = minimumBytes - head.length - tail.length
  // Lower case in the first, second and last letter: a chunk that decoders skip, private, and safe to copy.
  const padding = missing > 0 ? [chunk("paDd", new Uint8Array(Math.max(0, missing - 12)))] : []
  return concatBytes([head, ...padding, tail])
}
