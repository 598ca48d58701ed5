import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { ConfigurationError } from "../../domain/Errors.ts"
import type { WorkerBindings } from "../Bindings.ts"
import type { ApiKey } from "./ApiKeys.ts"
import { combine, optional, type Setting } from "./Setting.ts"

/** What a key may use. */
export interface KeyLimits {
  /** `NEURON_BUDGET`: neurons a day (UTC), for keys without a budget of their own; absent for no limit. */
  readonly neuronBudget?: number
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
  const concurrency = yield* positive("KEY_CONCURRENCY")
  const ownBudget = Result.getOrElse(apiKeys, (): ReadonlyArray<ApiKey> => []).some((key) => key.neuronBudget)
  const limits: Setting<KeyLimits> = Result.gen(function* () {
    const budget = yield* neuronBudget
    const most = yield* concurrency
    if (!LEDGER && (ownBudget || budget !== undefined || most !== undefined)) return yield* Result.fail(notCounted)
    return { ...(budget !== undefined && { neuronBudget: budget }), ...(most !== undefined && { concurrency: most }) }
  })
  return combine([neuronBudget, concurrency], limits)
})

const notCounted = new ConfigurationError({
  variable: "LEDGER",
  message: "NEURON_BUDGET, KEY_CONCURRENCY and budgets in API_KEYS need a Durable Object, and none is bound as LEDGER."
})
