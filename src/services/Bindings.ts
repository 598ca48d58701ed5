import * as Context from "effect/Context"

/** What wrangler.toml or the dashboard binds to this Worker. Each may be absent. */
export interface WorkerBindings {
  readonly FLUX_CF_KV?: KVNamespace
  readonly AI?: Ai
  readonly IMAGES?: ImagesBinding
  readonly RATE_LIMITER?: RateLimit
  /** Keeps generations: `GenerationObject`. */
  readonly GENERATIONS?: DurableObjectNamespace
  /** Counts the use of each key: `BudgetObject`. */
  readonly BUDGETS?: DurableObjectNamespace
}

export class Bindings extends Context.Service<Bindings, WorkerBindings>()("flux/services/Bindings") {}
