import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { type DrawError, GenerationInterrupted } from "../../domain/Errors.ts"
import type { Job, JobEvent } from "../Generations.ts"
import { reportAll } from "../RequestReport.ts"
import { type CarriedError, decodeDrawError, decodeError } from "./errorCodec.ts"
import { decodeEvent } from "./eventCodec.ts"
import { decodeFrames, type Frame } from "./frames.ts"
import { decodeInfo, infoHeader, type JobInfo, readMessage } from "./JobInfo.ts"
import { decodePlan } from "./planCodec.ts"

/** The answer of a GenerationObject, read. */
export interface ReadJob {
  readonly info: JobInfo
  readonly job: Job
  /** Without an end of the job they fail where `wait` was asked for. */
  readonly events: (options: { readonly wait: boolean }) => Stream.Stream<JobEvent, DrawError>
}

export const readJob = Effect.fnUntraced(function* (response: Response): Effect.fn.Return<ReadJob, CarriedError> {
  if (!response.ok) {
    const error = yield* Effect.tryPromise({
      try: (): Promise<unknown> => response.json(),
      catch: (cause) => new GenerationInterrupted({ cause })
    })
    return yield* decodeError(error)
  }
  const info = decodeInfo(response.headers.get(infoHeader) ?? "")
  const plan = info && decodePlan(info.opening.plan)
  if (!plan) return yield* new GenerationInterrupted({ cause: "the answer could not be read" })
  const { createdAt, expiresAt, id, status } = info
  const { inputs, n, neurons, quality } = info.opening
  const bytes: Stream.Stream<Uint8Array, DrawError> = Stream.fromReadableStream({
    evaluate: () => response.body ?? new Blob().stream(),
    onError: (cause) => new GenerationInterrupted({ cause })
  })
  return {
    info,
    job: { id, status, createdAt, expiresAt, n, plan, inputs, neurons, ...(quality && { quality }) },
    events: ({ wait }) => readEvents(decodeFrames(bytes), wait, info.joined ? () => Effect.void : reportAll)
  }
})

/** An event, or what is to be done in its place. */
type Told = { readonly event: JobEvent } | { readonly effect: Effect.Effect<void, DrawError> }

const unreadable = Effect.fail(new GenerationInterrupted({ cause: "an event could not be read" }))
const brokenOff = Effect.fail(new GenerationInterrupted({ cause: "the stream of events broke off" }))

/** What the end says is told after the last byte: leaving earlier would look like a client that goes without the result. */
const readEvents = (
  frames: Stream.Stream<Frame, DrawError>,
  wait: boolean,
  /** What was drawn is told by the request that began it. */
  report: typeof reportAll
): Stream.Stream<JobEvent, DrawError> =>
  frames.pipe(
    Stream.mapAccum(
      (): Effect.Effect<void, DrawError> => (wait ? brokenOff : Effect.void),
      (atEnd, { bytes, value }): readonly [Effect.Effect<void, DrawError>, ReadonlyArray<Told>] => {
        const message = readMessage(value)
        switch (message?._tag) {
          case undefined:
            return [atEnd, [{ effect: unreadable }]]
          case "End": {
            const { error } = message.outcome
            const ending = error === undefined ? Effect.void : Effect.fail(decodeDrawError(error))
            return [Effect.andThen(report(message.outcome.report), ending), []]
          }
          case "Event": {
            const event = decodeEvent({ value: message.event, bytes })
            return [atEnd, [event ? { event: { sequence: message.sequence, event } } : { effect: unreadable }]]
          }
        }
      },
      { onHalt: (atEnd) => [{ effect: atEnd }] }
    ),
    Stream.mapEffect((told) => ("event" in told ? Effect.succeed([told.event]) : Effect.as(told.effect, []))),
    Stream.flattenIterable
  )
