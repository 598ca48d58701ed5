import type { Json } from "effect/Schema"
import { dayOf, noUsage, type Reservation, type Usage } from "../../domain/Usage.ts"
import type { Claim, End, JobStatus, LedgerJob } from "./LedgerMessage.ts"

/** A job as it is remembered, in memory and as JSON in its row. It is replaced, never changed. */
export interface JobRow extends Reservation {
  readonly id: string
  /** The number of its row; that of a job that is over is used again. */
  readonly row: number
  readonly identity: string
  readonly digest: string
  readonly opening: Json
  readonly createdAt: number
  /** When it is lost, if nothing is heard of it. */
  readonly leaseUntil: number
  readonly windowMillis: number
  readonly status: JobStatus
  /** It was asked to stop. */
  readonly cancelled: boolean
  readonly joins: number
  readonly events: ReadonlyArray<Json>
  readonly error?: Json
  readonly replayable: boolean
  readonly kept: boolean
  /** What was added to its day, once it has ended or is lost. */
  readonly counted?: Usage
  /** When its end came; absent where it runs or is lost. */
  readonly endedAt?: number
  /** Until when it is told. */
  readonly expiresAt: number
}

/** How long those who joined wait for the bytes of a job that has ended without keeping them. */
export const keepingMillis = 15_000

/** A job that is over is remembered longer than anybody takes to read it or to send its end again, which must not count. */
const repeatedEndMillis = 90_000

/** ... and much longer where its end may still come. */
const lateEndMillis = 15 * 60_000

export const claimed = (claim: Claim, row: number, now: number): JobRow => ({
  id: claim.id,
  row,
  identity: claim.identity,
  digest: claim.digest,
  opening: claim.opening,
  createdAt: now,
  day: dayOf(now),
  reserved: claim.needed,
  leaseUntil: now + claim.leaseMillis,
  windowMillis: claim.windowMillis,
  status: "running",
  cancelled: false,
  joins: 0,
  events: [],
  replayable: true,
  kept: true,
  expiresAt: now + claim.leaseMillis + claim.windowMillis
})

/** Nothing was heard of it in time. It may have been paid for, so all of it counts, and a repeat gets the failure. */
export const lost = (job: JobRow): JobRow => ({
  ...job,
  status: job.cancelled ? "cancelled" : "failed",
  counted: job.reserved
})

/** Also where it was lost before, and where an end that kept nothing is followed by one that did. */
export const ended = (job: JobRow, end: End, now: number): JobRow => {
  const endedAt = job.endedAt ?? now
  return {
    ...job,
    status: job.cancelled ? "cancelled" : end.status,
    events: [...end.events, ...job.events.slice(end.events.length)],
    ...(end.error !== undefined && { error: end.error }),
    replayable: end.replayable,
    kept: end.kept,
    counted: end.spent,
    endedAt,
    expiresAt: endedAt + end.windowMillis
  }
}

export const hasEnded = (job: JobRow): boolean => job.endedAt !== undefined

/** Whether an end says something new of it. */
export const isNews = (job: JobRow, end: End): boolean => !hasEnded(job) || (end.kept && !job.kept)

/** When a job that has ended without its bytes is told all the same; absent where that is now. */
export const keptAt = (job: JobRow): number | undefined =>
  job.endedAt !== undefined && !job.kept && job.joins > 0 ? job.endedAt + keepingMillis : undefined

export const isJoinable = (job: JobRow, now: number): boolean => {
  if (job.expiresAt <= now) return false
  return job.status === "running" ? !job.cancelled : job.replayable && job.kept
}

/** When nothing more needs to be known of it. */
export const forgottenAt = (job: JobRow): number => job.expiresAt + (hasEnded(job) ? repeatedEndMillis : lateEndMillis)

/** As it is told, with its events of a higher number than `after`. One whose bytes are still awaited runs. */
export const told = (job: JobRow, after: number, now: number): LedgerJob => {
  const { cancelled, createdAt, error, events, expiresAt, id, joins, opening } = job
  const awaited = (keptAt(job) ?? now) > now
  const first = Math.max(0, after + 1)
  const common = { id, createdAt, expiresAt, opening, joins, cancelled }
  if (awaited) return { ...common, status: "running", events: [], kept: true }
  return {
    ...common,
    status: job.status,
    events: events.slice(first).map((event, index) => ({ sequence: first + index, event })),
    ...(error !== undefined && { error }),
    kept: job.kept
  }
}

/** What counts for its day besides what was reserved, which counts until then. */
export const countedOf = (job: JobRow): Usage => job.counted ?? noUsage
