import * as Clock from "effect/Clock"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { type Frame, noBytes } from "./frames.ts"
import { type Message, readOutcome } from "./JobInfo.ts"
import type { JobRow } from "./JobStore.ts"
import { type KeptJobs, lost } from "./keptJobs.ts"

/** Above every number of an event. */
const ended = Number.POSITIVE_INFINITY

/** The events of a job after the one with the number `after`, and how it ended; with `wait` as they come, else so far. */
export const jobFrames = (
  jobs: KeptJobs,
  id: string,
  { after, wait }: { readonly after: number; readonly wait: boolean }
): Stream.Stream<Frame> => {
  const step = (cursor: number): Effect.Effect<readonly [Frame, number] | undefined> =>
    Effect.gen(function* () {
      if (cursor === ended) return undefined
      const now = yield* Clock.currentTimeMillis
      // Taken before the look, so that nothing which comes after it is missed.
      const changed = jobs.live.get(id)?.changed
      const next = jobs.store().next(id, cursor)
      if (next) return [eventFrame(next), next.sequence] as const
      const row = jobs.find(id, now)
      if (row?.status !== "running") return [endFrame(row), ended] as const
      if (!wait || !changed) return undefined
      yield* Deferred.await(changed)
      return yield* step(cursor)
    })
  return Stream.unfold(after, step)
}

const eventFrame = ({ frame, sequence }: { readonly sequence: number; readonly frame: Frame }): Frame => {
  const message: Message = { _tag: "Event", sequence, event: frame.value }
  return { value: message, bytes: frame.bytes }
}

const endFrame = (row: JobRow | undefined): Frame => {
  const outcome = (row?.outcome && readOutcome(row.outcome)) || lost
  const message: Message = { _tag: "End", status: row?.status ?? "failed", outcome }
  return { value: message, bytes: noBytes }
}
