import type { Usage } from "../../domain/Usage.ts"
import type { JobRow } from "./JobRow.ts"

/** What of a Durable Object's storage is used. */
export type LedgerStorage = Pick<DurableObjectStorage, "deleteAll" | "getAlarm" | "setAlarm" | "transactionSync"> & {
  readonly sql: Pick<SqlStorage, "exec">
}

/** What is written in one step, or not at all. */
export interface Writing {
  readonly jobs?: ReadonlyArray<JobRow>
  readonly days?: ReadonlyArray<readonly [day: string, usage: Usage]>
}

const dayMillis = 24 * 60 * 60 * 1000
const numberOf = (day: string) => Date.parse(day) / dayMillis

/**
 * The rows of a ledger: one for each job and one for each day, as JSON. The tables are made with the first row, so a ledger
 * that was only asked leaves nothing. Whatever fails throws.
 */
export class LedgerRows {
  readonly #storage: LedgerStorage
  #made: boolean

  constructor(storage: LedgerStorage) {
    this.#storage = storage
    this.#made =
      storage.sql.exec("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'days'").toArray().length > 0
  }

  /** Whether there is anything. */
  get made(): boolean {
    return this.#made
  }

  /** In the order of their coming. */
  jobs(): ReadonlyArray<JobRow> {
    if (!this.#made) return []
    const rows = this.#storage.sql.exec<{ data: string }>("SELECT data FROM jobs").toArray()
    // Only `write` writes them.
    return rows.map(({ data }): JobRow => JSON.parse(data)).sort((a, b) => a.createdAt - b.createdAt)
  }

  days(): ReadonlyArray<readonly [day: string, usage: Usage]> {
    if (!this.#made) return []
    return this.#storage.sql
      .exec<{ data: string }>("SELECT data FROM days ORDER BY n")
      .toArray()
      .map(({ data }) => JSON.parse(data))
  }

  write({ days = [], jobs = [] }: Writing): void {
    const [job] = jobs
    // One row needs no transaction of its own.
    if (this.#made && job && jobs.length === 1 && days.length === 0) this.#writeJob(job)
    else this.#storage.transactionSync(() => this.#writeAll(jobs, days))
    this.#made = true
  }

  /** Forgets rows of jobs by their numbers, and days. */
  remove(jobs: Iterable<number>, days: Iterable<string>): void {
    const { sql } = this.#storage
    this.#storage.transactionSync(() => {
      for (const row of jobs) sql.exec("DELETE FROM jobs WHERE n = ?", row)
      for (const day of days) sql.exec("DELETE FROM days WHERE n = ?", numberOf(day))
    })
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

  #writeAll(jobs: ReadonlyArray<JobRow>, days: ReadonlyArray<readonly [string, Usage]>): void {
    const { sql } = this.#storage
    if (!this.#made) {
      sql.exec("CREATE TABLE IF NOT EXISTS jobs (n INTEGER PRIMARY KEY, data TEXT NOT NULL)")
      sql.exec("CREATE TABLE IF NOT EXISTS days (n INTEGER PRIMARY KEY, data TEXT NOT NULL)")
    }
    for (const job of jobs) this.#writeJob(job)
    for (const day of days) {
      sql.exec("INSERT OR REPLACE INTO days VALUES (?, ?)", numberOf(day[0]), JSON.stringify(day))
    }
  }

  #writeJob(job: JobRow): void {
    this.#storage.sql.exec("INSERT OR REPLACE INTO jobs VALUES (?, ?)", job.row, JSON.stringify(job))
  }
}
