import { GenerationInterrupted } from "../../domain/Errors.ts"
import type { JoinableJob } from "../../domain/JobJoining.ts"
import { encodeError } from "./errorCodec.ts"
import type { Outcome } from "./JobInfo.ts"
import type { JobRow, JobStore } from "./JobStore.ts"
import type { LiveJob } from "./liveJob.ts"

/** What is said of a generation of which nothing more is known. */
export const lost: Outcome = {
  error: encodeError(new GenerationInterrupted({ cause: "the Durable Object was restarted" })),
  report: { fields: {}, stages: {}, attempts: 0 }
}

/** The generations of one Durable Object: those that run, and those whose result is kept for `windowMillis`. */
export interface KeptJobs {
  readonly store: () => JobStore
  readonly live: Map<string, LiveJob>
  /** `undefined` for what is over, unless somebody is still reading it. */
  readonly find: (id: string, now: number) => JobRow | undefined
  readonly isOver: (row: JobRow, now: number) => boolean
  /** What a request may join, those that are only just beginning included. */
  readonly joinable: (now: number) => ReadonlyArray<JoinableJob>
  /** Counts a request that joins, so that there is somebody again who waits. */
  readonly join: (id: string) => void
  /** Counts somebody who waits for the result; the effect of the answer is to be told how that ended. */
  readonly follow: (id: string) => (end: "delivered" | "left") => void
  /** When something is over next, in milliseconds since 1970; `undefined` where nothing is kept. */
  readonly nextEnd: (now: number) => number | undefined
}

/** How long to wait for somebody who is still reading what is over. */
const readingMillis = 60 * 1000

export const makeKeptJobs = (store: () => JobStore, windowMillis: number): KeptJobs => {
  const live = new Map<string, LiveJob>()
  const followers = new Map<string, number>()
  const delivered = new Set<string>()

  const isOver = (row: JobRow, now: number): boolean => !live.has(row.id) && row.expiresAt <= now

  const rows = (now: number): ReadonlyArray<JobRow> => {
    for (const row of store().all()) {
      if (live.has(row.id)) continue
      if (row.status === "running") {
        // It should run and does not: it was lost with an earlier instance of this object. It may have been paid for.
        const outcome = JSON.stringify(lost)
        store().update(row.id, { status: "failed", outcome, replayable: true, expiresAt: now + windowMillis })
      } else if (isOver(row, now) && !followers.has(row.id)) {
        store().remove(row.id)
        delivered.delete(row.id)
      }
    }
    return store().all()
  }

  const joinable = (now: number): ReadonlyArray<JoinableJob> => {
    const kept = rows(now)
    const known = new Set(kept.map(({ id }) => id))
    const open = kept.filter((row) => row.replayable && !isOver(row, now) && !live.get(row.id)?.cancelled)
    const beginning = [...live.values()].filter(({ id }) => !known.has(id))
    return [
      ...open.map(({ digest, id, joins }) => ({ id, digest, joins })),
      ...beginning.map(({ digest, id, joins }) => ({ id, digest, joins }))
    ]
  }

  return {
    store,
    live,
    isOver,
    find: (id, now) => rows(now).find((row) => row.id === id),
    joinable,
    join: (id) => {
      const running = live.get(id)
      if (running) {
        running.joins += 1
        running.abandoned = false
      }
      const row = store().find(id)
      if (row) store().update(id, { joins: row.joins + 1, abandoned: false })
    },
    follow: (id) => {
      followers.set(id, (followers.get(id) ?? 0) + 1)
      return (end) => {
        const others = (followers.get(id) ?? 1) - 1
        if (others > 0) followers.set(id, others)
        else followers.delete(id)
        if (end === "delivered") delivered.add(id)
        if (end === "delivered" || others > 0 || delivered.has(id)) return
        const running = live.get(id)
        if (running) running.abandoned = true
        if (store().find(id)) store().update(id, { abandoned: true })
      }
    },
    nextEnd: (now) => {
      const ends = rows(now).map((row) => (isOver(row, now) ? now + readingMillis : row.expiresAt))
      return ends.length === 0 ? undefined : Math.min(...ends)
    }
  }
}
