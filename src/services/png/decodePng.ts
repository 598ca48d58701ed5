/** What a PNG says of its pixels before they are unpacked (PNG, section 11.2). */
export interface PngHeader {
  readonly width: number
  readonly height: number
  readonly bitDepth: number
  /** 0 gray, 2 truecolour, 3 palette, 4 gray with alpha, 6 truecolour with alpha. */
  readonly colourType: number
  readonly interlaced: boolean
  readonly palette: Uint8Array
  /** What of the palette, or which colour, is transparent. Empty where nothing is. */
  readonly transparency: Uint8Array
  readonly data: ReadonlyArray<Uint8Array<ArrayBuffer>>
}

/** Walks through the chunks of a whole PNG; `undefined` where it is none. */
export const readPngHeader = (bytes: Uint8Array<ArrayBuffer>): PngHeader | undefined => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 33 || view.getUint32(0) !== 0x89504e47) return undefined
  const data: Array<Uint8Array<ArrayBuffer>> = []
  let palette = new Uint8Array()
  let transparency = new Uint8Array()
  for (let at = 33; at + 12 <= bytes.length; ) {
    const end = at + 8 + view.getUint32(at)
    if (end + 4 > bytes.length) return undefined
    const content = bytes.subarray(at + 8, end)
    switch (view.getUint32(at + 4)) {
      case names.IDAT:
        data.push(content)
        break
      case names.PLTE:
        palette = content
        break
      case names.tRNS:
        transparency = content
        break
    }
    at = end + 4
  }
  return {
    width: view.getUint32(16),
    height: view.getUint32(20),
    bitDepth: view.getUint8(24),
    colourType: view.getUint8(25),
    interlaced: view.getUint8(28) !== 0,
    palette,
    transparency,
    data
  }
}

const names = { IDAT: 0x49444154, PLTE: 0x504c5445, tRNS: 0x74524e53 } as const

/** Whether anything of a PNG can be transparent. */
export const hasAlpha = ({ colourType, transparency }: PngHeader): boolean =>
  (colourType & 4) !== 0 || transparency.length > 0

const samplesOf: ReadonlyMap<number, number> = new Map([
  [0, 1],
  [2, 3],
  [3, 1],
  [4, 2],
  [6, 4]
])

/** The pixels of a PNG, in lines of `stride` bytes as they were before the filters. */
export interface Pixels {
  readonly header: PngHeader
  readonly lines: Uint8Array
  readonly stride: number
  /** Bytes of a pixel; 1 where several share one. */
  readonly step: number
}

/**
 * Unpacks a PNG that is not interlaced and has no 16 bits a channel; `undefined` for others, and where it is broken. No more
 * is unpacked than its size says, which is to be checked before.
 */
export const unpackPng = async (header: PngHeader): Promise<Pixels | undefined> => {
  const { bitDepth, colourType, data, height, interlaced, width } = header
  const samples = samplesOf.get(colourType)
  if (samples === undefined || interlaced || bitDepth > 8) return undefined
  const stride = Math.ceil((width * samples * bitDepth) / 8)
  const step = bitDepth === 8 ? samples : 1
  const packed = await inflate(data, (stride + 1) * height)
  if (!packed) return undefined
  const lines = new Uint8Array(stride * height)
  for (let y = 0; y < height; y++) {
    const from = y * (stride + 1)
    if (!unfilter(packed[from] ?? 0, packed.subarray(from + 1, from + 1 + stride), lines, y * stride, step)) {
      return undefined
    }
  }
  return { header, lines, stride, step }
}

const inflate = async (
  parts: ReadonlyArray<Uint8Array<ArrayBuffer>>,
  length: number
): Promise<Uint8Array | undefined> => {
  const bytes = new Uint8Array(length)
  let filled = 0
  const reader = new Blob([...parts]).stream().pipeThrough(new DecompressionStream("deflate")).getReader()
  try {
    while (filled < length) {
      const { done, value } = await reader.read()
      if (done) return undefined
      bytes.set(value.subarray(0, length - filled), filled)
      filled += value.length
    }
    await reader.cancel()
    return bytes
  } catch {
    // Whatever it is that fails there, the data is no zlib stream.
    return undefined
  }
}

/** Undoes the filter of a line (PNG, section 9.2), which looks at the pixels to the left (`a`), above (`b`) and between (`c`). */
const unfilter = (filter: number, line: Uint8Array, out: Uint8Array, start: number, step: number): boolean => {
  const length = line.length
  const above = start - length
  for (let i = 0; i < length; i++) {
    const a = i >= step ? (out[start + i - step] ?? 0) : 0
    const b = above >= 0 ? (out[above + i] ?? 0) : 0
    const raw = line[i] ?? 0
    switch (filter) {
      case 0:
        out[start + i] = raw
        break
      case 1:
        out[start + i] = raw + a
        break
      case 2:
        out[start + i] = raw + b
        break
      case 3:
        out[start + i] = raw + ((a + b) >> 1)
        break
      case 4:
        out[start + i] = raw + paeth(a, b, above >= 0 && i >= step ? (out[above + i - step] ?? 0) : 0)
        break
      default:
        return false
    }
  }
  return true
}

const paeth = (a: number, b: number, c: number): number => {
  const pa = Math.abs(b - c)
  const pb = Math.abs(a - c)
  const pc = Math.abs(a + b - 2 * c)
  if (pa <= pb && pa <= pc) return a
  return pb <= pc ? b : c
}

/** Writes red, green, blue and alpha of the pixel at `x` and `y` into `colour`: an array for each would take longer than the rest. */
export const readPixel = (pixels: Pixels, x: number, y: number, colour: Uint8Array): void => {
  const { bitDepth, colourType, palette, transparency } = pixels.header
  const { lines, step } = pixels
  const at = y * pixels.stride + (bitDepth === 8 ? x * step : 0)
  if (colourType === 3 || colourType === 0) {
    const bit = x * bitDepth
    const value =
      bitDepth === 8
        ? (lines[at] ?? 0)
        : ((lines[at + (bit >> 3)] ?? 0) >> (8 - bitDepth - (bit & 7))) & ((1 << bitDepth) - 1)
    const isPalette = colourType === 3
    const gray = (value * 255) / ((1 << bitDepth) - 1)
    for (let i = 0; i < 3; i++) colour[i] = isPalette ? (palette[3 * value + i] ?? 0) : gray
    // The one transparent gray is written in two bytes.
    colour[3] = isPalette ? (transparency[value] ?? 255) : transparency[1] === value ? 0 : 255
    return
  }
  const isGray = colourType === 4
  for (let i = 0; i < 3; i++) colour[i] = lines[isGray ? at : at + i] ?? 0
  if (colourType !== 2) colour[3] = lines[at + step - 1] ?? 0
  else colour[3] = [1, 3, 5].every((byte, i) => transparency[byte] === colour[i]) ? 0 : 255
}
