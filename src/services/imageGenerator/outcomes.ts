import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Stream from "effect/Stream"
import type { DrawError } from "../../domain/Errors.ts"
import type { GeneratedImage, GenerationEvent } from "../../domain/GenerationEvent.ts"

type Failed = Extract<GenerationEvent, { readonly _tag: "ImageFailed" }>

interface State {
  readonly seen: number
  readonly drawn: boolean
  /** Failures from before the first picture. */
  readonly waiting: ReadonlyArray<Failed>
}

type Told = Result.Result<GenerationEvent, DrawError>

/**
 * Turns the outcomes of `n` drawings, in order, into events. Failures wait for the first picture: if there is none, the
 * stream fails with the first of them instead.
 */
export const tellOutcomes =
  (n: number) =>
  <E>(
    outcomes: Stream.Stream<Result.Result<GeneratedImage, DrawError>, E>
  ): Stream.Stream<GenerationEvent, E | DrawError> =>
    outcomes.pipe(
      Stream.mapAccum(
        (): State => ({ seen: 0, drawn: false, waiting: [] }),
        (state, outcome): readonly [State, ReadonlyArray<Told>] => {
          const index = state.seen
          const seen = index + 1
          if (Result.isSuccess(outcome)) {
            const events: ReadonlyArray<GenerationEvent> = [
              ...state.waiting,
              { _tag: "ImageReady", index, image: outcome.success }
            ]
            return [{ seen, drawn: true, waiting: [] }, events.map(Result.succeed)]
          }
          const failed: Failed = { _tag: "ImageFailed", index, error: outcome.failure }
          if (state.drawn) return [{ ...state, seen }, [Result.succeed(failed)]]
          const waiting = [...state.waiting, failed]
          const first = waiting[0] ?? failed
          return [{ seen, drawn: false, waiting }, seen === n ? [Result.fail(first.error)] : []]
        }
      ),
      Stream.mapEffect(Effect.fromResult)
    )
