import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { ConfigurationError } from "../../domain/Errors.ts"
import { findModel } from "../../domain/ModelCatalogue.ts"
import { partnerModels } from "../../domain/partnerModels.ts"
import { listed, optional, type Setting } from "./Setting.ts"

/** `PARTNER_MODELS`: the ids of the models that it names, of all for `all`, of none where it is not set. */
export const partnersSetting: Effect.Effect<Setting<ReadonlySet<string>>> = Effect.map(
  optional("PARTNER_MODELS", Config.String("PARTNER_MODELS"), "`all`, or a list of models"),
  Result.flatMap((text = "") => {
    const names = listed(text)
    if (names.some((name) => name.toLowerCase() === "all")) return Result.succeed(idsOf(partnerModels))
    const named = names.flatMap((name) => findModel(name) ?? [])
    return named.length === names.length && named.every(({ partner }) => partner)
      ? Result.succeed(idsOf(named))
      : Result.fail(wrong)
  })
)

const idsOf = (models: ReadonlyArray<{ readonly id: string }>): ReadonlySet<string> =>
  new Set(models.map(({ id }) => id))

const wrong = new ConfigurationError({
  variable: "PARTNER_MODELS",
  message: "PARTNER_MODELS must be `all`, or a list of models of partners, with commas between them."
})
