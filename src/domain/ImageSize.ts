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

/** The sizes that a model can draw. */
export type SizeRange =
  | { readonly _tag: "Fixed"; readonly size: ImageSize }
  /** Any between two bounds, in pixels, the same for both sides. */
  | { readonly _tag: "Range"; readonly minimum: number; readonly maximum: number }
  /** These and no other. */
  | { readonly _tag: "Listed"; readonly sizes: ReadonlyArray<ImageSize> }
  /** These ratios, each as sides without a unit; the model chooses the pixels, with no side longer than `maximum`. */
  | { readonly _tag: "Ratios"; readonly ratios: ReadonlyArray<ImageSize>; readonly maximum: number }

export const fitsRange = (wanted: ImageSize, range: SizeRange): boolean => {
  const longest = Math.max(wanted.width, wanted.height)
  switch (range._tag) {
    case "Fixed":
      return sameSize(wanted, range.size)
    case "Range":
      return Math.min(wanted.width, wanted.height) >= range.minimum && longest <= range.maximum
    case "Listed":
      return range.sizes.some((size) => sameSize(wanted, size))
    case "Ratios":
      return longest <= range.maximum && ratioDistance(wanted, nearestRatio(wanted, range.ratios)) < 0.02
  }
}

/** How far two ratios are from each other; 0 where they are the same. */
const ratioDistance = (a: ImageSize, b: ImageSize): number =>
  Math.abs(Math.log((Math.max(1, a.width) * b.height) / (Math.max(1, a.height) * b.width)))

/** The one whose ratio is closest to that of `wanted`, the first of several. */
export const nearestRatio = (wanted: ImageSize, all: ReadonlyArray<ImageSize>): ImageSize =>
  all.reduce(
    (best, each) => (ratioDistance(wanted, each) < ratioDistance(wanted, best) ? each : best),
    all[0] ?? defaultSize
  )

/** The size within `range` that is closest to `wanted`, with its ratio kept as far as the bounds allow. */
export const nearestSize = (wanted: ImageSize, range: SizeRange): ImageSize => {
  if (range._tag === "Fixed") return range.size
  if (range._tag === "Listed") return nearestRatio(wanted, range.sizes)
  if (range._tag === "Ratios") return ofRatio(nearestRatio(wanted, range.ratios), wanted.width * wanted.height, range)
  const { maximum, minimum } = range
  const scaled = (factor: number) => ({ width: wanted.width * factor, height: wanted.height * factor })
  const long = Math.max(wanted.width, wanted.height, 1)
  const short = Math.max(Math.min(wanted.width, wanted.height), 1)
  const fitted = long > maximum ? scaled(maximum / long) : short < minimum ? scaled(minimum / short) : wanted
  const bound = (side: number) => Math.min(maximum, Math.max(minimum, Math.round(side)))
  return size(bound(fitted.width), bound(fitted.height))
}

/** The size of about so many pixels with a ratio. */
const ofRatio = (ratio: ImageSize, pixels: number, { maximum }: { readonly maximum: number }): ImageSize => {
  const factor = Math.min(
    Math.sqrt(Math.max(1, pixels) / (ratio.width * ratio.height)),
    maximum / Math.max(ratio.width, ratio.height)
  )
  const side = (length: number) => Math.max(1, Math.round(length * factor))
  return size(side(ratio.width), side(ratio.height))
}

const gridPixels = 16

/**
 * The size with the ratio of `source` and about a million pixels, on a grid of 16 pixels: what `auto` means for a picture
 * that is edited.
 */
export const sizeLike = (source: ImageSize, range: SizeRange): ImageSize => {
  if (range._tag === "Fixed") return range.size
  if (range._tag === "Listed") return nearestSize(source, range)
  if (range._tag === "Ratios") return ofRatio(nearestRatio(source, range.ratios), 1024 * 1024, range)
  const factor = Math.sqrt((1024 * 1024) / (source.width * source.height))
  const fitted = nearestSize(size(source.width * factor, source.height * factor), range)
  const minimum = Math.ceil(range.minimum / gridPixels)
  const maximum = Math.floor(range.maximum / gridPixels)
  const snap = (side: number) => Math.min(maximum, Math.max(minimum, Math.round(side / gridPixels))) * gridPixels
  return size(snap(fitted.width), snap(fitted.height))
}

/** The sides, in pixels, within which Stable Diffusion 1.5 draws well: it was trained on 512. */
export const smallSides = { minimum: 256, maximum: 768 }

/** The size of about 512 pixels a side with the ratio of `source`, on the grid of 64 pixels that those models want. */
export const smallSizeLike = (source: ImageSize): ImageSize => {
  const { maximum, minimum } = smallSides
  const factor = Math.min(512 / Math.min(source.width, source.height), maximum / Math.max(source.width, source.height))
  const snap = (side: number) => Math.min(maximum, Math.max(minimum, Math.round((side * factor) / 64) * 64))
  return size(snap(source.width), snap(source.height))
}

const tilePixels = 512

/** Tiles of 512x512 pixels, the unit in which Workers AI bills most models. They count by area, with fractions. */
export const tiles = ({ height, width }: ImageSize): number => (width * height) / (tilePixels * tilePixels)

/** Megapixels of 1024x1024 pixels. */
export const megapixels = ({ height, width }: ImageSize): number => (width * height) / (1024 * 1024)
