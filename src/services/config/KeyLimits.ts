import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type { Budgets } from "../../domain/Caller.ts"
import { ConfigurationError } from "../../domain/Errors.ts"
import type { WorkerBindings } from "../Bindings.ts"
import { type ApiKey, readDollars } from "./ApiKeys.ts"
import { combine, optional, type Setting } from "./Setting.ts"

/** What a key may use: `NEURON_BUDGET` and `BUDGET_USD` where it has no budget of its own. */
export interface KeyLimits extends Budgets {
  /** `KEY_CONCURRENCY`: generations at a time, for each key; absent for no limit. */
  readonly concurrency?: number
}

const positive = (variable: string) =>
  optional(variable, Config.Int(variable), "a whole number above 0", (value) => value > 0)

/** Only a Durable Object counts exactly: a limit without one is an error, for it would not be kept. */
export const keyLimits = Effect.fnUntraced(function* (
  apiKeys: Setting<ReadonlyArray<ApiKey>>,
  { LEDGER }: WorkerBindings
) {
  const neuronBudget = yield* positive("NEURON_BUDGET")
  const dollarBudget = yield* optional(
    "BUDGET_USD",
    Config.String("BUDGET_USD"),
    "US dollars a day, such as 2 or 0.50",
    (text) => readDollars(text) !== undefined
  )
  const concurrency = yield* positive("KEY_CONCURRENCY")
  const ownBudget = Result.getOrElse(apiKeys, (): ReadonlyArray<ApiKey> => []).some(
    (key) => key.neuronBudget ?? key.microdollarBudget
  )
  const limits: Setting<KeyLimits> = Result.gen(function* () {
    const neurons = yield* neuronBudget
    const dollars = yield* dollarBudget
    const most = yield* concurrency
    const microdollarBudget = dollars === undefined ? undefined : readDollars(dollars)
    const found: KeyLimits = {
      ...(neurons !== undefined && { neuronBudget: neurons }),
      ...(microdollarBudget !== undefined && { microdollarBudget }),
      ...(most !== undefined && { concurrency: most })
    }
    return !LEDGER && (ownBudget || Object.keys(found).length > 0) ? yield* Result.fail(notCounted) : found
  })
  return combine([neuronBudget, dollarBudget, concurrency], limits)
})

const notCounted = new ConfigurationError({
  variable: "LEDGER",
  message:
    "NEURON_BUDGET, BUDGET_USD, KEY_CONCURRENCY and budgets in API_KEYS need a Durable Object, and none is bound as LEDGER."
})
