import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Ref from "effect/Ref"
import { QuotaExceeded } from "../../domain/Errors.ts"

interface Exhausted {
  readonly renewsAt: number
  readonly probeAt: number
}

const probeIntervalMillis = 10 * 60 * 1000

const makeOne = Effect.map(Ref.make<Exhausted | undefined>(undefined), (memory) => ({
  check: Effect.gen(function* () {
    const now = yield* Clock.currentTimeMillis
    const refusal = yield* Ref.modify(memory, (state): readonly [QuotaExceeded | undefined, Exhausted | undefined] => {
      if (!state || now >= state.renewsAt) return [undefined, undefined]
      if (now >= state.probeAt) return [undefined, { ...state, probeAt: now + probeIntervalMillis }]
      return [new QuotaExceeded({ renewsAt: state.renewsAt, lack: "quota" }), state]
    })
    if (refusal) return yield* refusal
  }),
  isExhausted: Effect.gen(function* () {
    const now = yield* Clock.currentTimeMillis
    const state = yield* Ref.get(memory)
    return state !== undefined && now < state.renewsAt
  }),
  exhausted: ({ renewsAt }: QuotaExceeded) =>
    Effect.flatMap(Clock.currentTimeMillis, (now) => Ref.set(memory, { renewsAt, probeAt: now + probeIntervalMillis })),
  drawn: Ref.set(memory, undefined)
}))

/**
 * Remembers that the neurons of the day are used up, so that nothing is asked until they are renewed, but for one probe
 * every ten minutes: a plan may have been upgraded. It knows what this isolate has seen, of models of every kind.
 */
export class QuotaMemory extends Context.Service<
  QuotaMemory,
  Memory & {
    /** The same for models that cost no neurons: they may draw when there are none left. */
    readonly free: Memory
  }
>()("flux/services/fluxModel/QuotaMemory") {
  /** One for all that is built together. */
  static readonly layer = Layer.effect(
    QuotaMemory,
    Effect.map(Effect.all([makeOne, makeOne]), ([memory, free]) => ({ ...memory, free }))
  )
}

interface Memory {
  /** Fails while there is nothing to be had. Where it does not, though the memory says so, the call is the probe. */
  readonly check: Effect.Effect<void, QuotaExceeded>
  /** Whether there is nothing to be had, for what is not to be the probe. */
  readonly isExhausted: Effect.Effect<boolean>
  readonly exhausted: (error: QuotaExceeded) => Effect.Effect<void>
  /** Something was had. */
  readonly drawn: Effect.Effect<void>
}
