import * as Clock from "effect/Clock"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Stream from "effect/Stream"
import type { Caller } from "../../domain/Caller.ts"
import { GenerationInterrupted, InvalidRequest, JobNotFound, type StartError } from "../../domain/Errors.ts"
import type { GenerationRequest } from "../../domain/GenerationRequest.ts"
import { chooseJob } from "../../domain/JobJoining.ts"
import { Identifiers } from "../Identifiers.ts"
import type { Frame } from "./frames.ts"
import { digestOf } from "./identity.ts"
import { makeJobId } from "./JobId.ts"
import { type JobInfo, readOpening } from "./JobInfo.ts"
import type { JobRow, JobStore } from "./JobStore.ts"
import { jobFrames } from "./jobFrames.ts"
import { makeKeptJobs } from "./keptJobs.ts"
import { makeLiveJob, stopJob } from "./liveJob.ts"
import { longestMillis, makeRun, type RunOptions } from "./runJob.ts"

/** A generation, and what happens in it. */
export interface OpenedJob {
  readonly info: JobInfo
  readonly frames: Stream.Stream<Frame>
}

/** All generations of one identity, each drawn once. Lives in one Durable Object. */
export interface GenerationJobs {
  /** Joins the generation that this request repeats, or begins one that goes on whoever listens. */
  readonly start: (asked: {
    readonly caller: Caller
    readonly request: GenerationRequest
    readonly keyed: boolean
    readonly repeat: boolean
    /** Whether the client waits for the result, so that its going away is worth noticing. */
    readonly follow: boolean
  }) => Effect.Effect<OpenedJob, StartError>
  /** What has happened after the event with the number `after` (from 0), and with `wait` what is still to come. */
  readonly open: (
    id: string,
    caller: string,
    options: { readonly after: number; readonly wait: boolean }
  ) => Effect.Effect<OpenedJob, JobNotFound>
  /** Begins no further drawing. What was begun is paid for, so it is finished. */
  readonly cancel: (id: string, caller: string) => Effect.Effect<JobInfo, JobNotFound>
  /** Forgets what is over. When to come back, in milliseconds since 1970; `undefined` where nothing is left. */
  readonly tidy: Effect.Effect<number | undefined>
}

const beforeFirst = -1

export const makeGenerationJobs = (
  options: RunOptions & {
    readonly objectId: string
    readonly store: () => JobStore
    /** Keeps a promise alive after the request that began it. */
    readonly waitUntil: (promise: Promise<unknown>) => void
  }
): GenerationJobs => {
  const jobs = makeKeptJobs(options.store, options.windowMillis)

  const infoOf = (row: JobRow, joined: boolean): Effect.Effect<JobInfo, JobNotFound> => {
    const { createdAt, expiresAt, id } = row
    const opening = readOpening(row.opening)
    const job = jobs.live.get(id)
    const status = job?.cancelled && job.ledger.paid() === 0 ? "cancelled" : row.status
    return opening
      ? Effect.succeed({ id, status, createdAt, expiresAt, joined, opening })
      : Effect.fail(new JobNotFound())
  }

  const findFor = (id: string, caller: string): Effect.Effect<JobRow, JobNotFound> =>
    Effect.flatMap(Clock.currentTimeMillis, (now) => {
      const row = jobs.find(id, now)
      return row?.caller === caller && !jobs.isOver(row, now) ? Effect.succeed(row) : Effect.fail(new JobNotFound())
    })

  /** Notices whether the client goes without the result. */
  const followed = (id: string, frames: Stream.Stream<Frame>): Stream.Stream<Frame> =>
    Stream.unwrap(
      Effect.sync(() => {
        const end = jobs.follow(id)
        return Stream.onExit(frames, (exit) => Effect.sync(() => end(Exit.isSuccess(exit) ? "delivered" : "left")))
      })
    )

  const run = makeRun(jobs, options)

  return {
    start: Effect.fnUntraced(function* ({ caller, follow, keyed, repeat, request }) {
      const identifiers = yield* Identifiers
      const digest = yield* digestOf(request)
      const now = yield* Clock.currentTimeMillis
      // Between the look and the step nothing may come, so no effect is run until the job is in `live`.
      const joining = chooseJob({ digest, keyed, repeat }, jobs.joinable(now))
      if (joining._tag === "Conflict") return yield* keyReused
      const id = joining._tag === "Join" ? joining.id : makeJobId(options.objectId, identifiers.next()).name
      if (joining._tag === "Join") {
        jobs.join(id)
      } else {
        const job = makeLiveJob(id, digest)
        jobs.live.set(id, job)
        const fiber = yield* Effect.forkDetach(run(job, caller, request))
        options.waitUntil(new Promise((resolve) => fiber.addObserver(resolve)))
      }
      const job = jobs.live.get(id)
      if (job) {
        const left = Effect.sync(() => jobs.follow(id)("left"))
        yield* Deferred.await(job.opened).pipe(Effect.onInterrupt(() => (follow ? left : Effect.void)))
      }
      return yield* findFor(id, caller.name).pipe(
        Effect.flatMap((row) => infoOf(row, joining._tag === "Join")),
        Effect.map((info) => {
          const frames = jobFrames(jobs, id, { after: beforeFirst, wait: true })
          return { info, frames: follow ? followed(id, frames) : frames }
        }),
        Effect.mapError((error) => new GenerationInterrupted({ cause: error.message }))
      )
    }),
    open: Effect.fnUntraced(function* (id, caller, range) {
      const info = yield* infoOf(yield* findFor(id, caller), true)
      return { info, frames: jobFrames(jobs, id, range) }
    }),
    cancel: Effect.fnUntraced(function* (id, caller) {
      const row = yield* findFor(id, caller)
      const job = jobs.live.get(id)
      if (job) yield* stopJob(job)
      return yield* infoOf(row, true)
    }),
    tidy: Effect.map(
      Clock.currentTimeMillis,
      (now) => jobs.nextEnd(now) ?? (jobs.live.size > 0 ? now + longestMillis : undefined)
    )
  }
}

const keyReused = Effect.fail(
  new InvalidRequest({
    message: "This Idempotency-Key was used for another request a moment ago. Use a new key for a new request.",
    param: "Idempotency-Key",
    code: "idempotency_key_reused"
  })
)
