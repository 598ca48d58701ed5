import * as Result from "effect/Result"
import type { InvalidRequest } from "./Errors.ts"
import { readFlagEnding, readNegativeEnding } from "./prompt/flagEnding.ts"
import { closersFor, separatorsBefore } from "./prompt/marks.ts"
import type { PromptFlags } from "./prompt/PromptFlags.ts"
import { readRatioEnding } from "./prompt/ratioEnding.ts"
import { isVisible, readTail, trimUnseen } from "./prompt/tail.ts"

export { anySeed, maximumImages, maximumSeed, maximumSteps, type PromptFlags } from "./prompt/PromptFlags.ts"

export interface PromptText {
  /** The prompt without the flags; empty where there was nothing else to see. */
  readonly prompt: string
  readonly flags: PromptFlags
}

/** Of several all are meant. */
const bothNegatives = (former: PromptFlags, latter: PromptFlags): PromptFlags =>
  former.negativePrompt && latter.negativePrompt
    ? { negativePrompt: `${former.negativePrompt}, ${latter.negativePrompt}` }
    : {}

// Each of them takes time, and nobody needs more.
const mostEndings = 64

/**
 * Splits a prompt from the ratio (`A cat 16:9`) and the flags (`--ar 16:9`, `--size 1024x576`, `--seed 42`, `--n 2`,
 * `--steps 8`, `--model klein`, `--guidance 4`, `--strength 0.6`, `--no dogs, text`, `--raw`, `--improve`, `--edit`) at its end, in any order. Of two that speak of the same thing
 * the last one counts.
 *
 * A ratio may be spelled, marked and put into brackets as people do, may be called by its name ("aspect ratio 16:9", "im
 * Format 16:9", "比例16:9"), and words may follow that are about the picture's shape, size or resolution only. Without such
 * a name it has to be in the table. After a word of saying, reading or time it is text: "the clock says 9:16".
 *
 * Flags that are not ours stay in the prompt. A flag of ours with a value that it can't have is an {@link InvalidRequest}.
 * Only a bounded end of the text is looked at, and a text without any of this is returned as it was, but for blanks around it.
 */
export const parsePrompt = (text: string): Result.Result<PromptText, InvalidRequest> => {
  const tail = readTail(text)
  const written = (start: number, end: number) => text.slice(tail.origin(start), tail.origin(end))
  let end = tail.text.length
  let closers = ""
  let unknown = ""
  let flags: PromptFlags = {}
  for (let count = 0; count < mostEndings; count += 1) {
    const rest = tail.text.slice(0, end)
    const flag = readFlagEnding(rest, closers, written)
    if (flag?._tag === "Wrong") return Result.fail(flag.error)
    if (flag?._tag === "Unknown") {
      unknown = `${written(flag.start, end)}${unknown}`
      end = rest.slice(0, flag.start).trimEnd().length
      continue
    }
    const ratio = flag ? undefined : readRatioEnding(rest, closers, (index) => written(Math.max(0, index - 60), index))
    const found =
      flag ??
      (ratio && { ...ratio, _tag: "Known" as const, flags: { size: ratio.size } }) ??
      readNegativeEnding(rest, closers, written)
    if (found?._tag !== "Known") break
    flags = { ...found.flags, ...flags, ...bothNegatives(found.flags, flags) }
    closers = found.closers
    end = separatorsBefore(tail.text, found.start)
  }
  if (Object.keys(flags).length === 0) return Result.succeed({ prompt: isVisible(text) ? text.trim() : "", flags })
  const rest = trimUnseen(text.slice(0, tail.origin(end)))
  const prompt = `${rest}${unknown}${closersFor(rest, closers)}`.trim()
  return Result.succeed({ prompt: isVisible(prompt) ? prompt : "", flags })
}
