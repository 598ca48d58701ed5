import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Ref from "effect/Ref"
import { QuotaExceeded } from "../../domain/Errors.ts"

interface Exhausted {
  readonly renewsAt: number
  readonly probeAt: number
}

const probeIntervalMillis = 10 * 60 * 1000

/**
 * Remembers that the neurons of the day are used up, so that nothing is asked until they are renewed, but for one probe
 * every ten minutes: a plan may have been upgraded. It knows what this isolate has seen.
 */
export const makeQuotaMemory = Effect.map(Ref.make<Exhausted | undefined>(undefined), (memory) => ({
  /** Fails while there is nothing to be had. */
  check: Effect.gen(function* () {
    const now = yield* Clock.currentTimeMillis
    const refusal = yield* Ref.modify(memory, (state): readonly [QuotaExceeded | undefined, Exhausted | undefined] => {
      if (!state || now >= state.renewsAt) return [undefined, undefined]
      if (now >= state.probeAt) return [undefined, { ...state, probeAt: now + probeIntervalMillis }]
      return [new QuotaExceeded({ renewsAt: state.renewsAt }), state]
    })
    if (refusal) return yield* refusal
  }),
  exhausted: ({ renewsAt }: QuotaExceeded) =>
    Effect.flatMap(Clock.currentTimeMillis, (now) => Ref.set(memory, { renewsAt, probeAt: now + probeIntervalMillis })),
  drawn: Ref.set(memory, undefined)
}))
