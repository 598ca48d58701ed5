import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import type * as LogLevel from "effect/LogLevel"
import * as Result from "effect/Result"
import { ConfigurationError } from "../../domain/Errors.ts"
import { type Locale, locales, matchLocale } from "../../domain/Locale.ts"
import { isHttp, listed, optional, problemsOf, word } from "./Setting.ts"

/** How much a chat answer tells beside the picture: each stage, or one line. */
export type ChatStyle = "full" | "short"

/** How the service is run. None of it is needed to draw. */
export interface OperationSettings {
  /** What the page calls the place. */
  readonly title: string
  /** Absent for what `Accept-Language` asks for. */
  readonly locale: Locale | undefined
  readonly chatStyle: ChatStyle
  /** Empty for every origin. */
  readonly allowedOrigins: ReadonlyArray<string>
  readonly logLevel: LogLevel.LogLevel
  /** Whether prompts are logged. */
  readonly logPrompts: boolean
  /** Where traces are sent, without a slash at its end; absent for nowhere. */
  readonly otlpEndpoint: string | undefined
}

/**
 * `TITLE`, `LOCALE`, `CHAT_STYLE`, `ALLOWED_ORIGINS`, `LOG_LEVEL`, `LOG_PROMPTS` and `OTEL_EXPORTER_OTLP_ENDPOINT`, and what is wrong with them. A wrong
 * locale is English, the others have their defaults; but what is no origin lets nobody in.
 */
export const operationSettings = Effect.gen(function* () {
  const title = yield* optional(
    "TITLE",
    Config.String("TITLE"),
    `a name of at most ${longestTitle} characters`,
    ({ length }) => length <= longestTitle
  )
  const locale = yield* optional(
    "LOCALE",
    Config.String("LOCALE"),
    `one of ${locales.join(", ")}`,
    (tag) => matchLocale(tag) !== undefined
  )
  const chatStyle = yield* word<ChatStyle>("CHAT_STYLE", ["full", "short"])
  const origins = Result.map(
    yield* optional("ALLOWED_ORIGINS", Config.String("ALLOWED_ORIGINS"), originsExpected),
    (text) => listed(text ?? "*").map(originOf)
  )
  const logLevel = yield* optional(
    "LOG_LEVEL",
    Config.String("LOG_LEVEL"),
    `one of ${logLevels.join(", ")}`,
    (text) => levelOf(text) !== undefined
  )
  // Prompts are people's own: they are logged where that is said in so many words.
  const logPrompts = yield* optional("LOG_PROMPTS", Config.String("LOG_PROMPTS"), "`true` or `false`", (text) =>
    ["true", "false"].includes(text.toLowerCase())
  )
  const endpoint = yield* optional(
    "OTEL_EXPORTER_OTLP_ENDPOINT",
    Config.URL("OTEL_EXPORTER_OTLP_ENDPOINT"),
    "an http(s) address, without `?` and `#`",
    (url) => isHttp(url) && url.search === "" && url.hash === ""
  )
  const allowedOrigins = Result.getOrElse(origins, (): ReadonlyArray<string> => [])
  const settings: OperationSettings = {
    title: Result.getOrUndefined(title) ?? "Flux API Worker",
    locale: Result.isFailure(locale) ? "en" : localeOf(locale.success),
    chatStyle: Result.getOrElse(chatStyle, () => "full"),
    allowedOrigins: allowedOrigins.includes("*") ? [] : allowedOrigins,
    logLevel: levelOf(Result.getOrUndefined(logLevel)) ?? "Info",
    logPrompts: Result.getOrUndefined(logPrompts)?.toLowerCase() === "true",
    otlpEndpoint: Result.getOrUndefined(endpoint)?.href.replace(/\/+$/, "")
  }
  const checkedOrigins = allowedOrigins.every(isOrigin) ? origins : Result.fail(wrongOrigins)
  return { settings, problems: problemsOf([title, locale, chatStyle, checkedOrigins, logLevel, logPrompts, endpoint]) }
})

const longestTitle = 60

const localeOf = (tag: string | undefined): Locale | undefined => (tag === undefined ? undefined : matchLocale(tag))

const logLevels = ["All", "Trace", "Debug", "Info", "Warn", "Error", "Fatal", "None"] as const

const levelOf = (text: string | undefined): LogLevel.LogLevel | undefined =>
  logLevels.find((level) => level.toLowerCase() === text?.toLowerCase())

const originsExpected = "`*`, or a list of origins such as `https://chat.example.com`"

const wrongOrigins = new ConfigurationError({
  variable: "ALLOWED_ORIGINS",
  message: `ALLOWED_ORIGINS must be ${originsExpected}.`
})

/** People paste addresses with a slash at their end, which origins don't have. */
const originOf = (entry: string): string => entry.toLowerCase().replace(/\/$/, "")

/** As browsers tell them. That of a program that is no web page has a scheme of its own, or is `null`. */
const isOrigin = (origin: string): boolean =>
  origin === "*" || origin === "null" || /^[a-z][a-z0-9+.-]*:\/\/[^\s/?#@*]+$/.test(origin)
