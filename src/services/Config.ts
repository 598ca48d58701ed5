import * as Config from "effect/Config"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { ConfigurationError } from "../domain/Errors.ts"
import type { ModelSettings } from "../domain/GenerationPlan.ts"
import { longestLifetime } from "../domain/ImageKey.ts"
import { Bindings, type WorkerBindings } from "./Bindings.ts"
import { type ApiKey, apiKeysSetting } from "./config/ApiKeys.ts"
import { type Backend, backendSetting } from "./config/Backend.ts"
import { type KeyLimits, keyLimits } from "./config/KeyLimits.ts"
import { modelSettings } from "./config/Models.ts"
import { type OperationSettings, operationSettings } from "./config/Operation.ts"
import { type Optimization, optimizationSetting } from "./config/Optimization.ts"
import { type ProvenanceMark, provenanceSetting } from "./config/Provenance.ts"
import { isHttp, listed, optional, problemsOf, type Setting, setting, word } from "./config/Setting.ts"
import { unquoted } from "./config/secret.ts"
import { webhookSecretSetting } from "./config/WebhookSecret.ts"

/**
 * The settings of this deployment. It always builds: what is missing or wrong is a failed {@link Setting}, met only by
 * the routes that need it; one that no route needs has its default. No message ever holds a value.
 */
export class AppConfig extends Context.Service<
  AppConfig,
  OperationSettings & {
    /** Never empty where it succeeds. */
    readonly apiKeys: Setting<ReadonlyArray<ApiKey>>
    readonly backend: Setting<Backend>
    readonly models: Setting<ModelSettings>
    readonly optimization: Setting<Optimization>
    /** Seconds for which a picture is kept. */
    readonly imageExpiration: Setting<number>
    readonly provenance: Setting<ProvenanceMark>
    /** Without a slash at its end; absent for the request's own origin. */
    readonly publicBaseUrl: Setting<string | undefined>
    readonly helperRequests: Setting<"answer" | "draw">
    /** Seconds for which the result of a generation is kept for a repeat of its request. */
    readonly jobWindow: Setting<number>
    readonly limits: Setting<KeyLimits>
    /** What webhooks are signed with; absent where there are none. */
    readonly webhookSecret: Setting<Redacted.Redacted<Uint8Array<ArrayBuffer>> | undefined>
    /** In lower case; absent for those of the chat dialect. */
    readonly editPhrases: ReadonlyArray<string> | undefined
    /** Everything that is missing or wrong, in the order in which to mend it. */
    readonly problems: ReadonlyArray<ConfigurationError>
    /** Whether none of the problems keeps the service from drawing. */
    readonly canDraw: boolean
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
      const helperRequests = yield* word("HELPER_REQUESTS", ["answer", "draw"])
      const provenance = yield* provenanceSetting
      const jobWindow = yield* setting(
        "JOB_WINDOW",
        Config.Int("JOB_WINDOW").pipe(Config.withDefault(120)),
        "a whole number of seconds from 1 to 86400",
        (seconds) => seconds >= 1 && seconds <= 86_400
      )
      const limits = yield* keyLimits(apiKeys, bindings)
      const webhookSecret = yield* webhookSecretSetting
      const editPhrases = yield* optional("EDIT_PHRASES", Config.String("EDIT_PHRASES"), "a text")
      const operation = yield* operationSettings
      const imageStore: Setting<unknown> = bindings.FLUX_CF_KV
        ? Result.succeed(undefined)
        : Result.fail(missingImageNamespace)
      return AppConfig.of({
        ...operation.settings,
        apiKeys,
        backend: backend.setting,
        models: models.setting,
        optimization: optimization.setting,
        imageExpiration,
        provenance,
        publicBaseUrl,
        helperRequests,
        jobWindow,
        limits: limits.setting,
        webhookSecret,
        editPhrases: phrasesIn(Result.getOrUndefined(editPhrases)),
        problems: [
          ...problemsOf([apiKeys, imageStore]),
          ...backend.problems,
          ...models.problems,
          ...problemsOf([imageExpiration, provenance]),
          ...optimization.problems,
          ...problemsOf([publicBaseUrl, helperRequests, jobWindow]),
          ...limits.problems,
          ...problemsOf([webhookSecret]),
          ...halfBound(bindings),
          ...operation.problems
        ],
        canDraw: [
          apiKeys,
          imageStore,
          backend.setting,
          models.setting,
          imageExpiration,
          provenance,
          optimization.setting,
          publicBaseUrl,
          helperRequests,
          jobWindow,
          limits.setting
        ].every((each: Setting<unknown>) => Result.isSuccess(each))
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

/** The ledger remembers what the runner draws, so that one without the other is a mistake. Requests are drawn all the same. */
const halfBound = ({ LEDGER, RUNNER }: WorkerBindings): ReadonlyArray<ConfigurationError> => {
  if (!LEDGER === !RUNNER) return []
  const [bound, missing] = LEDGER ? ["LEDGER", "RUNNER"] : ["RUNNER", "LEDGER"]
  return [
    new ConfigurationError({
      variable: missing,
      message: `${bound} is bound and ${missing} is not. A deploy with the project's wrangler.toml binds both.`
    })
  ]
}

const variablesOf = (env: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) =>
      typeof value === "string" && settingText(name, value) !== "" ? [[name, settingText(name, value)]] : []
    )
  )

/** Quotes are pasted around any setting. Those of a text for a model may be meant. */
const settingText = (name: string, value: string): string =>
  name === "SYSTEM_MESSAGE" ? value.trim() : unquoted(value.trim())

const phrasesIn = (text: string | undefined): ReadonlyArray<string> | undefined =>
  text === undefined ? undefined : listed(text.toLowerCase())
