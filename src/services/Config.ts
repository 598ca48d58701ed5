import * as Config from "effect/Config"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as LogLevel from "effect/LogLevel"
import * as Option from "effect/Option"
import type * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { ConfigurationError } from "../domain/Errors.ts"
import type { ModelSettings } from "../domain/GenerationPlan.ts"
import { longestLifetime } from "../domain/ImageKey.ts"
import { type Locale, matchLocale } from "../domain/Locale.ts"
import { Bindings } from "./Bindings.ts"
import { type ApiKey, apiKeysSetting } from "./config/ApiKeys.ts"
import { type Backend, backendSetting } from "./config/Backend.ts"
import { chatCompletionsUrl } from "./config/ExternalApi.ts"
import { type KeyLimits, keyLimits } from "./config/KeyLimits.ts"
import { modelSettings } from "./config/Models.ts"
import { isHttp, listed, optional, type Setting, setting } from "./config/Setting.ts"
import { sentKey, unquoted } from "./config/secret.ts"

/** The chat model that improves prompts. */
export interface OptimizerSettings {
  readonly url: string
  readonly model: string
  readonly apiKey: Redacted.Redacted<string> | undefined
  readonly systemMessage: string | undefined
}

/** How prompts are to be improved: not at all, wanted but not set up, or by a model. */
export type Optimization = "off" | "not_configured" | OptimizerSettings

/**
 * The settings of this deployment. It always builds: what is missing or wrong is a failed {@link Setting}, met only by
 * the routes that need it. No message ever holds a value.
 */
export class AppConfig extends Context.Service<
  AppConfig,
  {
    /** Never empty where it succeeds. */
    readonly apiKeys: Setting<ReadonlyArray<ApiKey>>
    readonly backend: Setting<Backend>
    readonly models: Setting<ModelSettings>
    readonly optimization: Setting<Optimization>
    /** Seconds for which a picture is kept. */
    readonly imageExpiration: Setting<number>
    /** Without a slash at its end; absent for the request's own origin. */
    readonly publicBaseUrl: Setting<string | undefined>
    readonly helperRequests: Setting<"answer" | "draw">
    /** Seconds for which the result of a generation is kept for a repeat of its request. */
    readonly jobWindow: Setting<number>
    readonly limits: Setting<KeyLimits>
    /** In lower case; absent for those of the chat dialect. */
    readonly editPhrases: ReadonlyArray<string> | undefined
    /** Absent for what `Accept-Language` asks for. */
    readonly locale: Locale | undefined
    /** Empty for every origin. */
    readonly allowedOrigins: ReadonlyArray<string>
    readonly logLevel: LogLevel.LogLevel
    /** Whether prompts are logged. */
    readonly logPrompts: boolean
    /** Where traces are sent, without a slash at its end; absent for nowhere. */
    readonly otlpEndpoint: string | undefined
    /** Everything that keeps the service from drawing, in the order in which to mend it. */
    readonly problems: ReadonlyArray<ConfigurationError>
  }
>()("flux/services/AppConfig") {
  /** Reads the current ConfigProvider, and looks which bindings there are. */
  static readonly layer = Layer.effect(
    AppConfig,
    Effect.gen(function* () {
      const bindings = yield* Bindings
      const apiKeys = yield* apiKeysSetting
      const backend = yield* backendSetting(bindings)
      const models = yield* modelSettings
      const optimization = yield* optimizationSetting
      const imageExpiration = yield* setting(
        "IMAGE_EXPIRATION",
        Config.Int("IMAGE_EXPIRATION").pipe(Config.withDefault(1800)),
        `a whole number of seconds from 60 to ${longestLifetime}`,
        (seconds) => seconds >= 60 && seconds <= longestLifetime
      )
      const publicBaseUrl = yield* optional(
        "PUBLIC_BASE_URL",
        Config.URL("PUBLIC_BASE_URL"),
        "an https:// address, without `?` and `#`",
        (url) => isHttp(url) && url.search === "" && url.hash === ""
      ).pipe(Effect.map(Result.map((url) => url?.href.replace(/\/+$/, ""))))
      const helperRequests = yield* setting(
        "HELPER_REQUESTS",
        Config.Literals(["answer", "draw"], "HELPER_REQUESTS").pipe(Config.withDefault("answer" as const)),
        "`answer` or `draw`"
      )
      const jobWindow = yield* setting(
        "JOB_WINDOW",
        Config.Int("JOB_WINDOW").pipe(Config.withDefault(120)),
        "a whole number of seconds from 1 to 86400",
        (seconds) => seconds >= 1 && seconds <= 86_400
      )
      const limits = yield* keyLimits(apiKeys, bindings)
      const text = (name: string) =>
        Config.String(name).pipe(
          Config.option,
          Effect.map(Option.getOrUndefined),
          Effect.orElseSucceed(() => undefined)
        )
      const locale = yield* text("LOCALE")
      const editPhrases = yield* text("EDIT_PHRASES")
      const allowedOrigins = listed((yield* text("ALLOWED_ORIGINS")) ?? "*")
      const imageStore: Setting<unknown> = bindings.FLUX_CF_KV
        ? Result.succeed(undefined)
        : Result.fail(missingImageNamespace)
      return AppConfig.of({
        apiKeys,
        backend,
        models,
        optimization,
        imageExpiration,
        publicBaseUrl,
        helperRequests,
        jobWindow,
        limits,
        editPhrases: editPhrases === undefined ? undefined : listed(editPhrases.toLowerCase()),
        locale: locale === undefined ? undefined : (matchLocale(locale) ?? "en"),
        allowedOrigins: allowedOrigins.includes("*") ? [] : allowedOrigins,
        logLevel: logLevelFrom(yield* text("LOG_LEVEL")),
        logPrompts: (yield* text("LOG_PROMPTS"))?.toLowerCase() === "true",
        otlpEndpoint: (yield* text("OTEL_EXPORTER_OTLP_ENDPOINT"))?.replace(/\/+$/, ""),
        problems: [
          apiKeys,
          imageStore,
          backend,
          models,
          imageExpiration,
          optimization,
          publicBaseUrl,
          helperRequests,
          jobWindow,
          limits
        ].flatMap((each: Setting<unknown>) => (Result.isFailure(each) ? [each.failure] : []))
      })
    })
  )

  /** {@link AppConfig.layer} over the variables among `env`; its bindings and other objects are passed over. */
  static readonly layerEnv = (env: Readonly<Record<string, unknown>>) =>
    AppConfig.layer.pipe(Layer.provide(ConfigProvider.layer(ConfigProvider.fromEnvRecord(variablesOf(env)))))
}

/** `FLUX_CF_KV` is not bound. */
export const missingImageNamespace = new ConfigurationError({
  variable: "FLUX_CF_KV",
  message: "No KV namespace is bound as FLUX_CF_KV, so pictures can't be kept. Bind one under that name."
})

const variablesOf = (env: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) =>
      typeof value === "string" && settingText(name, value) !== "" ? [[name, settingText(name, value)]] : []
    )
  )

/** Quotes are pasted around any setting. Those of a text for a model may be meant. */
const settingText = (name: string, value: string): string =>
  name === "SYSTEM_MESSAGE" ? value.trim() : unquoted(value.trim())

const logLevelFrom = (text: string | undefined): LogLevel.LogLevel =>
  (["All", "Fatal", "Error", "Warn", "Info", "Debug", "Trace", "None"] as const).find(
    (level) => level.toLowerCase() === text?.toLowerCase()
  ) ?? "Info"

const optimizationSetting = Effect.gen(function* () {
  const wanted = yield* setting(
    "PROMPT_OPTIMIZATION",
    Config.Boolean("PROMPT_OPTIMIZATION").pipe(Config.withDefault(false)),
    "`true` or `false`"
  )
  const base = yield* optional("EXTERNAL_API_BASE", Config.String("EXTERNAL_API_BASE"), "an http(s) address")
  const model = yield* optional("EXTERNAL_MODEL", Config.String("EXTERNAL_MODEL"), "a model name")
  const apiKey = yield* sentKey("EXTERNAL_API_KEY")
  const systemMessage = yield* optional("SYSTEM_MESSAGE", Config.String("SYSTEM_MESSAGE"), "a text")
  return Result.gen(function* () {
    if (!(yield* wanted)) return "off" as const
    const name = yield* model
    const address = yield* base
    if (name === undefined || address === undefined) return "not_configured" as const
    const url = chatCompletionsUrl(address)
    if (url === undefined) {
      return yield* Result.fail(
        new ConfigurationError({
          variable: "EXTERNAL_API_BASE",
          message: "EXTERNAL_API_BASE must be an http(s) address, without a name or a password in it."
        })
      )
    }
    return { url, model: name, apiKey: yield* apiKey, systemMessage: yield* systemMessage }
  })
})
