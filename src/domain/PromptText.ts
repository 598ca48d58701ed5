import * as Result from "effect/Result"
import { InvalidRequest } from "./Errors.ts"
import { type ImageSize, parseSize, ratioSizes, sizeLike } from "./ImageSize.ts"

/** What the end of a prompt asks for. */
export interface PromptFlags {
  readonly size?: ImageSize
  readonly seed?: number
  readonly n?: number
  readonly steps?: number
  readonly model?: string
  /** `--raw`: draw the prompt as it is, without optimization. */
  readonly raw?: true
  /** `--edit`: change the newest picture of the conversation. */
  readonly edit?: true
}

export interface PromptText {
  /** The prompt without the flags; empty where there was nothing else. */
  readonly prompt: string
  readonly flags: PromptFlags
}

export const maximumSeed = 4294967295
export const maximumImages = 10
export const maximumSteps = 50

type FlagReader = (value: string) => PromptFlags | string

const whole =
  (key: "seed" | "n" | "steps", minimum: number, maximum: number): FlagReader =>
  (value) => {
    const number = /^\d{1,10}$/.test(value) ? Number(value) : Number.NaN
    return number >= minimum && number <= maximum ? { [key]: number } : `a whole number from ${minimum} to ${maximum}`
  }

const sized =
  (read: (value: string) => ImageSize | undefined, expected: string): FlagReader =>
  (value) => {
    const size = read(value)
    return size ? { size } : expected
  }

/** Any ratio up to 99:99: those of the table have their own size, the others get about a million pixels. */
const readRatio = (value: string): ImageSize | undefined => {
  const match = /^([1-9]\d?)[:：]([1-9]\d?)$/.exec(value)
  if (!match) return undefined
  return (
    ratioSizes.get(`${match[1]}:${match[2]}`) ??
    sizeLike({ width: Number(match[1]), height: Number(match[2]) }, { _tag: "Range", minimum: 256, maximum: 1920 })
  )
}

const valueFlags: ReadonlyMap<string, FlagReader> = new Map([
  ["ar", sized(readRatio, "a ratio such as 16:9")],
  ["size", sized(parseSize, "a size in pixels such as 1024x576")],
  ["seed", whole("seed", 0, maximumSeed)],
  ["n", whole("n", 1, maximumImages)],
  ["steps", whole("steps", 1, maximumSteps)],
  ["model", (value) => (value === "" ? "the name of a model" : { model: value })]
])

const bareFlags: ReadonlyMap<string, PromptFlags> = new Map([
  ["raw", { raw: true }],
  ["edit", { edit: true }]
])

// Phones turn the two hyphens into a dash while one types. The lengths are bounded so that only a tail has to be read.
const tailLength = 160
const flagAtEnd = /(?:^|\s)(?:--|[–—])([a-z][a-z-]{0,19})(?:[\s=]{1,20}((?!--|[–—])\S{1,100}))?$/i
const ratioAtEnd = /(?<![\d:：/-]|\d[.,])(\d{1,2}[:：]\d{1,2})$/
const separator = /[\s,;，、；]/

/**
 * Splits a prompt from the ratio (`A cat 16:9`) and the flags (`--ar 16:9`, `--size 1024x576`, `--seed 42`, `--n 2`,
 * `--steps 8`, `--model klein`, `--raw`, `--edit`) at its end, in any order. Of two that say the same thing the last one
 * counts. Flags that are not ours stay in the prompt, and so does a ratio that is not in the table: "the clock says 10:30"
 * is text. A flag of ours with a value that it can't have is an {@link InvalidRequest}.
 */
export const parsePrompt = (text: string): Result.Result<PromptText, InvalidRequest> => {
  let rest = text.trim()
  let unknown = ""
  let flags: PromptFlags = {}
  for (;;) {
    const tail = rest.slice(-tailLength)
    const ratio = ratioAtEnd.exec(tail)?.[1]
    const ratioSize = ratio && ratioSizes.get(ratio.replace("：", ":"))
    if (ratio && ratioSize && !endsWithFlagValue(tail, ratio)) {
      rest = withoutSeparators(rest.slice(0, -ratio.length))
      flags = { size: ratioSize, ...flags }
      continue
    }
    const flag = flagAtEnd.exec(tail)
    if (!flag) break
    const [matched, name = "", value] = flag
    const found = readFlag(name.toLowerCase(), value)
    if (found === undefined) break
    if (typeof found === "string") {
      return Result.fail(new InvalidRequest({ message: `--${name} takes ${found}.`, param: `--${name.toLowerCase()}` }))
    }
    // A dash before an ordinary word is punctuation.
    if (found === unknownFlag && !matched.trimStart().startsWith("--")) break
    if (found === unknownFlag) unknown = `${matched}${unknown}`
    else flags = { ...found, ...flags }
    rest = rest.slice(0, -matched.length).trimEnd()
  }
  return Result.succeed({ prompt: `${rest}${unknown}`.trim(), flags })
}

const unknownFlag: PromptFlags = {}

/** What a flag asks for; what its value should have been (a string); or `undefined` where it is no flag but text. */
const readFlag = (name: string, value: string | undefined): PromptFlags | string | undefined => {
  const bare = bareFlags.get(name)
  if (bare) return value === undefined ? bare : undefined
  const read = valueFlags.get(name)
  return read ? read(value ?? "") : unknownFlag
}

/** In `--ar 16:9` the ratio belongs to the flag; `--raw` takes no value. */
const endsWithFlagValue = (tail: string, ratio: string): boolean => {
  const [, name = "", value = ""] = flagAtEnd.exec(tail) ?? []
  return value.endsWith(ratio) && !bareFlags.has(name.toLowerCase())
}

// A loop, for a regular expression that ends in `+$` tries anew at each separator in the text.
const withoutSeparators = (text: string): string => {
  let end = text.length
  while (end > 0 && separator.test(text.charAt(end - 1))) end -= 1
  return text.slice(0, end)
}
