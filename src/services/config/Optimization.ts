import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import type * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { ConfigurationError } from "../../domain/Errors.ts"
import { defaultTextModel, isRetired, type TextModel, textModelOf } from "../../domain/TextModelCatalogue.ts"
import { chatCompletionsUrl } from "./ExternalApi.ts"
import { combine, flag, optional, type Setting } from "./Setting.ts"
import { sentKey } from "./secret.ts"

/** A chat model behind an OpenAI-compatible API. */
export interface ExternalImprover {
  readonly _tag: "External"
  readonly url: string
  readonly model: string
  readonly apiKey: Redacted.Redacted<string> | undefined
  readonly systemMessage: string | undefined
}

/** A text model of Workers AI, on the backend that draws. */
export interface WorkersAiImprover {
  readonly _tag: "WorkersAi"
  readonly model: TextModel
  readonly systemMessage: string | undefined
}

/** Whether prompts are to be improved, and by whom. */
export interface Optimization {
  /** `PROMPT_OPTIMIZATION`: whether prompts are improved where a request says nothing of it. */
  readonly wanted: boolean
  /** Never a failure where it is wanted; `undefined` where what is set is not enough for an API. */
  readonly improver: Setting<ExternalImprover | WorkersAiImprover | undefined>
}

/** `PROMPT_OPTIMIZATION`, and the model with which. Without `EXTERNAL_API_BASE` that is one of Workers AI. */
export const optimizationSetting = Effect.gen(function* () {
  const wanted = yield* flag("PROMPT_OPTIMIZATION")
  const url = Result.flatMap(
    yield* optional("EXTERNAL_API_BASE", Config.String("EXTERNAL_API_BASE"), "an http(s) address"),
    checkedUrl
  )
  const model = yield* optional("EXTERNAL_MODEL", Config.String("EXTERNAL_MODEL"), "a model name")
  const apiKey = yield* sentKey("EXTERNAL_API_KEY")
  const systemMessage = yield* optional("SYSTEM_MESSAGE", Config.String("SYSTEM_MESSAGE"), "a text")
  const improver: Optimization["improver"] = Result.gen(function* () {
    const address = yield* url
    const name = yield* model
    const told = { systemMessage: yield* systemMessage }
    if (address !== undefined) {
      if (name === undefined) return undefined
      return { _tag: "External", url: address, model: name, apiKey: yield* apiKey, ...told } as const
    }
    if (name === undefined) return { _tag: "WorkersAi", model: defaultTextModel, ...told } as const
    // A name of another kind belongs to an API that is not set.
    if (!name.startsWith("@cf/")) return undefined
    return isModelId(name)
      ? ({ _tag: "WorkersAi", model: textModelOf(name), ...told } as const)
      : yield* Result.fail(wrongModel)
  })
  const optimization: Setting<Optimization> = Result.gen(function* () {
    const isWanted = yield* wanted
    if (isWanted) yield* improver
    return { wanted: isWanted, improver }
  })
  // No picture fails for it: prompts are drawn as they are, which somebody should know.
  const offered = Result.flatMap(model, (name) =>
    name?.startsWith("@cf/") && isRetired(name) ? Result.fail(retiredModel) : Result.void
  )
  return combine([wanted, url, model, offered, apiKey, systemMessage, improver], optimization)
})

/** It becomes a part of an address. */
const isModelId = (name: string): boolean => /^@cf(?:\/[\w-][\w.-]{0,100}){2}$/.test(name)

const checkedUrl = (address: string | undefined): Setting<string | undefined> => {
  if (address === undefined) return Result.succeed(undefined)
  const url = chatCompletionsUrl(address)
  return url === undefined ? Result.fail(wrongBase) : Result.succeed(url)
}

const wrongBase = new ConfigurationError({
  variable: "EXTERNAL_API_BASE",
  message: "EXTERNAL_API_BASE must be an http(s) address, without a name or a password in it."
})

const retiredModel = new ConfigurationError({
  variable: "EXTERNAL_MODEL",
  message:
    "EXTERNAL_MODEL names a model that Workers AI has retired, so prompts are drawn as they are. Name another, or none."
})

const wrongModel = new ConfigurationError({
  variable: "EXTERNAL_MODEL",
  message: `EXTERNAL_MODEL must be the id of a text model such as ${defaultTextModel.id}, or the name of a model of EXTERNAL_API_BASE.`
})
