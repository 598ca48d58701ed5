import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import type { DrawError } from "../domain/Errors.ts"
import { type ErrorBody, errorAnswer, internalError, reportError } from "./errors.ts"

/** What has ended a stream before its time. */
export interface StreamFailure {
  readonly body: ErrorBody
  /** Absent for a defect. */
  readonly error?: DrawError
}

/** The words of a dialect for what happens. `S` is what it has to remember from one event to the next. */
export interface Words<S, Event, A> {
  readonly initial: S
  readonly event: (state: S, event: Event) => readonly [S, ReadonlyArray<A>]
  /** What is said at the end where nothing has ended the stream before. */
  readonly success: (state: S) => ReadonlyArray<A>
  readonly failure: (failure: StreamFailure) => ReadonlyArray<A>
}

/**
 * Says what happens in the words of a dialect, to an end in every case: success, failure, or a defect. If a stream just
 * broke off, clients would ask again, and a picture may have been paid for. What fails is reported.
 */
export const encodeEvents = <S, Event, A>(
  events: Stream.Stream<Event, DrawError>,
  { event, failure, initial, success }: Words<S, Event, A>
): Stream.Stream<A> => {
  const tell = (told: StreamFailure, reported: Effect.Effect<void>) =>
    Stream.concat(Stream.fromEffectDrain(reported), Stream.fromIterable(failure(told)))
  return events.pipe(
    // Reached only where nothing fails.
    Stream.map((happened) => ({ happened })),
    Stream.concat(Stream.succeed("end" as const)),
    Stream.mapAccum(
      () => initial,
      (state, next) => (next === "end" ? ([state, success(state)] as const) : event(state, next.happened))
    ),
    Stream.catch((error) => tell({ error, body: errorAnswer(error).body }, reportError(error))),
    Stream.catchCause((cause) =>
      Cause.hasInterruptsOnly(cause)
        ? Stream.failCause(cause)
        : tell({ body: internalError.body }, Effect.logError("Unexpected failure", cause))
    )
  )
}
