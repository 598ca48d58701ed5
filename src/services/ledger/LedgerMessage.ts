import * as Schema from "effect/Schema"

const UsageData = Schema.Struct({ pictures: Schema.Finite, neurons: Schema.Finite, microdollars: Schema.Finite })

const LimitsData = Schema.Struct({
  neurons: Schema.optionalKey(Schema.Finite),
  microdollars: Schema.optionalKey(Schema.Finite),
  concurrency: Schema.optionalKey(Schema.Finite)
})

export const JobStatus = Schema.Literals(["running", "completed", "failed", "cancelled"])
export type JobStatus = typeof JobStatus.Type

/** A request that is about to draw says so. It is answered once and for all for each `id`, however often it is sent. */
export const Claim = Schema.TaggedStruct("Claim", {
  /** Of this attempt; made by the Worker. It becomes the id of the job. */
  id: Schema.String,
  /** What a repeat has in common with it: the `Idempotency-Key`, or else the digest. */
  identity: Schema.String,
  /** Of what is to be drawn. */
  digest: Schema.String,
  /** `identity` is an `Idempotency-Key`. */
  keyed: Schema.Boolean,
  /** It says that it has been sent before. */
  repeat: Schema.Boolean,
  /** What is known when it begins. The ledger only keeps it. */
  opening: Schema.Json,
  /** The most that it can cost. */
  needed: UsageData,
  limits: LimitsData,
  /** How long it takes at most. After that it counts as lost, and all that it needed as used. */
  leaseMillis: Schema.Finite,
  /** How long its result is kept, also where it is lost. */
  windowMillis: Schema.Finite,
  /**
   * False where the drawing does not wait for the answer. Such a claim need not outlive the object's instance: a row is
   * written for its end, which says it all.
   */
  awaited: Schema.optionalKey(Schema.Boolean),
  /** When it was made, in milliseconds since 1970: where only its end arrives, it counts for that day. */
  at: Schema.optionalKey(Schema.Finite)
})
export type Claim = typeof Claim.Type

/** What came of a claim. Sent again it changes nothing, but for one thing: `kept` may become true, with other events. */
export const End = Schema.TaggedStruct("End", {
  /** As it was sent: where nothing is known of it, it is made up for. */
  claim: Claim,
  status: Schema.Literals(["completed", "failed", "cancelled"]),
  /** All that happened, from the first event on. Those that were told before and are not in it stay. */
  events: Schema.Array(Schema.Json),
  /** Why it failed, also after a first picture. */
  error: Schema.optionalKey(Schema.Json),
  spent: UsageData,
  /** Whether a repeat gets this result: not where surely nothing was drawn. */
  replayable: Schema.Boolean,
  /** Whether its pictures are where a repeat finds them; true where it has none. */
  kept: Schema.Boolean,
  windowMillis: Schema.Finite
})
export type End = typeof End.Type

/** Tells one event of a job that runs, and asks whether to go on; without an event it only asks. */
export const Progress = Schema.TaggedStruct("Progress", {
  id: Schema.String,
  event: Schema.optionalKey(Schema.Json),
  /** The number of the event, from 0: one that was told already is not told again. Without it, the next one. */
  sequence: Schema.optionalKey(Schema.Finite)
})
export type Progress = typeof Progress.Type

/** Asks for a job with its events of a higher number than `after`; -1 is all. */
export const Read = Schema.TaggedStruct("Read", { id: Schema.String, after: Schema.Finite })
export type Read = typeof Read.Type

/** As {@link Read}, but answered when there is such an event, or the job has ended, or 20 seconds have passed. */
export const Follow = Schema.TaggedStruct("Follow", { id: Schema.String, after: Schema.Finite })
export type Follow = typeof Follow.Type

/** Begins no further drawing of a job that runs. */
export const Cancel = Schema.TaggedStruct("Cancel", { id: Schema.String })
export type Cancel = typeof Cancel.Type

/** Asks what the key has used today and in the last 31 days (UTC). */
export const TellUsage = Schema.TaggedStruct("Usage", {})
export type TellUsage = typeof TellUsage.Type

/** What a LedgerObject is asked, as JSON. */
export const LedgerMessage = Schema.Union([Claim, End, Progress, Read, Follow, Cancel, TellUsage])
export type LedgerMessage = typeof LedgerMessage.Type

/** A job as it is told. Times are in milliseconds since 1970. */
export const LedgerJob = Schema.Struct({
  id: Schema.String,
  /** `failed` without an error: nothing was heard of it in time. */
  status: JobStatus,
  createdAt: Schema.Finite,
  /** Until when it is told. */
  expiresAt: Schema.Finite,
  opening: Schema.Json,
  /** How many requests have joined it. */
  joins: Schema.Finite,
  events: Schema.Array(Schema.Struct({ sequence: Schema.Finite, event: Schema.Json })),
  error: Schema.optionalKey(Schema.Json),
  /** False where it has ended and its pictures are nowhere. */
  kept: Schema.Boolean,
  /** It was asked to stop. While it runs, it begins nothing more. */
  cancelled: Schema.Boolean
})
export type LedgerJob = typeof LedgerJob.Type

export const ClaimAnswer = Schema.Union([
  Schema.TaggedStruct("Draw", {}),
  /** The job with all its events so far. */
  Schema.TaggedStruct("Join", { job: LedgerJob }),
  Schema.TaggedStruct("Conflict", {}),
  Schema.TaggedStruct("TooMany", {}),
  /** What is left of the limits that there are. */
  Schema.TaggedStruct("OverBudget", {
    left: Schema.Struct({
      neurons: Schema.optionalKey(Schema.Finite),
      microdollars: Schema.optionalKey(Schema.Finite)
    })
  })
])
export type ClaimAnswer = typeof ClaimAnswer.Type

export const EndAnswer = Schema.Struct({
  cancelled: Schema.Boolean,
  /** Others wait for this result. Where it was not kept, keep it and send the end again within 15 seconds. */
  joined: Schema.Boolean,
  /** False where it could not be written yet: it is only in memory, and written with the next message. */
  stored: Schema.Boolean
})
export type EndAnswer = typeof EndAnswer.Type

export const ProgressAnswer = Schema.Struct({ cancelled: Schema.Boolean })
export type ProgressAnswer = typeof ProgressAnswer.Type

/** What Read, Follow and Cancel are answered. */
export const JobAnswer = Schema.Union([
  Schema.TaggedStruct("Job", { job: LedgerJob }),
  Schema.TaggedStruct("NotFound", {})
])
export type JobAnswer = typeof JobAnswer.Type

export const UsageAnswer = Schema.Struct({
  today: UsageData,
  /** Newest first, today too; days without any use are left out. */
  days: Schema.Array(Schema.Struct({ date: Schema.String, ...UsageData.fields }))
})
export type UsageAnswer = typeof UsageAnswer.Type

/** Longer messages are answered with 413. */
export const longestMessage = 256 * 1024
