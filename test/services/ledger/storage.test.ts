import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { longestMessage } from "../../../src/services/ledger/LedgerMessage.ts"
import { makeFakeLedger } from "../../support/FakeLedger.ts"
import { claim, end, neurons, repeat } from "../../support/ledgerMessages.ts"

const noon = Date.UTC(2026, 10, 25, 12)
const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

const later = (millis: number) => vi.advanceTimersByTimeAsync(millis)
const read = (id: string) => ({ _tag: "Read", id, after: -1 }) as const
const follow = (id: string) => ({ _tag: "Follow", id, after: -1 }) as const
const cancel = (id: string) => ({ _tag: "Cancel", id }) as const
const usage = { _tag: "Usage" } as const
const progress = { _tag: "Progress", id: "a", event: { picture: 0 } } as const

const draw = { _tag: "Draw" }
const told = (job: object) => ({ _tag: "Job", job: expect.objectContaining(job) })

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"], now: noon })
})
afterEach(() => {
  vi.useRealTimers()
})

/** Lets time pass in small steps, with every alarm on its time. */
const pass = async (ledger: ReturnType<typeof makeFakeLedger>, millis: number) => {
  for (const until = Date.now() + millis; Date.now() < until; ) {
    const due = ledger.alarm() ?? Number.POSITIVE_INFINITY
    vi.setSystemTime(Math.min(until, Math.max(due, Date.now() + 1)))
    await ledger.wake()
  }
}

describe("the storage of a ledger", () => {
  it.each([
    ["over budget", claim("a", { limits: { neurons: 1 } })],
    ["too many", claim("a", { limits: { concurrency: 0 } })],
    ["a poll of what is unknown", read("a")],
    ["a follower of what is unknown", follow("a")],
    ["a cancellation of what is unknown", cancel("a")],
    ["an event of what is unknown", progress],
    ["the use of a key that uses nothing", usage]
  ])("is not there after %s", async (_, message) => {
    const { alarm, ask, queries, tables } = makeFakeLedger()
    await ask(message)
    expect(tables()).toEqual([])
    expect(alarm()).toBeUndefined()
    expect(queries.filter((query) => !query.startsWith("SELECT"))).toEqual([])
  })

  it("takes three rows for a generation, and one alarm for many", async () => {
    const { alarmsSet, ask, changes } = makeFakeLedger()
    for (const id of ["a", "b", "c"]) {
      const before = changes()
      await ask(claim(id))
      expect(changes() - before).toBe(1)
      await ask(end(id))
      expect(changes() - before).toBe(3)
    }
    expect(alarmsSet()).toBe(1)
  })

  it("takes none for a question, and one for a request that joins what runs", async () => {
    const { ask, changes } = makeFakeLedger()
    await ask(claim("a"))
    const before = changes()
    for (const message of [usage, read("a"), read("b")]) await ask(message)
    expect(changes()).toBe(before)
    await ask(repeat("b"))
    expect(changes()).toBe(before + 1)
    await ask(end("a"))
    await ask(repeat("c"))
    expect(changes()).toBe(before + 3)
  })

  it("is read once, when the object begins", async () => {
    const { ask, evict, queries } = makeFakeLedger()
    for (const id of ["a", "b"]) await ask(claim(id))
    evict()
    await ask(read("a"))
    queries.length = 0
    for (const message of [read("a"), read("b"), usage, repeat("c"), claim("d"), end("a")]) await ask(message)
    expect(queries.filter((query) => query.startsWith("SELECT"))).toEqual([])
  })

  it("has no more rows than jobs were remembered at a time, also after an eviction", async () => {
    const { ask, evict, jobs } = makeFakeLedger()
    for (let n = 0; n < 20; n++) {
      await ask(claim(`a${n}`))
      await ask(claim(`b${n}`))
      await ask(end(`a${n}`))
      await ask(end(`b${n}`))
      if (n % 3 === 0) evict()
      await later(4 * minute)
    }
    expect(jobs()).toHaveLength(2)
  })

  it("loses the rows of jobs within an hour, and all of it after 31 days", async () => {
    const ledger = makeFakeLedger()
    await ledger.ask(claim("a"))
    await ledger.ask(end("a"))
    await pass(ledger, 12 * minute)
    await ledger.ask(claim("lost"))
    await pass(ledger, hour)
    expect(ledger.jobs()).toEqual([])
    expect(ledger.days()).toEqual([["2026-11-25", neurons(100, 2)]])
    expect(ledger.alarm()).toBe(Date.UTC(2026, 11, 26))
    ledger.evict()
    await pass(ledger, 30 * day - 2 * hour)
    expect(await ledger.ask(usage)).toMatchObject({ today: neurons(0, 0), days: [{ date: "2026-11-25" }] })
    expect(ledger.alarm()).toBe(Date.UTC(2026, 11, 26))
    await pass(ledger, day)
    expect(ledger.tables()).toEqual([])
    expect(ledger.alarm()).toBeUndefined()
    expect(await ledger.ask(usage)).toEqual({ today: neurons(0, 0), days: [] })
    expect(await ledger.ask(claim("b"))).toEqual(draw)
    expect(ledger.jobs()).toHaveLength(1)
    expect(ledger.alarm()).toBeLessThan(Date.now() + hour)
  })

  it("of a key that is used again sets its alarm for the new job", async () => {
    const ledger = makeFakeLedger()
    await ledger.ask(claim("a"))
    await ledger.ask(end("a"))
    await pass(ledger, hour)
    ledger.evict()
    await ledger.ask(claim("b"))
    await ledger.ask(end("b"))
    await pass(ledger, hour)
    expect(ledger.jobs()).toEqual([])
  })

  it("keeps 31 days", async () => {
    const ledger = makeFakeLedger()
    for (let n = 0; n < 40; n++) {
      await ledger.ask(claim(`${n}`))
      await ledger.ask(end(`${n}`))
      await pass(ledger, day)
    }
    const { days } = await ledger.ask<{ days: ReadonlyArray<{ date: string }> }>(usage)
    // The last of the forty was yesterday.
    expect(days).toHaveLength(30)
    expect(days[0]?.date).toBe("2027-01-03")
    expect(days.at(-1)?.date).toBe("2026-12-05")
    expect(ledger.days().length).toBeLessThanOrEqual(31)
  })

  it("keeps what runs and what is read when the alarm rings", async () => {
    const ledger = makeFakeLedger()
    await ledger.ask(claim("a", { leaseMillis: hour }))
    await pass(ledger, 55 * minute)
    ledger.evict()
    expect(await ledger.ask(read("a"))).toEqual(told({ status: "running" }))
    expect(ledger.alarm()).toBeLessThan(Date.now() + hour)
  })
})

describe("storage that fails", () => {
  it.each([
    ["at the first claim", false, /^CREATE/],
    ["at the first row", false, /^INSERT/],
    ["at a later claim", true, /^INSERT/]
  ])("%s: nothing is changed, and the ledger counts as unreachable", async (_, used, pattern) => {
    const { alarm, ask, evict, faults, tables } = makeFakeLedger()
    if (used) await ask(claim("z", { identity: "dog", digest: "dog" }))
    const before = [await ask(usage), tables(), alarm()]
    faults.failing = (query) => pattern.test(query)
    expect(await ask(claim("a"))).toEqual({ status: 500 })
    expect([await ask(usage), tables(), alarm()]).toEqual(before)
    expect(await ask(read("a"))).toEqual({ _tag: "NotFound" })
    faults.failing = () => false
    expect(await ask(repeat("b"))).toEqual(draw)
    evict()
    expect(await ask(usage)).toMatchObject({ today: neurons(used ? 100 : 50, used ? 2 : 1) })
  })

  it("leaves a job as it was where it can't be joined", async () => {
    const { ask, faults } = makeFakeLedger()
    await ask(claim("a"))
    faults.failing = () => true
    expect(await ask(repeat("b"))).toEqual({ status: 500 })
    faults.failing = () => false
    expect(await ask(read("a"))).toEqual(told({ joins: 0 }))
    expect(await ask(end("a"))).toMatchObject({ joined: false })
  })

  it.each(["jobs", "days"])("keeps an end in memory, and writes it at the next chance (%s)", async (table) => {
    const { ask, evict, faults } = makeFakeLedger()
    await ask(claim("a"))
    const follower = ask(follow("a"))
    faults.failing = (query) => query.includes(`INTO ${table}`)
    expect(await ask(end("a", { spent: neurons(30) }))).toEqual({ cancelled: false, joined: false, stored: false })
    expect(await follower).toEqual(told({ status: "completed" }))
    expect(await ask(usage)).toMatchObject({ today: neurons(30) })
    expect(await ask(end("a"))).toMatchObject({ stored: false })
    faults.failing = () => false
    expect(await ask(read("a"))).toEqual(told({ status: "completed" }))
    evict()
    expect(await ask(read("a"))).toEqual(told({ status: "completed" }))
    expect(await ask(usage)).toMatchObject({ today: neurons(30) })
  })

  it("counts once, though the object is lost before it could write an end", async () => {
    const { ask, evict, faults } = makeFakeLedger()
    await ask(claim("a"))
    for (const table of ["jobs", "days"]) {
      faults.failing = (query) => query.includes(`INTO ${table}`)
      await ask(end("a", { spent: neurons(30) }))
      evict()
    }
    faults.failing = () => false
    expect(await ask(usage)).toMatchObject({ today: neurons(50) })
    await later(minute)
    expect(await ask(usage)).toMatchObject({ today: neurons(50) })
    await ask(end("a", { spent: neurons(30) }))
    expect(await ask(usage)).toMatchObject({ today: neurons(30) })
  })

  it("keeps events and cancellations in memory too", async () => {
    const { ask, evict, faults } = makeFakeLedger()
    await ask(claim("a"))
    faults.failing = () => true
    await ask(cancel("a"))
    expect(await ask(progress)).toEqual({ cancelled: true })
    faults.failing = () => false
    await ask(usage)
    evict()
    expect(await ask(read("a"))).toEqual(told({ cancelled: true, events: [{ sequence: 0, event: { picture: 0 } }] }))
  })

  it("is cleared by the next try of an alarm that failed", async () => {
    const ledger = makeFakeLedger()
    await ledger.ask(claim("a"))
    await ledger.ask(end("a"))
    await pass(ledger, 29 * day)
    vi.setSystemTime(Date.now() + 2 * day)
    expect(await ledger.ask(usage)).toEqual({ today: neurons(0, 0), days: [] })
    ledger.faults.failing = (query) => query === "DELETE"
    await expect(ledger.ring()).rejects.toThrow("full")
    ledger.faults.failing = () => false
    await ledger.ring()
    expect(ledger.tables()).toEqual([])
  })

  it("does not end the alarm for ever", async () => {
    const ledger = makeFakeLedger()
    await ledger.ask(claim("a"))
    await ledger.ask(end("a"))
    ledger.faults.failing = () => true
    await expect(pass(ledger, hour)).rejects.toThrow("full")
    ledger.faults.failing = () => false
    await ledger.ask(claim("b"))
    await pass(ledger, hour)
    expect(ledger.jobs()).toEqual([])
  })
})

describe("a message", () => {
  it.each([
    ["is none", "{", 400],
    ["is unknown", '{"_tag":"Draw"}', 400],
    ["is incomplete", '{"_tag":"Read","id":"a"}', 400],
    ["needs what is no number", JSON.stringify(claim("a", { needed: neurons(Number.NaN) })), 400],
    ["is too long", JSON.stringify(claim("a", { opening: "x".repeat(longestMessage) })), 413],
    ["is long", JSON.stringify(claim("a", { opening: "x".repeat(longestMessage - 1000) })), 200]
  ])("that %s", async (_, body, status) => {
    const { send } = makeFakeLedger()
    expect((await send(body)).status).toBe(status)
  })

  it("finds no room where the events of a job are too long together", async () => {
    const { ask, jobs } = makeFakeLedger()
    await ask(claim("a", { opening: "ü".repeat(longestMessage - 1000) }))
    const event = "ü".repeat(longestMessage / 2 - 100)
    expect(await ask({ _tag: "Progress", id: "a", event })).toEqual({ cancelled: false })
    expect(await ask({ _tag: "Progress", id: "a", event })).toEqual({ cancelled: false })
    expect(await ask({ _tag: "Progress", id: "a", event })).toEqual({ status: 413 })
    expect(new TextEncoder().encode(JSON.stringify(jobs()[0])).length).toBeLessThan(2_000_000)
  })
})
