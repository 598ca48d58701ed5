import { DatabaseSync } from "node:sqlite"
import * as Schema from "effect/Schema"
import { afterEach, beforeEach, vi } from "vitest"
import type { Usage } from "../../src/domain/Usage.ts"
import type { JobRow } from "../../src/services/ledger/JobRow.ts"
import {
  ClaimAnswer,
  EndAnswer,
  JobAnswer,
  type LedgerMessage,
  ProgressAnswer,
  UsageAnswer
} from "../../src/services/ledger/LedgerMessage.ts"
import { LedgerObject } from "../../src/services/ledger/LedgerObject.ts"
import { sqlOver } from "./FakeObjects.ts"

const answers = {
  Claim: ClaimAnswer,
  End: EndAnswer,
  Progress: ProgressAnswer,
  Read: JobAnswer,
  Follow: JobAnswer,
  Cancel: JobAnswer,
  Usage: UsageAnswer
}

/** What writes. */
const writing = /^(?:CREATE|INSERT|DELETE)/

/** One LedgerObject over a real SQLite database, at the time of `Date`. */
export const makeFakeLedger = () => {
  const database = new DatabaseSync(":memory:")
  const { exec } = sqlOver(database)
  const queries: Array<string> = []
  let alarm: number | undefined
  let alarmsSet = 0
  const faults = { failing: (_query: string): boolean => false }
  const storage = {
    sql: {
      exec: (query: string, ...bindings: ReadonlyArray<SqlStorageValue>) => {
        queries.push(query)
        if (writing.test(query) && faults.failing(query)) throw new Error("database or disk is full")
        return exec(query, ...bindings)
      }
    },
    transactionSync: <A>(closure: () => A): A => {
      database.exec("BEGIN")
      try {
        const result = closure()
        database.exec("COMMIT")
        return result
      } catch (error) {
        database.exec("ROLLBACK")
        throw error
      }
    },
    getAlarm: async () => alarm ?? null,
    setAlarm: async (millis: number) => {
      alarmsSet += 1
      alarm = millis
    },
    deleteAll: async () => {
      if (faults.failing("DELETE")) throw new Error("database or disk is full")
      for (const table of tables()) database.exec(`DROP TABLE ${table}`)
    }
  }
  const tables = () =>
    database
      .prepare("SELECT name FROM sqlite_master WHERE type = 'table'")
      .all()
      .map(({ name }) => String(name))
  // The methods that this object has no use for are left out.
  const make = () => new LedgerObject({ storage: storage as unknown as DurableObjectStorage }, () => Date.now())
  let object: LedgerObject | undefined

  const send = (body: string, signal?: AbortSignal): Promise<Response> => {
    object ??= make()
    return object.fetch(new Request("https://ledger/", { method: "POST", body, ...(signal && { signal }) }))
  }

  const ring = async () => {
    alarm = undefined
    object ??= make()
    await object.alarm()
  }

  return {
    send,
    /** What the platform does with an alarm, and again where it has failed. */
    ring,
    // Each test knows what its message is answered.
    ask: async <A = unknown>(message: LedgerMessage, signal?: AbortSignal): Promise<A> => {
      const response = await send(JSON.stringify(message), signal)
      if (!response.ok) return { status: response.status } as A
      return Schema.decodeUnknownSync(answers[message._tag], { onExcessProperty: "error" })(await response.json()) as A
    },
    /** Ends the instance; what is stored stays. */
    evict: () => {
      object = undefined
    },
    /** Rings the alarm if it is due. */
    wake: async () => {
      if (alarm !== undefined && alarm <= Date.now()) await ring()
    },
    alarm: () => alarm,
    alarmsSet: () => alarmsSet,
    tables,
    jobs: (): ReadonlyArray<JobRow> =>
      tables().includes("jobs")
        ? database
            .prepare("SELECT data FROM jobs ORDER BY n")
            .all()
            .map(({ data }) => JSON.parse(String(data)))
        : [],
    days: (): ReadonlyArray<readonly [string, Usage]> =>
      tables().includes("days")
        ? database
            .prepare("SELECT data FROM days ORDER BY n")
            .all()
            .map(({ data }): readonly [string, Usage] => {
              const [day, usage] = JSON.parse(String(data))
              return [day, usage]
            })
        : [],
    /** How many rows were written or deleted so far. */
    changes: () => Number(database.prepare("SELECT total_changes() AS changes").get()?.changes),
    queries,
    faults
  }
}
export type FakeLedger = ReturnType<typeof makeFakeLedger>

/** Each test begins at noon of 25 November 2026, and moves the clock by hand. */
export const noon = Date.UTC(2026, 10, 25, 12)
export const later = (millis: number) => vi.advanceTimersByTimeAsync(millis)
export const holdClock = (): void => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"], now: noon })
  })
  afterEach(() => {
    vi.useRealTimers()
  })
}

/** Lets time pass in small steps, with every alarm on its time. */
export const pass = async (ledger: FakeLedger, millis: number) => {
  for (const until = Date.now() + millis; Date.now() < until; ) {
    const due = ledger.alarm() ?? Number.POSITIVE_INFINITY
    vi.setSystemTime(Math.min(until, Math.max(due, Date.now() + 1)))
    await ledger.wake()
  }
}
