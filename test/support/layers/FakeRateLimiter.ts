import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { RateLimited } from "../../../src/domain/Errors.ts"
import { RateLimiter } from "../../../src/services/RateLimiter.ts"

/** Lets each caller through so many times and no more. */
export const make = (allowed: number, retryAfterSeconds = 10): Layer.Layer<RateLimiter> => {
  const used = new Map<string, number>()
  return Layer.succeed(RateLimiter, {
    check: ({ name }) =>
      Effect.suspend(() => {
        const before = used.get(name) ?? 0
        used.set(name, before + 1)
        return before < allowed
          ? Effect.void
          : Effect.fail(new RateLimited({ message: "Too many requests with this key.", retryAfterSeconds }))
      })
  })
}

/** Lets everybody through. */
export const layer: Layer.Layer<RateLimiter> = make(Number.POSITIVE_INFINITY)
