import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import type { Budgets, Caller } from "../../domain/Caller.ts"
import { ConfigurationError } from "../../domain/Errors.ts"
import { listed, optional } from "./Setting.ts"
import { mendedKey, unquoted } from "./secret.ts"

/** A key that may use this service, and the name under which its use is told. */
export interface ApiKey extends Caller {
  readonly key: Redacted.Redacted<string>
}

/** `2`, `0.50`, `$2` or `2usd` in millionths of a US dollar; `undefined` for what is no amount above 0. */
export const readDollars = (text: string): number | undefined => {
  const [, amount] = /^\$? ?(\d{1,9}(?:\.\d{1,6})?) ?(?:usd|\$)?$/i.exec(text.trim()) ?? []
  return Math.round(Number(amount) * 1_000_000) || undefined
}

/** A budget at the end of an entry: `5000` are neurons, `2usd` and `$2` are dollars. */
const readBudget = (text: string): Budgets | undefined => {
  if (/^\d{1,12}$/.test(text)) return { neuronBudget: Number(text) }
  return /^(?:\$ ?[\d.]+|[\d.]+ ?(?:usd|\$))$/i.test(text)
    ? { microdollarBudget: readDollars(text) ?? Number.NaN }
    : undefined
}

/** `name:key`, and behind it the budgets of the key, each of its kind once. A key may have colons of its own. */
const readEntry = (entry: string) => {
  const [name = "", ...parts] = entry.split(":")
  let budgets: Budgets = {}
  while (parts.length > 1) {
    const budget = readBudget(parts.at(-1)?.trim() ?? "")
    if (!budget || Object.keys(budget).some((kind) => kind in budgets)) break
    budgets = { ...budgets, ...budget }
    parts.pop()
  }
  return { name: name.trim(), key: parts.join(":").trim(), budgets }
}

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
      const { budgets, key, name } = readEntry(entry)
      if (!name || key.startsWith(":") || mendedKey(key) === "" || Object.values(budgets).some((budget) => !budget)) {
        return yield* Result.fail(
          new ConfigurationError({
            variable: "API_KEYS",
            message:
              "API_KEYS must be a list such as `alice:key1,bob:key2:5000,eve:key3:2usd`, with neurons or dollars a day at the end."
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
      keys.push({ name, key: Redacted.make(mendedKey(key)), ...budgets })
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
