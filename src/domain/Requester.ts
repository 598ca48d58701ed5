import type { Caller } from "./Caller.ts"

/** Who sends a request, and what it says of being sent more than once. */
export interface Requester {
  readonly caller: Caller
  /** What the client calls this request; a second one with the same name is the same request. */
  readonly idempotencyKey?: string
  /** The client can send it again and would say so: then its answer is kept for the repeat. */
  readonly repeatable: boolean
  /** The client says that it has sent this before. */
  readonly repeat: boolean
  /** No other model is to draw what the one that is asked can't. */
  readonly noFallback?: true
}
