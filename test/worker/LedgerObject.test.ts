/// <reference types="@cloudflare/vitest-plugin/types" />
import { evictDurableObject, runInDurableObject } from "cloudflare:test"
import { env } from "cloudflare:workers"
import { describe, expect, it } from "vitest"
import type { LedgerMessage } from "../../src/services/ledger/LedgerMessage.ts"
import { LedgerObject } from "../../src/services/ledger/LedgerObject.ts"
import type { LedgerStorage } from "../../src/services/ledger/LedgerRows.ts"
import { claim, end, neurons, repeat } from "../support/ledgerMessages.ts"

// The names of wrangler.toml; the typings know none. Any class will do, for only its storage is used.
const namespace: DurableObjectNamespace = (env as { readonly LEDGER: DurableObjectNamespace }).LEDGER

const minute = 60_000

/** A ledger in the storage of workerd, at a time that is moved by hand. */
const makeLedger = () => {
  const stub = namespace.get(namespace.newUniqueId())
  const objects = new WeakMap<object, LedgerObject>()
  const cursors: Array<Pick<SqlStorageCursor<Record<string, SqlStorageValue>>, "rowsWritten">> = []
  let now = Date.now()
  const counted = (storage: DurableObjectStorage): LedgerStorage => {
    const exec: SqlStorage["exec"] = (query, ...bindings) => {
      const cursor = storage.sql.exec(query, ...bindings)
      cursors.push(cursor)
      // What `exec` gives has the type that its caller names.
      return cursor as never
    }
    return {
      sql: { exec },
      deleteAll: () => storage.deleteAll(),
      getAlarm: () => storage.getAlarm(),
      setAlarm: (millis) => storage.setAlarm(millis),
      transactionSync: (closure) => storage.transactionSync(closure)
    }
  }
  /** Of the instance that runs now: what was in memory goes with it. */
  const within = <A>(use: (ledger: LedgerObject, state: DurableObjectState) => A | Promise<A>): Promise<A> =>
    runInDurableObject(stub, (instance: object, state) => {
      const ledger = objects.get(instance) ?? new LedgerObject({ storage: counted(state.storage) }, () => now)
      objects.set(instance, ledger)
      return use(ledger, state)
    })
  return {
    within,
    ask: (message: LedgerMessage): Promise<unknown> =>
      within(async (ledger) => {
        const response = await ledger.fetch(
          new Request("https://ledger/", { method: "POST", body: JSON.stringify(message) })
        )
        return response.ok ? response.json() : { status: response.status, text: await response.text() }
      }),
    /** How many were written so far. */
    rows: () => cursors.reduce((sum, { rowsWritten }) => sum + rowsWritten, 0),
    evict: () => evictDurableObject(stub),
    later: (millis: number) => {
      now += millis
    },
    tables: () =>
      within((_, { storage }) =>
        storage.sql
          .exec("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'")
          .toArray()
      ),
    alarm: () => within((_, { storage }) => storage.getAlarm())
  }
}

const usage = { _tag: "Usage" } as const
const read = { _tag: "Read", id: "a", after: -1 } as const

describe("a ledger in workerd", () => {
  it("leaves nothing where it is only asked, or refuses", async () => {
    const { alarm, ask, tables } = makeLedger()
    expect(await ask(claim("a", { limits: { neurons: 1 } }))).toEqual({ _tag: "OverBudget", left: { neurons: 1 } })
    expect(await ask(read)).toEqual({ _tag: "NotFound" })
    expect(await ask(usage)).toEqual({ today: neurons(0, 0), days: [] })
    expect(await tables()).toEqual([])
    expect(await alarm()).toBeNull()
  })

  it("remembers what it was told through an eviction in the middle", async () => {
    const { ask, evict } = makeLedger()
    await ask(claim("a"))
    await ask({ _tag: "Progress", id: "a", event: { image: 0 } })
    await evict()
    expect(await ask(repeat("b"))).toMatchObject({ _tag: "Join", job: { id: "a", status: "running" } })
    await evict()
    expect(await ask(end("a", { spent: neurons(30) }))).toEqual({ cancelled: false, joined: true, stored: true })
    await evict()
    expect(await ask(read)).toMatchObject({ job: { status: "completed", joins: 1, events: [{ sequence: 0 }] } })
    expect(await ask(usage)).toMatchObject({ today: neurons(30) })
  })

  it("is answered while others follow", async () => {
    const { ask } = makeLedger()
    await ask(claim("a"))
    const followers = Array.from({ length: 10 }, () => ask({ _tag: "Follow", id: "a", after: -1 }))
    await ask({ _tag: "Progress", id: "a", event: { image: 0 } })
    for (const answer of await Promise.all(followers))
      expect(answer).toMatchObject({ job: { events: [{ sequence: 0 }] } })
  })

  it("draws one of fifty at once that have a key, and four of four that mark nothing", async () => {
    const { ask } = makeLedger()
    const tags = async (claims: ReadonlyArray<LedgerMessage>) => {
      const answers = await Promise.all(claims.map(ask))
      return answers.filter((answer) => JSON.stringify(answer) === '{"_tag":"Draw"}').length
    }
    const keyed = Array.from({ length: 50 }, (_, n) => claim(`k${n}`, { keyed: true, identity: "key" }))
    expect(await tags(keyed)).toBe(1)
    expect(await tags(["a", "b", "c", "d"].map((id) => claim(id)))).toBe(4)
  })

  it("writes two rows for a generation, and has none when all is over", async () => {
    const { alarm, ask, evict, later, rows, tables, within } = makeLedger()
    await ask(claim("first"))
    await ask(end("first"))
    const written = async (message: LedgerMessage) => {
      const before = rows()
      await ask(message)
      return rows() - before
    }
    expect(await written(claim("a"))).toBe(1)
    expect(await written(end("a"))).toBe(1)
    expect(await alarm()).toBeGreaterThan(0)
    later(60 * minute)
    await within((ledger) => ledger.alarm())
    expect(await within((_, { storage }) => storage.sql.exec("SELECT * FROM jobs").toArray())).toEqual([])
    later(31 * 24 * 60 * minute)
    await evict()
    await within((ledger) => ledger.alarm())
    expect(await tables()).toEqual([])
    expect(await ask(claim("b"))).toEqual({ _tag: "Draw" })
  })
})
