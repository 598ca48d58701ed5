/** Who is asking. */
export interface Caller extends Budgets {
  /** The name that `API_KEYS` gives the key; `default` for `API_KEY`. */
  readonly name: string
}

/** What may be used each day (UTC); of a key, instead of `NEURON_BUDGET` and `BUDGET_USD`, where it has either. */
export interface Budgets {
  readonly neuronBudget?: number
  /** In millionths of a US dollar. */
  readonly microdollarBudget?: number
}
