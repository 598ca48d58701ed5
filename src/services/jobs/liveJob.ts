import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import { type DrawError, GenerationCancelled, type StartError } from "../../domain/Errors.ts"
import { type Ledger, makeLedger } from "../imageGenerator/DrawLedger.ts"

/** A generation that runs here and now, in this instance of a Durable Object. */
export interface LiveJob {
  readonly id: string
  readonly digest: string
  readonly ledger: Ledger
  /** Completed once the job is kept, or failed where it was not begun. */
  readonly opened: Deferred.Deferred<void, StartError>
  /** Fails to stop what has drawn nothing yet. */
  readonly stop: Deferred.Deferred<never, DrawError>
  /** Completed, and replaced, whenever something has happened. */
  changed: Deferred.Deferred<void>
  cancelled: boolean
  /** Its client went away before the job was kept. */
  abandoned: boolean
  /** How many requests joined it before it was kept. */
  joins: number
}

export const makeLiveJob = (id: string, digest: string): LiveJob => ({
  id,
  digest,
  ledger: makeLedger(),
  opened: Deferred.makeUnsafe(),
  stop: Deferred.makeUnsafe(),
  changed: Deferred.makeUnsafe(),
  cancelled: false,
  abandoned: false,
  joins: 0
})

/** Lets those who wait look again. */
export const wake = (job: LiveJob): Effect.Effect<boolean> =>
  Effect.suspend(() => {
    const { changed } = job
    job.changed = Deferred.makeUnsafe()
    return Deferred.succeed(changed, undefined)
  })

/** Begins no further drawing, and ends the job at once where none has begun. */
export const stopJob = (job: LiveJob): Effect.Effect<boolean> =>
  Effect.suspend(() => {
    job.cancelled = true
    job.ledger.close()
    return job.ledger.paid() === 0 ? Deferred.fail(job.stop, new GenerationCancelled()) : Effect.succeed(false)
  })
