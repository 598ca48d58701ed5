import type { DrawRequest } from "./DrawRequest.ts"
import { stored } from "./stored.ts"

/** A job that runs, as a reload finds it again. */
export interface PendingJob {
  readonly job: string
  readonly group: string
  /** Milliseconds since 1970. */
  readonly startedAt: number
  readonly neurons: number
  /** The places of its pictures in the row of the request. */
  readonly indices: ReadonlyArray<number>
  /** Without the pictures to edit, which are too large for this place. */
  readonly request: Omit<DrawRequest, "inputs">
}

const none: ReadonlyArray<PendingJob> = []
const jobs = stored("flux-jobs", none)

export const pendingJobs = (): ReadonlyArray<PendingJob> => jobs.get()

export const addPending = (job: PendingJob): void => jobs.set([...jobs.get(), job])

export const removePending = (id: string): void => {
  const left = jobs.get().filter(({ job }) => job !== id)
  jobs.set(left.length > 0 ? left : none)
}

export const isPending = (id: string): boolean => jobs.get().some(({ job }) => job === id)

/** Runs `use` while no other tab follows this job: what two tabs took up would be shown twice. */
export const whileAlone = (job: string, use: () => Promise<void>): Promise<void> =>
  // Only pages that came over https, or from this machine, have locks.
  navigator.locks ? navigator.locks.request(`flux-${job}`, use) : use()
