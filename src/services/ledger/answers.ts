import { chooseJob } from "../../domain/JobJoining.ts"
import { dayOf, refusalOf, startOf, type Usage, usageOf } from "../../domain/Usage.ts"
import { claimed, ended, isJoinable, isNews, told } from "./JobRow.ts"
import {
  type Claim,
  type ClaimAnswer,
  type End,
  type EndAnswer,
  longestMessage,
  type Progress,
  type ProgressAnswer,
  type UsageAnswer
} from "./LedgerMessage.ts"
import type { LedgerState } from "./LedgerState.ts"

/** Joins, or sets aside what is needed, or says why not. What can't be written throws, and nothing has changed. */
export const answerClaim = (state: LedgerState, claim: Claim, now: number): ClaimAnswer => {
  if (state.job(claim.id)) return { _tag: "Draw" }
  // Most requests mark nothing, and an equal one may have been drawn a thousand times.
  const same = claim.keyed || claim.repeat ? state.jobsOf(claim.identity) : []
  const joining = chooseJob(
    claim,
    same.filter((job) => isJoinable(job, now))
  )
  if (joining._tag === "Conflict") return joining
  const joined = joining._tag === "Join" ? state.job(joining.id) : undefined
  if (joined) {
    const job = { ...joined, joins: joined.joins + 1 }
    // Whether others wait for a job must be known at its end; later it only tells equal jobs apart.
    if (job.counted) state.note(job)
    else state.put(job)
    return { _tag: "Join", job: told(job, -1, now) }
  }
  const today = dayOf(now)
  const refusal = refusalOf(claim.needed, today, state.settled(today), state.reservations, claim.limits)
  if (refusal) return refusal
  const job = claimed(claim, state.nextRow, now)
  if (claim.awaited === false) state.note(job)
  else state.put(job)
  return { _tag: "Draw" }
}

export const answerEnd = (state: LedgerState, end: End, now: number): EndAnswer => {
  const before = state.job(end.claim.id) ?? claimed(end.claim, state.nextRow, end.claim.at ?? now)
  const job = isNews(before, end) ? ended(before, end, now) : before
  const stored = job === before ? state.flush() : state.settle(job)
  return { cancelled: job.cancelled, joined: job.joins > 0, stored }
}

/** What has come of it, and that it can't be written yet, stays in memory. `undefined` where there is no room for it. */
export const answerProgress = (state: LedgerState, progress: Progress): ProgressAnswer | undefined => {
  const job = state.job(progress.id)
  if (!job) return { cancelled: false }
  const { event, sequence = job.events.length } = progress
  if (event !== undefined && job.endedAt === undefined && sequence === job.events.length) {
    const events = [...job.events, event]
    if (JSON.stringify(events).length > longestMessage) return undefined
    state.settle({ ...job, events })
  }
  return { cancelled: job.cancelled }
}

/** Marks a job that runs, so that whoever draws it is told. */
export const cancel = (state: LedgerState, id: string): void => {
  const job = state.job(id)
  if (job?.status === "running" && !job.cancelled) state.settle({ ...job, cancelled: true })
}

/** How many days are told, today too. */
const daysTold = 31

/** Days that are no longer told. */
export const daysOver = (state: LedgerState, now: number): ReadonlyArray<string> =>
  state.days.filter((day) => startOf(day, daysTold) <= now)

/** When the first of the days is over. */
export const firstDayOver = (state: LedgerState): number => Math.min(...state.days.map((day) => startOf(day, daysTold)))

const isUsed = ({ microdollars, neurons, pictures }: Usage): boolean => pictures > 0 || neurons > 0 || microdollars > 0

export const answerUsage = (state: LedgerState, now: number): UsageAnswer => {
  const { days: settled, reservations } = state
  const used = (day: string) => usageOf(day, state.settled(day), reservations)
  const days = [...new Set([...settled, ...reservations.map(({ day }) => day)])]
    .filter((day) => startOf(day, daysTold) > now)
    .sort()
    .toReversed()
    .map((date) => ({ date, ...used(date) }))
  return { today: used(dayOf(now)), days: days.filter(isUsed) }
}
