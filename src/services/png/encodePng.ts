import { crc32 } from "../crc32.ts"

/** The bytes of a pixel: one of gray, or those of red, green and blue, and of its alpha. */
export type Channels = 1 | 3 | 4

/** Writes the bytes of line `y` into `line`, pixel by pixel. */
export type PaintLine = (line: Uint8ClampedArray, y: number) => void

const colourTypes: Readonly<Record<Channels, number>> = { 1: 0, 3: 2, 4: 6 }

/** Encodes a PNG of 8 bits a channel, asking for its lines from top to bottom. */
export const encodePng = async (
  width: number,
  height: number,
  paintLine: PaintLine,
  channels: Channels = 3
): Promise<Uint8Array<ArrayBuffer>> => {
  // One filter byte before each line: 0, none. Ordered dithering repeats itself, which deflate finds by itself faster
  // than through the differences that the other filters make of it.
  const stride = 1 + channels * width
  const pixels = new Uint8ClampedArray(stride * height)
  for (let y = 0; y < height; y++) paintLine(pixels.subarray(y * stride + 1, (y + 1) * stride), y)
  const header = new Uint8Array(13)
  const view = new DataView(header.buffer)
  view.setUint32(0, width)
  view.setUint32(4, height)
  header.set([8, colourTypes[channels], 0, 0, 0], 8) // 8 bits, the colours, deflate, standard filters, not interlaced
  const chunks = [chunk("IHDR", header), chunk("IDAT", await deflate(pixels)), chunk("IEND", new Uint8Array(0))]
  return new Uint8Array(await new Blob([signature, ...chunks]).arrayBuffer())
}

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)

const deflate = async (bytes: Uint8ClampedArray<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> => {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate"))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

/** Length, type, data, then the checksum of type and data (PNG, section 5.3). */
const chunk = (type: string, data: Uint8Array): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(12 + data.length)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, data.length)
  bytes.set(new TextEncoder().encode(type), 4)
  bytes.set(data, 8)
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)))
  return bytes
}
