import { concatBytes, latin1 } from "./bytes.ts"

/** Three components of 8 bits: Y, Cb, Cr in a JPEG, R, G, B in a PNG. */
export type Colour = readonly [number, number, number]

/** The colour of the cell at column and row 0..3 of a picture of 4 by 4 cells. */
export type Mosaic = (column: number, row: number) => Colour

const word = (value: number): ReadonlyArray<number> => [value >> 8, value & 0xff]

const segment = (marker: number, payload: ArrayLike<number>): Uint8Array<ArrayBuffer> =>
  concatBytes([[0xff, marker, ...word(payload.length + 2)], payload])

const COMMENT = 0xfe
const LONGEST_COMMENT = 65_533

/** A reader that searches for a marker, where it has to walk the segments, finds a frame header of 1x1 here. */
const decoy = segment(COMMENT, [0xff, 0xc0, 0x00, 0x11, 0x08, 0x00, 0x01, 0x00, 0x01, 0x03])

// A step of 8 makes the DC coefficient of a flat block exactly its level minus 128.
const quantization = segment(0xdb, [0, ...Array.from({ length: 64 }, () => 8)])

// DC: category 0 in one bit, 1 to 7 in four, 8 in five (no code is all ones). AC: the end of the block, in one bit.
const huffman = concatBytes([
  segment(0xc4, [0x00, 1, 0, 0, 7, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8]),
  segment(0xc4, [0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x00])
])

const frame = (width: number, height: number): Uint8Array<ArrayBuffer> =>
  segment(0xc0, [8, ...word(height), ...word(width), 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0])

const scanHeader = segment(0xda, [3, 1, 0x00, 2, 0x00, 3, 0x00, 0, 63, 0])

const scan = (width: number, height: number, mosaic: Mosaic): ReadonlyArray<number> => {
  const bytes: Array<number> = []
  let pending = 0
  let pendingBits = 0
  const put = (code: number, length: number): void => {
    pending = (pending << length) | code
    pendingBits += length
    while (pendingBits >= 8) {
      pendingBits -= 8
      const byte = (pending >> pendingBits) & 0xff
      bytes.push(byte)
      if (byte === 0xff) bytes.push(0)
    }
    pending &= (1 << pendingBits) - 1
  }
  const putDifference = (difference: number): void => {
    const category = 32 - Math.clz32(Math.abs(difference))
    if (category === 0) put(0, 1)
    else if (category < 8) put(7 + category, 4)
    else put(30, 5)
    if (category > 0) put(difference > 0 ? difference : difference + (1 << category) - 1, category)
    put(0, 1)
  }
  const columns = Math.ceil(width / 8)
  const rows = Math.ceil(height / 8)
  let previous: Colour = [128, 128, 128]
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const colour = mosaic(Math.floor((column * 4) / columns), Math.floor((row * 4) / rows))
      putDifference(colour[0] - previous[0])
      putDifference(colour[1] - previous[1])
      putDifference(colour[2] - previous[2])
      previous = colour
    }
  }
  if (pendingBits > 0) put((1 << (8 - pendingBits)) - 1, 8 - pendingBits)
  return bytes
}

const comments = (length: number): ReadonlyArray<Uint8Array<ArrayBuffer>> => {
  const segments: Array<Uint8Array<ArrayBuffer>> = []
  let left = length
  while (left >= 4) {
    // What stays must be nothing, or enough for one more segment with its four bytes of marker and length.
    const whole = Math.min(left, LONGEST_COMMENT + 4)
    const taken = left - whole > 0 && left - whole < 4 ? whole - 4 : whole
    segments.push(segment(COMMENT, new Uint8Array(taken - 4)))
    left -= taken
  }
  return segments
}

/**
 * A baseline JPEG (JFIF, YCbCr 4:4:4, one DC coefficient a block) of `width` x `height` pixels, each 1 to 65,535.
 * It is padded with comments to `minimumBytes`, exactly where its own length leaves 4 bytes or more to fill.
 */
export const encodeJpeg = (
  width: number,
  height: number,
  mosaic: Mosaic,
  minimumBytes = 0
): Uint8Array<ArrayBuffer> => {
  const head = concatBytes([
    [0xff, 0xd8],
    segment(0xe0, [...latin1("JFIF\0"), 1, 1, 0, 0, 1, 0, 1, 0, 0]),
    decoy,
    quantization,
    frame(width, height),
    huffman
  ])
  const tail = concatBytes([scanHeader, scan(width, height, mosaic), [0xff, 0xd9]])
  const missing = minimumBytes - head.length - tail.length
  return concatBytes([head, ...comments(missing > 0 ? Math.max(4, missing) : 0), tail])
}
