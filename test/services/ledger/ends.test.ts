import { describe, expect, it, vi } from "vitest"
import {
  cancel,
  claim,
  draw,
  end,
  image,
  joins,
  minute,
  neurons,
  notFound,
  progress,
  read,
  repeat,
  second,
  told,
  usage
} from "../../support/ledgerMessages.ts"
import { holdClock, later, makeFakeLedger, noon } from "../../support/ledgerObject.ts"

holdClock()

describe("an end", () => {
  it("gives back what was reserved and not drawn", async () => {
    const { ask } = makeFakeLedger()
    await ask(claim("a", { needed: neurons(200, 4) }))
    expect(await ask(usage)).toMatchObject({ today: neurons(200, 4) })
    await ask(end("a", { spent: neurons(50) }))
    expect(await ask(usage)).toMatchObject({ today: neurons(50) })
  })

  it("that comes again changes nothing, whatever it says", async () => {
    const { ask, changes, evict } = makeFakeLedger()
    await ask(claim("a"))
    await ask(end("a"))
    const before = changes()
    for (const again of [end("a"), end("a", { status: "failed", spent: neurons(1), events: [] })]) {
      evict()
      await later(second)
      await ask(again)
      expect(await ask(read("a"))).toEqual(told({ status: "completed", expiresAt: noon + 2 * minute }))
    }
    await later(2 * minute + 30 * second)
    for (const again of [claim("b", { identity: "dog", limits: { neurons: 0 } }), end("a")]) {
      evict()
      await ask(again)
    }
    expect(await ask(usage)).toMatchObject({ today: neurons(50) })
    expect(changes()).toBe(before)
  })

  it("tells an error, also after a first picture", async () => {
    const { ask } = makeFakeLedger()
    await ask(claim("a"))
    await ask(end("a", { status: "failed", error: { reason: "flagged" } }))
    expect(await ask(read("a"))).toEqual(told({ status: "failed", error: { reason: "flagged" }, events: [image(0)] }))
  })

  it("leaves the events that were told before", async () => {
    const { ask } = makeFakeLedger()
    await ask(claim("a"))
    for (const event of [0, 1]) await ask(progress("a", event))
    await ask(end("a", { status: "failed", events: [] }))
    expect(await ask(read("a"))).toEqual(told({ events: [image(0), image(1)] }))
  })

  it("counts for the day of its claim, and what is reserved for another day is still being drawn", async () => {
    const { ask } = makeFakeLedger()
    vi.setSystemTime(Date.UTC(2026, 10, 25, 23, 59, 59))
    await ask(claim("a"))
    await later(2 * second)
    const limits = { neurons: 50, concurrency: 2 }
    expect(await ask(claim("b", { limits: { concurrency: 1 } }))).toEqual({ _tag: "TooMany" })
    expect(await ask(claim("b", { limits, needed: neurons(50) }))).toEqual(draw)
    await ask(end("a", { spent: neurons(40) }))
    await ask(end("b"))
    expect(await ask(usage)).toEqual({
      today: neurons(50),
      days: [
        { date: "2026-11-26", ...neurons(50) },
        { date: "2026-11-25", ...neurons(40) }
      ]
    })
  })
})

describe("an end whose claim never came", () => {
  it("counts for the day that the claim was made, and its job is there", async () => {
    const { ask } = makeFakeLedger()
    vi.setSystemTime(Date.UTC(2026, 10, 26, 0, 0, 1))
    await ask(end(claim("a", { at: Date.UTC(2026, 10, 25, 23, 59, 59) })))
    await ask(end("b", { spent: neurons(20) }))
    expect(await ask(usage)).toEqual({
      today: neurons(20),
      days: [
        { date: "2026-11-26", ...neurons(20) },
        { date: "2026-11-25", ...neurons(50) }
      ]
    })
    expect(await ask(repeat("c"))).toEqual(joins({ id: "b", status: "completed" }))
    expect(await ask(repeat("d"))).toEqual(joins({ id: "a", status: "completed" }))
  })
})

describe("a job that runs", () => {
  it("is told event by event, and each only once", async () => {
    const { ask, evict } = makeFakeLedger()
    await ask(claim("a"))
    expect(await ask({ ...progress("a", 0), sequence: 0 })).toEqual({ cancelled: false })
    await ask({ ...progress("a", 0), sequence: 0 })
    await ask({ ...progress("a", 1), sequence: 1 })
    await ask({ _tag: "Progress", id: "a" })
    evict()
    expect(await ask(read("a"))).toEqual(told({ events: [image(0), image(1)] }))
    expect(await ask(read("a", 0))).toEqual(told({ events: [image(1)] }))
    expect(await ask(read("a", 1))).toEqual(told({ events: [] }))
    expect(await ask(read("a", -7))).toEqual(told({ events: [image(0), image(1)] }))
  })

  it("is told no more once it has ended", async () => {
    const { ask } = makeFakeLedger()
    await ask(end("a"))
    expect(await ask(progress("a", 1))).toEqual({ cancelled: false })
    expect(await ask(read("a"))).toEqual(told({ events: [image(0)] }))
  })

  it("goes on where nothing is known of it", async () => {
    expect(await makeFakeLedger().ask(progress("a", 0))).toEqual({ cancelled: false })
  })

  it("is told that it was cancelled, also after an eviction", async () => {
    const { ask, evict } = makeFakeLedger()
    await ask(claim("a"))
    expect(await ask(cancel("a"))).toEqual(told({ status: "running", cancelled: true }))
    evict()
    expect(await ask(progress("a", 0))).toEqual({ cancelled: true })
    expect(await ask(end("a"))).toMatchObject({ cancelled: true })
    expect(await ask(read("a"))).toEqual(told({ status: "cancelled" }))
  })

  it("can't be cancelled once it has ended, nor where it is unknown", async () => {
    const { ask } = makeFakeLedger()
    await ask(end("a"))
    expect(await ask(cancel("a"))).toEqual(told({ status: "completed", cancelled: false }))
    expect(await ask(cancel("b"))).toEqual(notFound)
  })
})
