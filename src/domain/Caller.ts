/** Who is asking. */
export interface Caller {
  /** The name that `API_KEYS` gives the key; `default` for `API_KEY`. */
  readonly name: string
  /** Neurons that the key may use each day (UTC); absent for `NEURON_BUDGET`. */
  readonly neuronBudget?: number
}
