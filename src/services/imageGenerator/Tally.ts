import * as Effect from "effect/Effect"
import { type DrawError, drewNothing, GenerationCancelled } from "../../domain/Errors.ts"

/** What the drawings of one generation have cost, or may have cost. */
export interface Spent {
  readonly pictures: number
  readonly neurons: number
}

/** Counts the drawings of one generation, and keeps further ones from beginning. */
export interface Tally {
  /**
   * Counts a drawing at its `estimate` in neurons when it begins, at what it cost when it has ended, and not at all where it
   * surely drew nothing. Where no more may begin it fails with {@link GenerationCancelled}.
   */
  readonly count: <A extends { readonly neurons: number }>(
    estimate: number,
    drawing: Effect.Effect<A, DrawError>
  ) => Effect.Effect<A, DrawError>
  readonly spent: () => Spent
}

/** `mayBegin` is asked before each drawing. */
export const makeTally = (mayBegin: Effect.Effect<boolean> = Effect.succeed(true)): Tally => {
  let pictures = 0
  let neurons = 0
  const add = (more: Spent) =>
    Effect.sync(() => {
      pictures += more.pictures
      neurons += more.neurons
    })
  return {
    count: (estimate, drawing) =>
      Effect.flatMap(mayBegin, (may) =>
        may
          ? Effect.andThen(add({ pictures: 1, neurons: estimate }), drawing).pipe(
              Effect.tap((drawn) => add({ pictures: 0, neurons: drawn.neurons - estimate })),
              Effect.tapError((error) => (drewNothing(error) ? add({ pictures: -1, neurons: -estimate }) : Effect.void))
            )
          : Effect.fail(new GenerationCancelled())
      ),
    spent: () => ({ pictures, neurons })
  }
}
