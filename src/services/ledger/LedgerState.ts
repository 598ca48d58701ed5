import { addUsage, noUsage, subtractUsage, type Usage } from "../../domain/Usage.ts"
import { countedOf, forgottenAt, type JobRow, lost } from "./JobRow.ts"
import type { LedgerRows } from "./LedgerRows.ts"

/** All jobs and days of a ledger: read once, then in memory and written through. */
export class LedgerState {
  readonly #rows: LedgerRows
  readonly #jobs = new Map<string, JobRow>()
  readonly #idsOf = new Map<string, Set<string>>()
  readonly #reservations = new Map<string, JobRow>()
  readonly #days: Map<string, Usage>
  readonly #freeRows: Array<number> = []
  #rowCount = 0
  readonly #unwrittenJobs = new Set<string>()
  /** Days that have changed since they got rows of their own. */
  readonly #changedDays: Set<string>

  constructor(rows: LedgerRows) {
    this.#rows = rows
    const { changed, days, jobs } = rows.read()
    this.#days = new Map(days)
    this.#changedDays = new Set(changed)
    const taken = new Set<number>()
    for (const job of jobs) {
      this.#rowCount = Math.max(this.#rowCount, job.row)
      taken.add(job.row)
      this.#remember(job)
    }
    for (let row = this.#rowCount; row > 0; row--) if (!taken.has(row)) this.#freeRows.push(row)
  }

  get isEmpty(): boolean {
    return this.#jobs.size === 0 && this.#days.size === 0
  }

  get hasJobs(): boolean {
    return this.#jobs.size > 0
  }

  /** Where the next job is written. */
  get nextRow(): number {
    return this.#freeRows.at(-1) ?? this.#rowCount + 1
  }

  /** What is being drawn. */
  get reservations(): ReadonlyArray<JobRow> {
    return [...this.#reservations.values()]
  }

  /** The days that anything is counted for. */
  get days(): ReadonlyArray<string> {
    return [...this.#days.keys()]
  }

  job(id: string): JobRow | undefined {
    return this.#jobs.get(id)
  }

  /** In the order of their coming. */
  jobsOf(identity: string): ReadonlyArray<JobRow> {
    return [...(this.#idsOf.get(identity) ?? [])].flatMap((id) => this.#jobs.get(id) ?? [])
  }

  /** What was settled for a day. */
  settled(day: string): Usage {
    return this.#days.get(day) ?? noUsage
  }

  /** Writes a job, then remembers it. What can't be written throws, and nothing has changed. */
  put(job: JobRow): void {
    this.#rows.write([job], this.#changed())
    this.#remember(job)
  }

  /**
   * Remembers what became of a job, and its use in place of what was counted for it before. Whether it could be written; if
   * not, that is tried again by {@link flush}.
   */
  settle(job: JobRow): boolean {
    const before = this.#jobs.get(job.id)
    if (job.counted) {
      const others = subtractUsage(this.settled(job.day), before ? countedOf(before) : noUsage)
      this.#days.set(job.day, addUsage(others, job.counted))
      this.#changedDays.add(job.day)
    }
    this.#remember(job)
    this.#unwrittenJobs.add(job.id)
    return this.flush()
  }

  /** Remembers what need not outlive this instance. */
  note(job: JobRow): void {
    this.#remember(job)
  }

  /** Writes what could not be written before. Whether everything is written now. */
  flush(): boolean {
    if (this.#unwrittenJobs.size === 0) return true
    try {
      const jobs = [...this.#unwrittenJobs].flatMap((id) => this.#jobs.get(id) ?? [])
      this.#rows.write(jobs, this.#changed())
    } catch {
      // It stays in the list of what is to be written, and whoever has sent it is told.
      return false
    }
    this.#unwrittenJobs.clear()
    return true
  }

  /** Gives up what was not heard of in time. What was given up. */
  lapse(now: number): ReadonlyArray<JobRow> {
    const over = this.reservations.filter(({ leaseUntil }) => leaseUntil <= now)
    for (const job of over) this.settle(lost(job))
    return over
  }

  /** Forgets jobs that are over and written. Their rows are used again. After {@link lapse}. */
  forget(now: number): void {
    for (const job of this.#jobs.values()) {
      const needed = forgottenAt(job) > now || this.#unwrittenJobs.has(job.id)
      if (!needed) this.#drop(job)
    }
  }

  /** Removes the rows of what is forgotten, and those of days that are over. What fails throws. */
  removeRows(daysOver: ReadonlyArray<string>): void {
    const over = new Set(daysOver)
    const changed = this.#changed().filter(([day]) => !over.has(day))
    this.#rows.remove(this.#freeRows, over, changed)
    this.#changedDays.clear()
    for (const day of over) this.#days.delete(day)
    this.#freeRows.length = 0
    this.#rowCount = Math.max(0, ...[...this.#jobs.values()].map(({ row }) => row))
    const taken = new Set([...this.#jobs.values()].map(({ row }) => row))
    for (let row = this.#rowCount; row > 0; row--) if (!taken.has(row)) this.#freeRows.push(row)
  }

  #changed(): ReadonlyArray<readonly [day: string, usage: Usage]> {
    return [...this.#changedDays].map((day) => [day, this.settled(day)])
  }

  #remember(job: JobRow): void {
    if (!this.#jobs.has(job.id)) this.#list(job)
    this.#jobs.set(job.id, job)
    if (job.counted) this.#reservations.delete(job.id)
    else this.#reservations.set(job.id, job)
  }

  #list(job: JobRow): void {
    const same = this.#idsOf.get(job.identity)
    if (same) same.add(job.id)
    else this.#idsOf.set(job.identity, new Set([job.id]))
    if (this.#freeRows.at(-1) === job.row) this.#freeRows.pop()
    this.#rowCount = Math.max(this.#rowCount, job.row)
  }

  #drop(job: JobRow): void {
    this.#jobs.delete(job.id)
    const same = this.#idsOf.get(job.identity)
    same?.delete(job.id)
    if (same?.size === 0) this.#idsOf.delete(job.identity)
    this.#freeRows.push(job.row)
  }
}
