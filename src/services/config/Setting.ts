import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import { ConfigurationError } from "../../domain/Errors.ts"

/** A setting as it was found: its value, or what is wrong with it. */
export type Setting<A> = Result.Result<A, ConfigurationError>

/** A setting that is made of several variables, with all that is wrong with any of them. */
export interface Combined<A> {
  readonly setting: Setting<A>
  readonly problems: ReadonlyArray<ConfigurationError>
}

/** Reads one variable. What is wrong with it is told by name and by what is `expected`; its value may be a secret. */
export const setting = <A>(
  variable: string,
  config: Config.Config<A>,
  expected: string,
  accepts: (value: A) => boolean = () => true
): Effect.Effect<Setting<A>> => {
  const wrong = new ConfigurationError({ variable, message: `${variable} must be ${expected}.` })
  return config.pipe(
    Effect.mapError(() => wrong),
    Effect.filterOrFail(accepts, () => wrong),
    Effect.result
  )
}

/** Like {@link setting}; `undefined` where the variable is not set. */
export const optional = <A>(
  variable: string,
  config: Config.Config<A>,
  expected: string,
  accepts: (value: A) => boolean = () => true
) =>
  setting(variable, Config.option(config), expected, (found) => Option.isNone(found) || accepts(found.value)).pipe(
    Effect.map(Result.map(Option.getOrUndefined))
  )

/** One of a few words, in any case; the first of them where the variable is not set. */
export const word = <W extends string>(
  variable: string,
  words: readonly [W, W, ...ReadonlyArray<W>]
): Effect.Effect<Setting<W>> => {
  const find = (text: string) => words.find((each) => each === text.trim().toLowerCase())
  const quoted = words.map((each) => `\`${each}\``)
  const expected = `${quoted.slice(0, -1).join(", ")} or ${quoted.at(-1)}`
  return optional(variable, Config.String(variable), expected, (text) => find(text) !== undefined).pipe(
    Effect.map(Result.map((text) => find(text ?? "") ?? words[0]))
  )
}

const truths: ReadonlyArray<string> = ["true", "yes", "on", "1", "y"]
const falsehoods: ReadonlyArray<string> = ["false", "no", "off", "0", "n"]

/** `true` or `false`, and the other words for them, in any case; `false` where the variable is not set. */
export const flag = (variable: string): Effect.Effect<Setting<boolean>> =>
  optional(variable, Config.String(variable), "`true` or `false`", (text) =>
    [...truths, ...falsehoods].includes(text.toLowerCase())
  ).pipe(Effect.map(Result.map((text) => text !== undefined && truths.includes(text.toLowerCase()))))

/** A setting out of its parts, each of which may be wrong by itself. */
export const combine = <A>(parts: ReadonlyArray<Setting<unknown>>, whole: Setting<A>): Combined<A> => ({
  setting: whole,
  problems: problemsOf([...parts, whole])
})

/** What is wrong, each thing once. */
export const problemsOf = (settings: ReadonlyArray<Setting<unknown>>): ReadonlyArray<ConfigurationError> => [
  ...new Set(settings.flatMap((each) => (Result.isFailure(each) ? [each.failure] : [])))
]

/** Whether an address is one that is spoken to over HTTP. */
export const isHttp = ({ protocol }: URL): boolean => protocol === "http:" || protocol === "https:"

/** The entries of a comma-separated list. */
export const listed = (text: string): ReadonlyArray<string> =>
  text
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "")
