import { describe, expect, it, vi } from "vitest"
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
  progress,
  read,
  repeat,
  told,
  usage
} from "../../support/ledgerMessages.ts"
import { holdClock, later, makeFakeLedger, pass } from "../../support/ledgerObject.ts"

holdClock()

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

  it("keeps an end in memory, and writes it at the next chance", async () => {
    const { ask, evict, faults } = makeFakeLedger()
    await ask(claim("a"))
    const follower = ask(follow("a"))
    faults.failing = () => true
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
    faults.failing = () => true
    await ask(end("a", { spent: neurons(30) }))
    evict()
    faults.failing = () => false
    expect(await ask(usage)).toMatchObject({ today: neurons(50) })
    await later(minute)
    expect(await ask(usage)).toMatchObject({ today: neurons(50) })
    await ask(end("a", { spent: neurons(30) }))
    expect(await ask(usage)).toMatchObject({ today: neurons(30) })
  })

  it("forgets no end that is not written yet", async () => {
    const { ask, evict, faults } = makeFakeLedger()
    await ask(claim("a"))
    faults.failing = () => true
    await ask(end("a", { spent: neurons(30) }))
    await later(10 * minute)
    expect(await ask(claim("b"))).toEqual({ status: 500 })
    faults.failing = () => false
    await ask(usage)
    evict()
    expect(await ask(usage)).toMatchObject({ today: neurons(30) })
  })

  it("keeps events and cancellations in memory too", async () => {
    const { ask, evict, faults } = makeFakeLedger()
    await ask(claim("a"))
    faults.failing = () => true
    await ask(cancel("a"))
    expect(await ask(progress("a", 0))).toEqual({ cancelled: true })
    faults.failing = () => false
    await ask(usage)
    evict()
    expect(await ask(read("a"))).toEqual(told({ cancelled: true, events: [{ sequence: 0, event: { image: 0 } }] }))
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
