import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { Caller } from "../domain/Caller.ts"
import { RateLimited } from "../domain/Errors.ts"
import { Bindings } from "./Bindings.ts"

/** Bounds how often each key may draw. */
export class RateLimiter extends Context.Service<
  RateLimiter,
  { readonly check: (caller: Caller) => Effect.Effect<void, RateLimited> }
>()("flux/services/RateLimiter") {
  /**
   * The RATE_LIMITER binding, where there is one. It counts for each Cloudflare location; if it fails or takes
   * longer than a second, the request goes on: it guards against too much use, not against strangers.
   */
  static readonly layer = Layer.effect(
    RateLimiter,
    Effect.map(Bindings, ({ RATE_LIMITER: limiter }) =>
      RateLimiter.of({
        check: limiter
          ? Effect.fnUntraced(function* ({ name }) {
              const { success } = yield* Effect.tryPromise(() => limiter.limit({ key: name })).pipe(
                Effect.timeout("1 second"),
                Effect.catch((error) =>
                  Effect.as(Effect.logWarning("The rate limiter failed", error), { success: true })
                )
              )
              if (!success) {
                return yield* new RateLimited({
                  message: "Too many requests with this key. Wait a little.",
                  retryAfterSeconds: longestPeriod
                })
              }
            })
          : () => Effect.void
      })
    )
  )
}

/** A binding does not tell its period, which is 10 or 60 seconds: after the longer one there is room again in any case. */
const longestPeriod = 60
