import type { Usage } from "../../domain/Usage.ts"
import type { JobRow } from "./JobRow.ts"

/** What of a Durable Object's storage is used. */
export type LedgerStorage = Pick<DurableObjectStorage, "deleteAll" | "getAlarm" | "setAlarm" | "transactionSync"> & {
  readonly sql: Pick<SqlStorage, "exec">
}

type DayUsage = readonly [day: string, usage: Usage]

/** With a job go the days that have changed since their own rows were written: the row that was written last is right. */
interface StoredJob extends JobRow {
  readonly days?: ReadonlyArray<DayUsage>
  readonly order?: number
}
type StoredDay = readonly [day: string, usage: Usage, order?: number]

interface Stored {
  readonly jobs: ReadonlyArray<JobRow>
  readonly days: ReadonlyMap<string, Usage>
  readonly changed: ReadonlyArray<string>
}

const dayMillis = 24 * 60 * 60 * 1000
const numberOf = (day: string) => Date.parse(day) / dayMillis

/**
 * The rows of a ledger: one for each job and one for each day, as JSON. A job's end is one row, with the day that it counts
 * for; days get rows of their own when rows of jobs are removed. The tables are made with the first row, so a ledger that was
 * only asked leaves nothing. Whatever fails throws.
 */
export class LedgerRows {
  readonly #storage: LedgerStorage
  #made: boolean
  /** Of what was written last. */
  #order = 0

  constructor(storage: LedgerStorage) {
    this.#storage = storage
    this.#made =
      storage.sql.exec("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'days'").toArray().length > 0
  }

  /** Whether there is anything. */
  get made(): boolean {
    return this.#made
  }

  /** All jobs, in the order of their coming, and all days; `changed` are those that are not told by rows of their own. */
  read(): Stored {
    if (!this.#made) return { jobs: [], days: new Map(), changed: [] }
    // Only this class writes them.
    const jobs = this.#data("jobs").map((data): StoredJob => JSON.parse(data))
    const ownRows = this.#data("days").map((data): StoredDay => JSON.parse(data))
    const last = jobs.reduce<StoredJob | undefined>((a, b) => ((a?.order ?? 0) > (b.order ?? 0) ? a : b), undefined)
    const lastOrder = last?.order ?? 0
    const withLast = (last?.days ?? []).map(([day, usage]): StoredDay => [day, usage, lastOrder])
    const ordered = [...ownRows, ...withLast].sort(([, , a = 0], [, , b = 0]) => a - b)
    this.#order = Math.max(lastOrder, ...ordered.map(([, , order = 0]) => order))
    return {
      jobs: jobs.map(({ days: _, order: __, ...job }) => job).sort((a, b) => a.createdAt - b.createdAt),
      days: new Map(ordered.map(([day, usage]) => [day, usage])),
      changed: withLast.map(([day]) => day)
    }
  }

  /** Writes jobs in one step, or not at all, with the days that have changed since {@link remove}. */
  write(jobs: ReadonlyArray<JobRow>, days: ReadonlyArray<DayUsage>): void {
    const [job] = jobs
    // One row needs no transaction of its own.
    if (this.#made && job && jobs.length === 1) this.#writeJob(job, days)
    else {
      this.#storage.transactionSync(() => {
        if (!this.#made) this.#makeTables()
        for (const each of jobs) this.#writeJob(each, days)
      })
    }
    this.#made = true
  }

  /** Removes rows of jobs by their numbers, and days that are over; `days` get their rows in the same step. */
  remove(jobs: Iterable<number>, daysOver: Iterable<string>, days: ReadonlyArray<DayUsage>): void {
    const { sql } = this.#storage
    const order = this.#order + 1
    this.#storage.transactionSync(() => {
      for (const [day, usage] of days) {
        sql.exec("INSERT OR REPLACE INTO days VALUES (?, ?)", numberOf(day), JSON.stringify([day, usage, order]))
      }
      for (const row of jobs) sql.exec("DELETE FROM jobs WHERE n = ?", row)
      for (const day of daysOver) sql.exec("DELETE FROM days WHERE n = ?", numberOf(day))
    })
    this.#order = order
  }

  async clear(): Promise<void> {
    // What comes meanwhile makes its tables anew.
    this.#made = false
    try {
      await this.#storage.deleteAll()
    } catch (error) {
      this.#made = true
      throw error
    }
  }

  #data(table: "jobs" | "days"): ReadonlyArray<string> {
    const rows = this.#storage.sql.exec<{ data: string }>(`SELECT data FROM ${table}`).toArray()
    return rows.map(({ data }) => data)
  }

  #makeTables(): void {
    const { sql } = this.#storage
    sql.exec("CREATE TABLE IF NOT EXISTS jobs (n INTEGER PRIMARY KEY, data TEXT NOT NULL)")
    sql.exec("CREATE TABLE IF NOT EXISTS days (n INTEGER PRIMARY KEY, data TEXT NOT NULL)")
  }

  #writeJob(job: JobRow, days: ReadonlyArray<DayUsage>): void {
    this.#order += 1
    const stored: StoredJob = { ...job, order: this.#order, ...(days.length > 0 && { days }) }
    this.#storage.sql.exec("INSERT OR REPLACE INTO jobs VALUES (?, ?)", job.row, JSON.stringify(stored))
  }
}
