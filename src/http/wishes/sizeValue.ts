import { type ImageSize, parseRatio, parseSizeOrRatio } from "../../domain/ImageSize.ts"
import { isUnset, plainText, readNumber } from "./values.ts"
import type { Wish } from "./wishNames.ts"

/** What a value says of a picture's size. */
export type SizeValue =
  | { readonly _tag: "Pixels"; readonly size: ImageSize }
  /** The size that a ratio has by itself. */
  | { readonly _tag: "Ratio"; readonly size: ImageSize }
  /** About the side of a square with as many pixels. */
  | { readonly _tag: "Side"; readonly pixels: number }
  /** The shorter side, as of a video. */
  | { readonly _tag: "Lines"; readonly pixels: number }

const ratio = (text: string): SizeValue | undefined => {
  const size = parseRatio(text)
  return size && { _tag: "Ratio", size }
}

/** Values that leave the size to the service. */
const open = new Set([
  ...["auto", "default", "custom", "none", "original", "same", "source", "adaptive", "smart", "match"],
  ...["match_input", "match_input_image", "match_source", "keep", "any"]
])

export const isOpen = (value: unknown): boolean => isUnset(value) || open.has(plainText(value) ?? "-")

const named: ReadonlyMap<string, string> = new Map([
  ["square", "1:1"],
  ["square_hd", "1:1"],
  ["landscape", "4:3"],
  ["horizontal", "4:3"],
  ["portrait", "3:4"],
  ["vertical", "3:4"],
  ["widescreen", "16:9"],
  ["tall", "9:16"],
  ["ultrawide", "21:9"],
  ["cinematic", "21:9"]
])

const upright = /^(?:portrait|vertical|tall)/

/** More than this is pixels: `16x9` is a ratio. */
const largestRatioSide = 32

/** Nothing longer is a size. */
const longestText = 100

/** Reads a size or a ratio: `1024x576`, `16:9`, `16x9`, `landscape_16_9`, `portrait`, `2K`, `1 MP`, `720p`. */
export const readSizeText = (written: string, wish: Wish = "size"): SizeValue | undefined => {
  // Said again in brackets: "1024x576 (16:9)".
  const text = (plainText(written.slice(0, longestText).normalize("NFKC")) ?? "")
    .replace(/\s{0,9}\([^()]{0,30}\)$/, "")
    .replace(/\s(?:by|to)\s/, "x")
    .replace(/\s?(?:px|pixels)$/, "")
  const name = named.get(text.replace(/[\s-]/g, "_"))
  if (name !== undefined) return ratio(name)
  const pair = /^(?:[a-z]{1,12}[_\s-](?:ratio[_\s-])?)?(\d{1,5})\s?([_:x×*/-])\s?(\d{1,5})$/.exec(text)
  if (pair) {
    const [one, two] = [Number(pair[1]), Number(pair[3])]
    const flip = upright.test(text) && one > two
    const [width, height] = flip ? [two, one] : [one, two]
    const longer = Math.max(width, height)
    // 1x1 is asked for by whoever tries what is refused.
    const ofRatio = wish === "ratio" || (Math.min(width, height) > 0 && longer > 1 && longer <= largestRatioSide)
    const pixels = pair[2] !== ":" && pair[2] !== "/" && !ofRatio
    return pixels ? { _tag: "Pixels", size: { width, height } } : ratio(`${width}:${height}`)
  }
  const amount = /^(\d{1,4}(?:\.\d{1,3})?)\s?(k|p|mp|megapixels?)$/.exec(text)
  if (amount) return readAmount(Number(amount[1]), amount[2] ?? "")
  if (/\d\s?[x×*]\s?\d/.test(text) && text.includes(".")) return undefined
  const size = parseSizeOrRatio(text)
  if (!size) return undefined
  return /[:：∶/]/.test(text) ? { _tag: "Ratio", size } : { _tag: "Pixels", size }
}

const readAmount = (amount: number, unit: string): SizeValue | undefined => {
  if (amount <= 0) return undefined
  switch (unit) {
    case "k":
      return { _tag: "Side", pixels: amount * 1024 }
    case "p":
      return { _tag: "Lines", pixels: amount }
    default:
      return { _tag: "Side", pixels: 1024 * Math.sqrt(amount) }
  }
}

/** `undefined` where a value says no size. */
export const readSizeValue = (wish: Wish, value: unknown): SizeValue | undefined => {
  const number = readNumber(typeof value === "string" ? value.replace(/\s?px$/i, "") : value)
  if (typeof number === "number") {
    switch (wish) {
      case "ratio":
        return ratio(`${Math.round(number * 1e4) / 1e4}:1`)
      case "megapixels":
        return readAmount(number, "mp")
      case "resolution":
        return number >= 100 ? { _tag: "Side", pixels: number } : undefined
      default:
        return undefined
    }
  }
  if (Array.isArray(value)) {
    const [width, height] = value.map(readNumber)
    return value.length === 2 && isSide(width) && isSide(height)
      ? { _tag: "Pixels", size: { width, height } }
      : undefined
  }
  return typeof value === "string" ? readSizeText(value, wish) : undefined
}

const largestSide = 99_999

export const isSide = (value: unknown): value is number =>
  typeof value === "number" && Number.isInteger(value) && value > largestRatioSide && value <= largestSide
