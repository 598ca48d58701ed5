import * as Cause from "effect/Cause"
import * as Clock from "effect/Clock"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import type { Caller } from "../../domain/Caller.ts"
import { type DrawError, GenerationInterrupted, type StartError } from "../../domain/Errors.ts"
import type { GenerationRequest } from "../../domain/GenerationRequest.ts"
import type { Generation } from "../ImageGenerator.ts"
import type { Ledger } from "../imageGenerator/DrawLedger.ts"
import { makeRecorder, type Report, RequestReport } from "../RequestReport.ts"
import { encodeError } from "./errorCodec.ts"
import { encodeEvent } from "./eventCodec.ts"
import type { Opening, Outcome } from "./JobInfo.ts"
import type { JobStatus } from "./JobStore.ts"
import type { KeptJobs } from "./keptJobs.ts"
import { type LiveJob, wake } from "./liveJob.ts"
import { encodePlan } from "./planCodec.ts"

export interface RunOptions {
  /** How long a result is kept. */
  readonly windowMillis: number
  readonly generate: (
    request: GenerationRequest,
    caller: Caller,
    ledger: Ledger
  ) => Effect.Effect<Generation, StartError>
  /** Asks to be woken at this time, when something is over. */
  readonly wakeAt: (millis: number) => void
}

/** No generation takes longer: ten pictures are three rounds of two minutes. */
export const longestMillis = 10 * 60 * 1000

/** Draws a job that is in `live`, and keeps all that happens. It never fails: what goes wrong is what the job ends with. */
export const makeRun = (jobs: KeptJobs, options: RunOptions) => {
  const wakeForNext = (now: number): void => {
    const next = jobs.nextEnd(now)
    if (next !== undefined) options.wakeAt(next)
  }

  const keep = Effect.fnUntraced(function* (
    job: LiveJob,
    caller: Caller,
    request: GenerationRequest,
    generation: Generation,
    fields: Report["fields"]
  ) {
    const { inputs, neurons, plan } = generation
    const { n, quality } = request
    const now = yield* Clock.currentTimeMillis
    const opening: Opening = { plan: encodePlan(plan), inputs, neurons, n, fields, ...(quality && { quality }) }
    jobs.store().insert({
      id: job.id,
      caller: caller.name,
      digest: job.digest,
      status: "running",
      opening: JSON.stringify(opening),
      outcome: null,
      replayable: true,
      abandoned: job.abandoned,
      joins: job.joins,
      createdAt: now,
      expiresAt: now + longestMillis
    })
    wakeForNext(now)
    yield* Deferred.succeed(job.opened, undefined)
  })

  const finish = Effect.fnUntraced(function* (job: LiveJob, exit: Exit.Exit<void, DrawError>, report: Report) {
    const error = Exit.isSuccess(exit) ? undefined : yield* drawErrorOf(exit.cause)
    const status: JobStatus = job.cancelled ? "cancelled" : error ? "failed" : "completed"
    const outcome: Outcome = { ...(error && { error: encodeError(error) }), report }
    const now = yield* Clock.currentTimeMillis
    jobs.live.delete(job.id)
    jobs.store().update(job.id, {
      status,
      outcome: JSON.stringify(outcome),
      replayable: !error || job.ledger.paid() > 0,
      expiresAt: now + options.windowMillis
    })
    wakeForNext(now)
    yield* wake(job)
  })

  const begin = Effect.fnUntraced(function* (job: LiveJob, caller: Caller, request: GenerationRequest) {
    const gathered = makeRecorder()
    const begun = yield* options
      .generate(request, caller, job.ledger)
      .pipe(Effect.provideService(RequestReport, gathered), Effect.exit)
    if (Exit.isFailure(begun)) {
      jobs.live.delete(job.id)
      return yield* Deferred.failCause(job.opened, begun.cause)
    }
    yield* keep(job, caller, request, begun.value, withoutPrompt(gathered.report()).fields)
    let sequence = 0
    const exit = yield* begun.value.events.pipe(
      Stream.interruptWhen(Deferred.await(job.stop)),
      Stream.runForEach((event) =>
        Effect.suspend(() => {
          jobs.store().append(job.id, sequence++, encodeEvent(event))
          return wake(job)
        })
      ),
      Effect.provideService(RequestReport, gathered),
      Effect.exit
    )
    yield* finish(job, exit, withoutPrompt(gathered.report()))
  })

  /** After a defect: what the job's row says is then found to be untrue, and mended, by whoever looks next. */
  const giveUp = Effect.fnUntraced(function* (job: LiveJob, cause: Cause.Cause<never>) {
    jobs.live.delete(job.id)
    yield* Effect.logError("A generation could not be kept", cause)
    yield* Deferred.failCause(job.opened, cause)
    yield* wake(job)
  })

  return (job: LiveJob, caller: Caller, request: GenerationRequest): Effect.Effect<void> =>
    begin(job, caller, request).pipe(
      Effect.asVoid,
      Effect.onError((cause) => giveUp(job, cause))
    )
}

/** A prompt that is logged is logged by the Worker. */
const withoutPrompt = ({ fields: { prompt: _, ...fields }, ...report }: Report): Report => ({ ...report, fields })

const drawErrorOf = (cause: Cause.Cause<DrawError>): Effect.Effect<DrawError> => {
  const error = Option.getOrUndefined(Cause.findErrorOption(cause))
  return error
    ? Effect.succeed(error)
    : Effect.as(Effect.logError("A generation broke off", cause), new GenerationInterrupted({ cause: "a defect" }))
}
