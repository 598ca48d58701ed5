import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import type * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { ConfigurationError } from "../../domain/Errors.ts"
import { chatCompletionsUrl } from "./ExternalApi.ts"
import { combine, flag, optional, type Setting } from "./Setting.ts"
import { sentKey } from "./secret.ts"

/** The chat model that improves prompts. */
export interface OptimizerSettings {
  readonly url: string
  readonly model: string
  readonly apiKey: Redacted.Redacted<string> | undefined
  readonly systemMessage: string | undefined
}

/** How prompts are to be improved: not at all, wanted but not set up, or by a model. */
export type Optimization = "off" | "not_configured" | OptimizerSettings

/** `PROMPT_OPTIMIZATION`, and the chat model with which. */
export const optimizationSetting = Effect.gen(function* () {
  const wanted = yield* flag("PROMPT_OPTIMIZATION")
  const url = Result.flatMap(
    yield* optional("EXTERNAL_API_BASE", Config.String("EXTERNAL_API_BASE"), "an http(s) address"),
    checkedUrl
  )
  const model = yield* optional("EXTERNAL_MODEL", Config.String("EXTERNAL_MODEL"), "a model name")
  const apiKey = yield* sentKey("EXTERNAL_API_KEY")
  const systemMessage = yield* optional("SYSTEM_MESSAGE", Config.String("SYSTEM_MESSAGE"), "a text")
  const optimization: Setting<Optimization> = Result.gen(function* () {
    if (!(yield* wanted)) return "off"
    const name = yield* model
    if (name === undefined) return "not_configured"
    const address = yield* url
    if (address === undefined) return "not_configured"
    return { url: address, model: name, apiKey: yield* apiKey, systemMessage: yield* systemMessage }
  })
  return combine([wanted, url, model, apiKey, systemMessage], optimization)
})

const checkedUrl = (address: string | undefined): Setting<string | undefined> => {
  if (address === undefined) return Result.succeed(undefined)
  const url = chatCompletionsUrl(address)
  return url === undefined ? Result.fail(wrongBase) : Result.succeed(url)
}

const wrongBase = new ConfigurationError({
  variable: "EXTERNAL_API_BASE",
  message: "EXTERNAL_API_BASE must be an http(s) address, without a name or a password in it."
})
