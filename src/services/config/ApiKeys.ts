import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { ConfigurationError } from "../../domain/Errors.ts"
import { listed, optional } from "./Setting.ts"
import { mendedKey, unquoted } from "./secret.ts"

/** A key that may use this service, and the name under which its use is told. */
export interface ApiKey {
  readonly name: string
  readonly key: Redacted.Redacted<string>
  /** Neurons that may be used with it each day (UTC); absent for `NEURON_BUDGET`. */
  readonly neuronBudget?: number
}

/** `name:key`, and the neurons a day where the entry ends with a number of its own. */
const entryPattern = /^([^:]*[^:\s])\s*:\s*([^:\s].*?)\s*(?::\s*(\d{1,12})\s*)?$/

/** The name of `API_KEY`. */
const defaultName = "default"

/** `API_KEY` and `API_KEYS`. Never empty where it succeeds. */
export const apiKeysSetting = Effect.gen(function* () {
  const given = yield* optional("API_KEY", Config.Redacted("API_KEY"), "a text")
  const several = yield* optional("API_KEYS", Config.Redacted("API_KEYS"), "a text")
  return Result.gen(function* () {
    const one = yield* given
    const list = yield* several
    const single = one && mendedKey(Redacted.value(one))
    const keys: Array<ApiKey> = single ? [{ name: defaultName, key: Redacted.make(single) }] : []
    for (const entry of list ? listed(Redacted.value(list)).map(unquoted) : []) {
      const [, name, key, budget] = entryPattern.exec(entry) ?? []
      if (!name || !key || mendedKey(key) === "" || (budget !== undefined && Number(budget) === 0)) {
        return yield* Result.fail(
          new ConfigurationError({
            variable: "API_KEYS",
            message: "API_KEYS must be a list such as `alice:key1,bob:key2:5000`, the number being neurons a day."
          })
        )
      }
      const taken = keys.some((other) => other.name === name) || name === defaultName
      if (taken) {
        return yield* Result.fail(
          new ConfigurationError({
            variable: "API_KEYS",
            message: `Each name in API_KEYS must be another one, and not \`${defaultName}\`: it tells whose use is counted.`
          })
        )
      }
      keys.push({
        name,
        key: Redacted.make(mendedKey(key)),
        ...(budget !== undefined && { neuronBudget: Number(budget) })
      })
    }
    if (keys.length === 0) {
      return yield* Result.fail(
        new ConfigurationError({
          variable: "API_KEY",
          message: "API_KEY is not set, so nobody gets in. Set it as a secret."
        })
      )
    }
    return keys
  })
})
