import type { Frame } from "./frames.ts"
import { noBytes } from "./frames.ts"

export type JobStatus = "running" | "completed" | "failed" | "cancelled"

/** A generation as it is kept. Times are in milliseconds since 1970; the texts are JSON. */
export interface JobRow {
  readonly id: string
  /** The name of the caller's key. */
  readonly caller: string
  readonly digest: string
  readonly status: JobStatus
  /** What was known when it began. */
  readonly opening: string
  /** What was known when it ended; absent while it runs. */
  readonly outcome: string | null
  /** Whether a repeat gets this result: not where nothing was drawn. */
  readonly replayable: boolean
  /** Its client is known to have gone without the result. */
  readonly abandoned: boolean
  readonly joins: number
  readonly createdAt: number
  /** For one that runs, when it is given up at the latest. */
  readonly expiresAt: number
}

/** Keeps generations and what happens in them in SQLite. Synchronous, so that a look and the step after it are one. */
export interface JobStore {
  /** In the order of their coming. */
  readonly all: () => ReadonlyArray<JobRow>
  readonly find: (id: string) => JobRow | undefined
  readonly insert: (row: JobRow) => void
  readonly update: (id: string, change: Partial<Pick<JobRow, Changeable>>) => void
  readonly append: (id: string, sequence: number, frame: Frame) => void
  /** The first event after `sequence`. */
  readonly next: (id: string, sequence: number) => { readonly sequence: number; readonly frame: Frame } | undefined
  readonly remove: (id: string) => void
}

type Changeable = "status" | "outcome" | "replayable" | "abandoned" | "joins" | "expiresAt"

/** A row may have 2 MB: https://developers.cloudflare.com/durable-objects/platform/limits/ */
const chunkBytes = 1024 * 1024

const columns: Readonly<Record<Changeable, string>> = {
  status: "status",
  outcome: "outcome",
  replayable: "replayable",
  abandoned: "abandoned",
  joins: "joins",
  expiresAt: "expires_at"
}

/** Makes the tables where they are missing. */
export const makeJobStore = (sql: Pick<SqlStorage, "exec">): JobStore => {
  sql.exec(`CREATE TABLE IF NOT EXISTS jobs (
    id TEXT PRIMARY KEY, caller TEXT NOT NULL, digest TEXT NOT NULL, status TEXT NOT NULL, opening TEXT NOT NULL,
    outcome TEXT, replayable INTEGER NOT NULL, abandoned INTEGER NOT NULL, joins INTEGER NOT NULL,
    created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL)`)
  sql.exec(`CREATE TABLE IF NOT EXISTS events (
    job TEXT NOT NULL, sequence INTEGER NOT NULL, value TEXT NOT NULL, PRIMARY KEY (job, sequence))`)
  sql.exec(`CREATE TABLE IF NOT EXISTS chunks (
    job TEXT NOT NULL, sequence INTEGER NOT NULL, part INTEGER NOT NULL, bytes BLOB NOT NULL,
    PRIMARY KEY (job, sequence, part))`)

  const bytesOf = (id: string, sequence: number): Uint8Array<ArrayBuffer> => {
    const parts = sql
      .exec<{ bytes: ArrayBuffer }>(
        "SELECT bytes FROM chunks WHERE job = ? AND sequence = ? ORDER BY part",
        id,
        sequence
      )
      .toArray()
      .map(({ bytes }) => new Uint8Array(bytes))
    const [first] = parts
    if (first === undefined) return noBytes
    if (parts.length === 1) return first
    const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
    for (const [index, part] of parts.entries()) whole.set(part, index * chunkBytes)
    return whole
  }

  return {
    all: () => sql.exec<StoredJob>("SELECT * FROM jobs ORDER BY created_at, rowid").toArray().map(readRow),
    find: (id) => {
      const [row] = sql.exec<StoredJob>("SELECT * FROM jobs WHERE id = ?", id).toArray()
      return row && readRow(row)
    },
    insert: (row) => {
      sql.exec(
        "INSERT INTO jobs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        row.id,
        row.caller,
        row.digest,
        row.status,
        row.opening,
        row.outcome,
        Number(row.replayable),
        Number(row.abandoned),
        row.joins,
        row.createdAt,
        row.expiresAt
      )
    },
    update: (id, change) => {
      const names = (Object.keys(columns) as ReadonlyArray<Changeable>).filter((name) => name in change)
      const values = names.map((name) => change[name] ?? null)
      const changes = names.map((name) => `${columns[name]} = ?`).join(", ")
      sql.exec(
        `UPDATE jobs SET ${changes} WHERE id = ?`,
        ...values.map((value) => (typeof value === "boolean" ? Number(value) : value)),
        id
      )
    },
    append: (id, sequence, { bytes, value }) => {
      sql.exec("INSERT INTO events VALUES (?, ?, ?)", id, sequence, JSON.stringify(value))
      for (let part = 0; part * chunkBytes < bytes.length; part++) {
        const chunk = bytes.slice(part * chunkBytes, (part + 1) * chunkBytes)
        sql.exec("INSERT INTO chunks VALUES (?, ?, ?, ?)", id, sequence, part, chunk.buffer)
      }
    },
    next: (id, sequence) => {
      const [row] = sql
        .exec<{ sequence: number; value: string }>(
          "SELECT sequence, value FROM events WHERE job = ? AND sequence > ? ORDER BY sequence LIMIT 1",
          id,
          sequence
        )
        .toArray()
      return (
        row && { sequence: row.sequence, frame: { value: JSON.parse(row.value), bytes: bytesOf(id, row.sequence) } }
      )
    },
    remove: (id) => {
      sql.exec("DELETE FROM jobs WHERE id = ?", id)
      sql.exec("DELETE FROM events WHERE job = ?", id)
      sql.exec("DELETE FROM chunks WHERE job = ?", id)
    }
  }
}

interface StoredJob extends Record<string, SqlStorageValue> {
  id: string
  caller: string
  digest: string
  status: string
  opening: string
  outcome: string | null
  replayable: number
  abandoned: number
  joins: number
  created_at: number
  expires_at: number
}

const statuses: ReadonlyArray<JobStatus> = ["running", "completed", "failed", "cancelled"]

const readRow = (row: StoredJob): JobRow => ({
  id: row.id,
  caller: row.caller,
  digest: row.digest,
  status: statuses.find((status) => status === row.status) ?? "failed",
  opening: row.opening,
  outcome: row.outcome,
  replayable: row.replayable !== 0,
  abandoned: row.abandoned !== 0,
  joins: row.joins,
  createdAt: row.created_at,
  expiresAt: row.expires_at
})
