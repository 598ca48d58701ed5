import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { ConfigurationError } from "../../domain/Errors.ts"
import type { ModelSettings } from "../../domain/GenerationPlan.ts"
import { findModel, isOffered } from "../../domain/ModelCatalogue.ts"
import { maximumSteps } from "../../domain/PromptText.ts"
import { partnersSetting } from "./Partners.ts"
import { combine, listed, optional, type Setting } from "./Setting.ts"

/** `FLUX_MODEL`, `FLUX_SIZED_MODEL`, `FLUX_NUM_STEPS`, `MODEL_ALIASES`, `FALLBACK_MODEL` and `PARTNER_MODELS`. */
export const modelSettings = Effect.gen(function* () {
  const partnerModels = yield* partnersSetting
  const partners = Result.getOrElse(partnerModels, (): ReadonlySet<string> => new Set())
  const defaultModel = Result.flatMap(yield* optional("FLUX_MODEL", Config.String("FLUX_MODEL"), "a model"), (name) =>
    known(partners, "FLUX_MODEL", name ?? "@cf/black-forest-labs/flux-1-schnell")
  )
  const sizedModel = Result.flatMap(
    yield* optional("FLUX_SIZED_MODEL", Config.String("FLUX_SIZED_MODEL"), "a model, or `off`"),
    (name) =>
      name?.toLowerCase() === "off"
        ? Result.succeed(undefined)
        : known(partners, "FLUX_SIZED_MODEL", name ?? "@cf/black-forest-labs/flux-2-klein-4b")
  )
  const steps = yield* optional(
    "FLUX_NUM_STEPS",
    Config.Int("FLUX_NUM_STEPS"),
    `a whole number from 1 to ${maximumSteps}`,
    (count) => count >= 1 && count <= maximumSteps
  )
  const aliases = Result.flatMap(
    yield* optional("MODEL_ALIASES", Config.String("MODEL_ALIASES"), "a list such as `alias=model`"),
    (text) => parseAliases(partners, text ?? "")
  )
  const fallbackModels = Result.flatMap(
    yield* optional("FALLBACK_MODEL", Config.String("FALLBACK_MODEL"), "a list of models, or `off`"),
    (names = "off") =>
      names.toLowerCase() === "off"
        ? Result.succeed([])
        : Result.all(listed(names).map((name) => known(partners, "FALLBACK_MODEL", name)))
  )
  const models: Setting<ModelSettings> = Result.gen(function* () {
    const sized = yield* sizedModel
    const fallbacks = yield* fallbackModels
    const defaultSteps = yield* steps
    return {
      defaultModel: yield* defaultModel,
      ...(sized && { sizedModel: sized }),
      ...(defaultSteps !== undefined && { defaultSteps }),
      ...(fallbacks.length > 0 && { fallbackModels: [...new Set(fallbacks)] }),
      aliases: yield* aliases,
      partners: yield* partnerModels
    }
  })
  return combine([defaultModel, sizedModel, steps, aliases, fallbackModels, partnerModels], models)
})

const wrong = (variable: string, message: string) => Result.fail(new ConfigurationError({ variable, message }))

type Partners = ReadonlySet<string>

const known = (partners: Partners, variable: string, name: string) => {
  const model = findModel(name)
  if (model && !isOffered(model, { partners })) {
    return wrong(variable, `${variable} names a model of a partner that PARTNER_MODELS does not switch on.`)
  }
  return model
    ? Result.succeed(model)
    : wrong(variable, `${variable} names a model that this service does not know. docs/models.md lists those it does.`)
}

const parseAliases = (partners: Partners, text: string): Setting<ReadonlyMap<string, string>> => {
  const entries = text.split(",").filter((entry) => entry.trim() !== "")
  const aliases = new Map<string, string>()
  for (const entry of entries) {
    const [alias = "", model = "", ...more] = entry.split("=").map((part) => part.trim())
    const target = findModel(model)
    if (target && !isOffered(target, { partners })) {
      return wrong(
        "MODEL_ALIASES",
        "MODEL_ALIASES leads to a model of a partner that PARTNER_MODELS does not switch on."
      )
    }
    if (alias === "" || !target || more.length > 0) {
      return wrong(
        "MODEL_ALIASES",
        "MODEL_ALIASES must be a list such as `alias=model,…`, with models of docs/models.md."
      )
    }
    aliases.set(alias.toLowerCase(), model)
  }
  return Result.succeed(aliases)
}
