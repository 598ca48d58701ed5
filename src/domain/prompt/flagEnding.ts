import { maximumGuidance } from "../DrawWishes.ts"
import { InvalidRequest } from "../Errors.ts"
import { type ImageSize, parseRatio, parseSizeOrRatio } from "../ImageSize.ts"
import { closes, emojiBefore, isCloser, isOpener, isPunctuation } from "./marks.ts"
import { anySeed, maximumImages, maximumSeed, maximumSteps, type PromptFlags } from "./PromptFlags.ts"

/** A flag at the end of a prompt. */
export type FlagEnding =
  | { readonly _tag: "Known"; readonly start: number; readonly flags: PromptFlags; readonly closers: string }
  /** It stays where it is, and what stands before it may be a flag of ours. */
  | { readonly _tag: "Unknown"; readonly start: number }
  | { readonly _tag: "Wrong"; readonly error: InvalidRequest }

/** The flags that a value asks for, or what it should have been. */
type FlagReader = (value: string) => PromptFlags | string

const whole =
  (key: "seed" | "n" | "steps", minimum: number, maximum: number): FlagReader =>
  (value) => {
    const number = /^\d{1,10}$/.test(value) ? Number(value) : Number.NaN
    return number >= minimum && number <= maximum ? { [key]: number } : `a whole number from ${minimum} to ${maximum}`
  }

const seed = whole("seed", 0, maximumSeed)

const sized =
  (read: (value: string) => ImageSize | undefined, expected: string): FlagReader =>
  (value) => {
    const size = read(value)
    return size ? { size } : expected
  }

const decimal =
  (key: "guidance" | "strength", maximum: number): FlagReader =>
  (value) => {
    const number = /^\d{1,3}(?:[.,]\d{1,6})?$/.test(value) ? Number(value.replace(",", ".")) : Number.NaN
    return number <= maximum ? { [key]: number } : `a number from 0 to ${maximum}`
  }

const ratio = sized(parseRatio, "a ratio such as 16:9")

const valueFlags: ReadonlyMap<string, FlagReader> = new Map([
  ["ar", ratio],
  ["aspect", ratio],
  ["aspect-ratio", ratio],
  ["aspectratio", ratio],
  ["ratio", ratio],
  ["size", sized(parseSizeOrRatio, "a size in pixels such as 1024x576")],
  ["seed", (value) => (/^(?:-1|random|any)$/.test(value) ? { seed: anySeed } : seed(value))],
  ["n", whole("n", 1, maximumImages)],
  ["steps", whole("steps", 1, maximumSteps)],
  ["guidance", decimal("guidance", maximumGuidance)],
  ["strength", decimal("strength", 1)],
  ["model", (value) => (value === "" ? "the name of a model" : { model: value })]
])

const bareFlags: ReadonlyMap<string, PromptFlags> = new Map([
  ["raw", { raw: true }],
  ["improve", { raw: false }],
  ["edit", { edit: true }]
])

const longestEnding = 160

// Before an ordinary word, a single hyphen or a slash is text. Phones turn the two hyphens into a dash while one types.
const dashes = "[-–—―]{2}|[-–—―/]"
const quotes = "[\"'`*_“”„‘’«»「」『』]{0,4}"
// Linear: every repetition is bounded, and of a prompt its end alone is looked at.
const flag = new RegExp(
  `(?:^|(?<=[\\s,;，、；|([{\`*"'“„«（【「]))(${dashes})([a-z][a-z-]{0,19})` +
    `(?:[\\s=:]{1,20}(${quotes})(\\d{1,5}\\s{0,3}[:x×*/]\\s{0,3}\\d{1,5}(?:\\s?px)?|(?!--|[–—])(?:(?![,;、|](?:--|[–—]))\\S){1,100}))?$`,
  "u"
)
const unknownFlag = /(?:^|\s)--([a-z][a-z-]{0,19})(?:[\s=]{1,20}((?!--|[–—])\S{1,100}))?$/

/**
 * The flag that `text` ends with, `closers` being the marks that stand after it. The punctuation after a flag is the
 * sentence's, not the value's. `written` gives a value as it was written.
 */
export const readFlagEnding = (
  text: string,
  closers: string,
  written: (start: number, end: number) => string
): FlagEnding | undefined => {
  const ending = beforeEnding(text)
  const offset = Math.max(0, ending.at - longestEnding)
  const match = flag.exec(text.slice(offset, ending.at))
  const [, dash = "", name = "", quote = "", value] = match ?? []
  const single = dash === "-" || dash === "/"
  const found = match && !(single && bareFlags.has(name)) ? readFlag(name, value, ending.at, written) : undefined
  if (match && found !== undefined) {
    if (typeof found !== "string") {
      const unquoted = Array.from(quote).reduceRight(
        (left, opener) => (closes(left.charAt(0), opener) ? left.slice(1) : left),
        ending.closers + closers
      )
      const only = found.model !== undefined && text.charAt(ending.at) === "!"
      return {
        _tag: "Known",
        flags: only ? { ...found, only } : found,
        ...beforeOpeners(text, offset + match.index, unquoted)
      }
    }
    if (!single) {
      const error = new InvalidRequest({ message: `--${name} takes ${found}.`, param: `--${name}` })
      return { _tag: "Wrong", error }
    }
  }
  const tail = text.slice(-longestEnding)
  const unknown = unknownFlag.exec(tail)
  return unknown?.[1] && unknown[1] !== "no" && !valueFlags.has(unknown[1]) && !bareFlags.has(unknown[1])
    ? { _tag: "Unknown", start: text.length - tail.length + unknown.index }
    : undefined
}

const longestNegative = 400
// One dash alone is text: in Spanish a line of speech begins with "—No".
// Linear: it sees the end of a prompt alone, and its parts are bounded.
const negative = /(?:^|(?<=[\s,;(]))--no[\s=:]{1,20}((?:(?!\s--[a-z])[^\n]){1,380})$/

/** A `--no` that `text` ends with, whose value is all that follows: several words, with commas between them. */
export const readNegativeEnding = (
  text: string,
  closers: string,
  written: (start: number, end: number) => string
): FlagEnding | undefined => {
  const ending = beforeEnding(text)
  const offset = Math.max(0, ending.at - longestNegative)
  const match = negative.exec(text.slice(offset, ending.at))
  const value = match?.[1]
  if (!match || value === undefined) return undefined
  const [opener = ""] = /^["'`“„«「『]/.exec(value) ?? []
  const left = ending.closers + closers
  const unquoted = opener !== "" && closes(left.charAt(0), opener) ? left.slice(1) : left
  const negativePrompt = written(ending.at - value.length + opener.length, ending.at).trim()
  if (negativePrompt === "") return undefined
  return { _tag: "Known", flags: { negativePrompt }, ...beforeOpeners(text, offset + match.index, unquoted) }
}

/** What a flag asks for; what its value should have been (a string); or `undefined` where it is no flag but text. */
const readFlag = (
  name: string,
  value: string | undefined,
  end: number,
  written: (start: number, end: number) => string
): PromptFlags | string | undefined => {
  const bare = bareFlags.get(name)
  if (bare) return value === undefined ? bare : undefined
  const given = value ?? ""
  return valueFlags.get(name)?.(name === "model" ? written(end - given.length, end) : given)
}

interface Ending {
  readonly at: number
  /** The inner ones first. */
  readonly closers: string
}

/** Before the blanks, punctuation, emoji and marks at the end. */
const beforeEnding = (text: string): Ending => {
  let at = text.length
  let closers = ""
  while (at > 0 && text.length - at < longestEnding) {
    const character = text.charAt(at - 1)
    if (isCloser(character)) closers = character + closers
    else if (!/\s/.test(character) && !isPunctuation(character) && emojiBefore(text, at) === "") break
    at -= emojiBefore(text, at).length || 1
  }
  return { at, closers }
}

const beforeOpeners = (text: string, start: number, closers: string): { start: number; closers: string } => {
  const character = text.charAt(start - 1)
  if (/\s/.test(character)) return beforeOpeners(text, start - 1, closers)
  if (closes(closers.charAt(0), character)) return beforeOpeners(text, start - 1, closers.slice(1))
  if (closers === "" && isOpener(character)) return beforeOpeners(text, start - 1, closers)
  return { start, closers }
}
