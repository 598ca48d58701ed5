import * as Schema from "effect/Schema"
import { type Cost, dollarsOf } from "../domain/Usage.ts"

/** What something costs, in the usage of every dialect. */
export const costFields = {
  neurons: Schema.Number,
  /** US dollars at list price: what an account has free is not taken off. */
  cost_usd: Schema.Number
}

export interface ToldCost {
  readonly neurons: number
  readonly cost_usd: number
}

export const tellCost = (cost: Cost): ToldCost => ({ neurons: cost.neurons, cost_usd: dollarsOf(cost) })
