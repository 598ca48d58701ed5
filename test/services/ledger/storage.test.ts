import { describe, expect, it } from "vitest"
import {
  cancel,
  claim,
  day,
  draw,
  end,
  follow,
  hour,
  minute,
  neurons,
  notFound,
  progress,
  read,
  repeat,
  told,
  usage
} from "../../support/ledgerMessages.ts"
import { holdClock, later, makeFakeLedger, pass } from "../../support/ledgerObject.ts"

holdClock()

describe("the storage of a ledger", () => {
  it.each([
    ["over budget", claim("a", { limits: { neurons: 1 } })],
    ["too many", claim("a", { limits: { concurrency: 0 } })],
    ["a poll of what is unknown", read("a")],
    ["a follower of what is unknown", follow("a")],
    ["a cancellation of what is unknown", cancel("a")],
    ["an event of what is unknown", progress("a", 0)],
    ["the use of a key that uses nothing", usage]
  ])("is not there after %s", async (_, message) => {
    const { alarm, ask, queries, tables } = makeFakeLedger()
    await ask(message)
    expect(tables()).toEqual([])
    expect(alarm()).toBeUndefined()
    expect(queries.filter((query) => !query.startsWith("SELECT"))).toEqual([])
  })

  it("takes a row for a claim and one for its end, and one alarm for many", async () => {
    const { alarmsSet, ask, changes } = makeFakeLedger()
    for (const id of ["a", "b", "c"]) {
      const before = changes()
      await ask(claim(id))
      expect(changes() - before).toBe(1)
      await ask(end(id))
      expect(changes() - before).toBe(2)
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
    expect(changes()).toBe(before + 2)
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

  it("has every day right after an eviction, whichever row was written last", async () => {
    const ledger = makeFakeLedger()
    const { ask, evict } = ledger
    const used = async () => {
      evict()
      return await ask<{ today: unknown; days: ReadonlyArray<unknown> }>(usage)
    }
    await ask(claim("a"))
    await ask(claim("b"))
    await ask(end("b", { spent: neurons(30) }))
    expect(await used()).toMatchObject({ today: neurons(80, 2) })
    await ask(end("a", { spent: neurons(20) }))
    expect(await used()).toMatchObject({ today: neurons(50, 2) })
    await later(5 * minute)
    // Takes the row that was written last.
    await ask(claim("c"))
    expect(await used()).toMatchObject({ today: neurons(100, 3) })
    await ask(end("c", { spent: neurons(10) }))
    await ask(claim("d", { leaseMillis: day }))
    await pass(ledger, hour)
    expect(ledger.days()).toEqual([["2026-11-25", neurons(60, 3)]])
    expect(await used()).toMatchObject({ today: neurons(110, 4) })
    await ask(claim("e"))
    await ask(end("e", { spent: neurons(5) }))
    expect(await used()).toMatchObject({ today: neurons(115, 5) })
    await pass(ledger, 12 * hour)
    await ask(claim("f"))
    await ask(end("f", { spent: neurons(7) }))
    await ask(end("d", { spent: neurons(1) }))
    expect(await used()).toMatchObject({
      today: neurons(7),
      days: [
        { date: "2026-11-26", ...neurons(7) },
        { date: "2026-11-25", ...neurons(66, 5) }
      ]
    })
    await pass(ledger, hour)
    expect(ledger.jobs()).toEqual([])
    expect(await used()).toMatchObject({ today: neurons(7), days: [{ neurons: 7 }, { neurons: 66 }] })
  })

  it("takes no row for a claim that nobody waits for until its end, which says it all", async () => {
    const { alarm, ask, changes, evict } = makeFakeLedger()
    const free = claim("a", { awaited: false })
    await ask(claim("first"))
    const before = changes()
    expect(await ask(free)).toEqual(draw)
    expect(changes()).toBe(before)
    expect(alarm()).toBeDefined()
    expect(await ask(usage)).toMatchObject({ today: neurons(100, 2) })
    expect(await ask(read("a"))).toEqual(told({ status: "running" }))
    expect(await ask(repeat("b"))).toMatchObject({ _tag: "Join", job: { id: "a" } })
    expect(await ask(end(free))).toMatchObject({ joined: true })
    evict()
    expect(await ask(read("a"))).toEqual(told({ status: "completed" }))
  })

  it("makes up for a claim that was lost with its instance", async () => {
    const { ask, evict } = makeFakeLedger()
    const free = claim("a", { awaited: false })
    await ask(free)
    evict()
    expect(await ask(read("a"))).toEqual(notFound)
    await ask(end(free, { spent: neurons(40) }))
    evict()
    expect(await ask(read("a"))).toEqual(told({ status: "completed" }))
    expect(await ask(usage)).toMatchObject({ today: neurons(40) })
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
