import * as Schema from "effect/Schema"

/** A picture's size in pixels. */
export const ImageSize = Schema.Struct({ width: Schema.Finite, height: Schema.Finite })
export type ImageSize = typeof ImageSize.Type

const size = (width: number, height: number): ImageSize => ({ width, height })

/** The size that is drawn when nothing asks for another. */
export const defaultSize: ImageSize = size(1024, 1024)

/** The ratios that a prompt may end with, each with the size that it stands for. To offer another ratio, add a line. */
export const ratioSizes: ReadonlyMap<string, ImageSize> = new Map([
  ["1:1", defaultSize],
  ["1:2", size(512, 1024)],
  ["2:1", size(1024, 512)],
  ["3:2", size(768, 512)],
  ["2:3", size(512, 768)],
  ["3:4", size(768, 1024)],
  ["4:3", size(1024, 768)],
  ["4:5", size(768, 960)],
  ["5:4", size(960, 768)],
  ["16:9", size(1024, 576)],
  ["9:16", size(576, 1024)],
  ["21:9", size(1344, 576)],
  ["9:21", size(576, 1344)]
])

/** Reads `1024x576` (also with `*` or `×`); anything else is `undefined`. */
export const parseSize = (text: string): ImageSize | undefined => {
  const match = /^(\d{1,5})\s*[x×*]\s*(\d{1,5})$/i.exec(text.trim())
  return match ? size(Number(match[1]), Number(match[2])) : undefined
}

/**
 * Reads a ratio however it is spelled (`16:9`, `16x9`, `32/18`, `1.78:1`): one of the table has its own size, any other gets
 * about a million pixels. `undefined` for anything else, and for ratios beyond 99:1.
 */
export const parseRatio = (text: string): ImageSize | undefined => {
  const match = /^(\d{1,5}(?:[.,]\d{1,4})?)\s{0,3}[:：∶x×*/]\s{0,3}(\d{1,5}(?:[.,]\d{1,4})?)$/i.exec(text.trim())
  const side = (index: 1 | 2) => Number(match?.[index]?.replace(",", "."))
  const [width, height] = [side(1), side(2)]
  const ratio = width / height
  if (!(ratio >= 1 / 99 && ratio <= 99)) return undefined
  for (const known of ratioSizes.values()) {
    if (Math.abs((ratio * known.height) / known.width - 1) < nearlyEqual) return known
  }
  return sizeLike({ width, height }, { _tag: "Range", minimum: 256, maximum: 1920 })
}

/** 1.78:1 and 1366x768 are how people write 16:9. */
const nearlyEqual = 0.005

/** Fewer pixels than this nobody means: `16x9` is a ratio. */
const fewestPixels = 100

/** Reads a size in pixels, or a ratio in any spelling. */
export const parseSizeOrRatio = (text: string): ImageSize | undefined => {
  const pixels = parseSize(text.replace(/\s?(?:px|pixels)$/i, ""))
  return pixels && Math.max(pixels.width, pixels.height) >= fewestPixels ? pixels : parseRatio(text)
}

/** `1024x576`, the form that OpenAI uses. */
export const formatSize = ({ height, width }: ImageSize): string => `${width}x${height}`

export const sameSize = (a: ImageSize, b: ImageSize): boolean => a.width === b.width && a.height === b.height

/** The sizes that a model can draw: one only, or any between two bounds (in pixels, the same for both sides). */
export type SizeRange =
  | { readonly _tag: "Fixed"; readonly size: ImageSize }
  | { readonly _tag: "Range"; readonly minimum: number; readonly maximum: number }

export const fitsRange = (wanted: ImageSize, range: SizeRange): boolean =>
  range._tag === "Fixed"
    ? sameSize(wanted, range.size)
    : Math.min(wanted.width, wanted.height) >= range.minimum && Math.max(wanted.width, wanted.height) <= range.maximum

/** The size within `range` that is closest to `wanted`, with its ratio kept as far as the bounds allow. */
export const nearestSize = (wanted: ImageSize, range: SizeRange): ImageSize => {
  if (range._tag === "Fixed") return range.size
  const { maximum, minimum } = range
  const scaled = (factor: number) => ({ width: wanted.width * factor, height: wanted.height * factor })
  const long = Math.max(wanted.width, wanted.height, 1)
  const short = Math.max(Math.min(wanted.width, wanted.height), 1)
  const fitted = long > maximum ? scaled(maximum / long) : short < minimum ? scaled(minimum / short) : wanted
  const bound = (side: number) => Math.min(maximum, Math.max(minimum, Math.round(side)))
  return size(bound(fitted.width), bound(fitted.height))
}

const gridPixels = 16

/**
 * The size with the ratio of `source` and about a million pixels, on a grid of 16 pixels: what `auto` means for a picture
 * that is edited.
 */
export const sizeLike = (source: ImageSize, range: SizeRange): ImageSize => {
  if (range._tag === "Fixed") return range.size
  const factor = Math.sqrt((1024 * 1024) / (source.width * source.height))
  const fitted = nearestSize(size(source.width * factor, source.height * factor), range)
  const minimum = Math.ceil(range.minimum / gridPixels)
  const maximum = Math.floor(range.maximum / gridPixels)
  const snap = (side: number) => Math.min(maximum, Math.max(minimum, Math.round(side / gridPixels))) * gridPixels
  return size(snap(fitted.width), snap(fitted.height))
}

const tilePixels = 512

/** Tiles of 512x512 pixels, the unit in which Workers AI bills most models. They count by area, with fractions. */
export const tiles = ({ height, width }: ImageSize): number => (width * height) / (tilePixels * tilePixels)

/** Megapixels of 1024x1024 pixels. */
export const megapixels = ({ height, width }: ImageSize): number => (width * height) / (1024 * 1024)
