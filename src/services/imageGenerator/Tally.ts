import * as Effect from "effect/Effect"
import { type DrawError, drewNothing, GenerationCancelled } from "../../domain/Errors.ts"
import { type Cost, microdollarsOf, noCost, roundNeurons, type Usage } from "../../domain/Usage.ts"
import { FailureCost } from "../fluxModel/toldNeurons.ts"

/** Counts the drawings of one generation, and keeps further ones from beginning. */
export interface Tally {
  /**
   * Counts a drawing at its `estimate` when it begins, at what it cost when it has ended, and not at all where it
   * surely drew nothing, but for what that was told to have cost. Where no more may begin it fails with {@link GenerationCancelled}.
   * What is no picture, but costs something as well, counts `pictures` as 0.
   */
  readonly count: <A extends Cost>(
    estimate: Cost,
    drawing: Effect.Effect<A, DrawError>,
    pictures?: 0 | 1
  ) => Effect.Effect<A, DrawError>
  /** What the generation has cost, or may have cost. */
  readonly spent: () => Usage
}

/** `mayBegin` is asked before each drawing. */
export const makeTally = (mayBegin: Effect.Effect<boolean> = Effect.succeed(true)): Tally => {
  let pictures = 0
  let neurons = 0
  let microdollars = 0
  return {
    count: (estimate, drawing, drawn = 1) =>
      Effect.flatMap(mayBegin, (may) => {
        if (!may) return Effect.fail(new GenerationCancelled())
        let counted = noCost
        let told = false
        const cost = (amount: Cost): void => {
          neurons += amount.neurons - counted.neurons
          microdollars += microdollarsOf(amount) - microdollarsOf(counted)
          counted = amount
        }
        const begin = Effect.sync(() => {
          pictures += drawn
          cost(estimate)
        })
        return Effect.andThen(begin, drawing).pipe(
          Effect.provideService(FailureCost, (amount) => {
            told = true
            cost({ neurons: amount })
          }),
          Effect.tap((drawn) => Effect.sync(() => cost(drawn))),
          Effect.tapError((error) =>
            Effect.sync(() => {
              if (!drewNothing(error)) return
              pictures -= drawn
              if (!told) cost(noCost)
            })
          )
        )
      }),
    spent: () => ({ pictures, neurons: roundNeurons(neurons), microdollars: roundNeurons(microdollars) })
  }
}
