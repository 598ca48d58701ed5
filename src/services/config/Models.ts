import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { ConfigurationError } from "../../domain/Errors.ts"
import type { ModelSettings } from "../../domain/GenerationPlan.ts"
import { findModel } from "../../domain/ModelCatalogue.ts"
import { maximumSteps } from "../../domain/PromptText.ts"
import { optional, type Setting } from "./Setting.ts"

/** `FLUX_MODEL`, `FLUX_SIZED_MODEL`, `FLUX_NUM_STEPS` and `MODEL_ALIASES`. */
export const modelSettings: Effect.Effect<Setting<ModelSettings>> = Effect.gen(function* () {
  const defaultModel = yield* optional("FLUX_MODEL", Config.String("FLUX_MODEL"), "a model")
  const sizedModel = yield* optional("FLUX_SIZED_MODEL", Config.String("FLUX_SIZED_MODEL"), "a model, or `off`")
  const steps = yield* optional(
    "FLUX_NUM_STEPS",
    Config.Int("FLUX_NUM_STEPS"),
    `a whole number from 1 to ${maximumSteps}`
  )
  const aliases = yield* optional("MODEL_ALIASES", Config.String("MODEL_ALIASES"), "a list such as `alias=model`")
  return Result.gen(function* () {
    const sizedName = (yield* sizedModel) ?? "@cf/black-forest-labs/flux-2-klein-4b"
    const defaultSteps = yield* steps
    if (defaultSteps !== undefined && (defaultSteps < 1 || defaultSteps > maximumSteps)) {
      return yield* wrong("FLUX_NUM_STEPS", `FLUX_NUM_STEPS must be a whole number from 1 to ${maximumSteps}.`)
    }
    return {
      defaultModel: yield* known("FLUX_MODEL", (yield* defaultModel) ?? "@cf/black-forest-labs/flux-1-schnell"),
      ...(sizedName.toLowerCase() !== "off" && { sizedModel: yield* known("FLUX_SIZED_MODEL", sizedName) }),
      ...(defaultSteps !== undefined && { defaultSteps }),
      aliases: yield* parseAliases((yield* aliases) ?? "")
    }
  })
})

const wrong = (variable: string, message: string) => Result.fail(new ConfigurationError({ variable, message }))

const known = (variable: string, name: string) => {
  const model = findModel(name)
  return model
    ? Result.succeed(model)
    : wrong(variable, `${variable} names a model that this service does not know. The README lists those it does.`)
}

const parseAliases = (text: string): Setting<ReadonlyMap<string, string>> => {
  const entries = text.split(",").filter((entry) => entry.trim() !== "")
  const aliases = new Map<string, string>()
  for (const entry of entries) {
    const [alias = "", model = "", ...more] = entry.split("=").map((part) => part.trim())
    if (alias === "" || !findModel(model) || more.length > 0) {
      return wrong(
        "MODEL_ALIASES",
        "MODEL_ALIASES must be a list such as `alias=model,…`, with models that the README lists."
      )
    }
    aliases.set(alias.toLowerCase(), model)
  }
  return Result.succeed(aliases)
}
