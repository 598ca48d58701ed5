import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { ConfigurationError } from "../../domain/Errors.ts"
import { optional, type Setting } from "./Setting.ts"

const quotes: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["'", "'"],
  ["`", "`"],
  ["“", "”"],
  ["‘", "’"],
  ["«", "»"]
])

/** Without the quotes that were pasted around it. Quotes within it are its own. */
export const unquoted = (text: string): string => {
  const open = text.slice(0, 1)
  const close = quotes.get(open)
  const inner = text.slice(1, -1)
  return text.length > 1 &&
    close !== undefined &&
    text.endsWith(close) &&
    !inner.includes(close) &&
    !inner.includes(open)
    ? inner.trim()
    : text
}

/** A key as it is sent, out of what people paste: without quotes, and without the header's name and its `Bearer`. */
export const mendedKey = (text: string): string => {
  const mended = unquoted(text.trim()).replace(/^(?:authorization:\s{0,9})?(?:bearer(?:\s{1,9}|$)){1,3}/i, "")
  return unquoted(mended.trim())
}

/**
 * A key that is sent in a header; `undefined` where it is not set. What no header can hold (blanks within it, characters
 * from a word processor) is told, for it would be refused far from here.
 */
export const sentKey = (variable: string): Effect.Effect<Setting<Redacted.Redacted<string> | undefined>> =>
  optional(variable, Config.Redacted(variable), "a text").pipe(
    Effect.map(
      Result.flatMap((given) => {
        const key = given === undefined ? "" : mendedKey(Redacted.value(given))
        if (key === "") return Result.succeed(undefined)
        return /^[!-~]+$/.test(key)
          ? Result.succeed(Redacted.make(key))
          : Result.fail(
              new ConfigurationError({
                variable,
                message: `${variable} must be one key as it was given out, without blanks or other characters in it.`
              })
            )
      })
    )
  )
