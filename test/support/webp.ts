import { concatBytes, latin1 } from "./workers-ai/bytes.ts"

const word = (value: number, bytes: number) => Array.from({ length: bytes }, (_, i) => (value >>> (8 * i)) & 255)

/** A decodable lossless WebP of one colour; each channel is 0 to 255. */
export const drawWebp = (
  width: number,
  height: number,
  [red, green, blue]: readonly [number, number, number] = [200, 120, 60]
): Uint8Array<ArrayBuffer> => {
  const bits: Array<number> = []
  const put = (value: number, length: number) => {
    for (let i = 0; i < length; i++) bits.push((value >> i) & 1)
  }
  put(width - 1, 14)
  put(height - 1, 14)
  put(0, 1 + 3) // no alpha, version 0
  put(0, 1 + 1 + 1) // no transforms, no colour cache, no groups of prefix codes
  // Prefix codes of one symbol take no bits at all, so the pixels need none.
  for (const symbol of [green, red, blue, 255]) put(0b101 | (symbol << 3), 11)
  put(0b001, 4) // distances: the one symbol is 0, in one bit
  const data = Array.from({ length: Math.ceil(bits.length / 8) }, (_, i) =>
    bits.slice(8 * i, 8 * i + 8).reduce((byte, bit, place) => byte | (bit << place), 0)
  )
  const body = [0x2f, ...data]
  const padded = body.length % 2 === 0 ? body : [...body, 0]
  return concatBytes([latin1("RIFF"), word(4 + 8 + padded.length, 4), latin1("WEBPVP8L"), word(body.length, 4), padded])
}
