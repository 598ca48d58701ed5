import * as Context from "effect/Context"

/** What wrangler.toml or the dashboard binds to this Worker. Each may be absent. */
export interface WorkerBindings {
  readonly FLUX_CF_KV?: KVNamespace
  readonly AI?: Ai
  readonly IMAGES?: ImagesBinding
  readonly RATE_LIMITER?: RateLimit
  /** Remembers generations and counts what each key uses: `LedgerObject`. */
  readonly LEDGER?: DurableObjectNamespace
  /** Draws what nobody waits for, and what takes long: `RunnerObject`. */
  readonly RUNNER?: DurableObjectNamespace
}

export class Bindings extends Context.Service<Bindings, WorkerBindings>()("flux/services/Bindings") {}
