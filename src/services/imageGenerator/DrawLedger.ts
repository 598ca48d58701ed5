import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import { type DrawError, drewNothing, GenerationCancelled } from "../../domain/Errors.ts"

/** Keeps count of the drawings of one generation, and stops those that are not yet begun. */
export interface Ledger {
  /** Whether another drawing may be begun; if so, it counts as begun. */
  readonly begin: () => boolean
  /** A drawing that was begun turned out not to be paid for. */
  readonly unpaid: () => void
  /** How many drawings were, or may have been, paid for so far. */
  readonly paid: () => number
  /** Lets no further drawing begin. */
  readonly close: () => void
}

export const makeLedger = (): Ledger => {
  let open = true
  let count = 0
  return {
    begin: () => {
      if (open) count += 1
      return open
    },
    unpaid: () => {
      count -= 1
    },
    paid: () => count,
    close: () => {
      open = false
    }
  }
}

/** The ledger of the current generation. Outside of one nothing is counted. */
export const DrawLedger = Context.Reference<Ledger>("flux/services/generation/DrawLedger", {
  defaultValue: makeLedger
})

/** Enters a drawing into the ledger, or fails where no more may be begun. */
export const entered = <A>(drawing: Effect.Effect<A, DrawError>): Effect.Effect<A, DrawError> =>
  Effect.flatMap(DrawLedger, (ledger) =>
    ledger.begin()
      ? Effect.tapError(drawing, (error) => Effect.sync(() => (drewNothing(error) ? ledger.unpaid() : undefined)))
      : Effect.fail(new GenerationCancelled())
  )
