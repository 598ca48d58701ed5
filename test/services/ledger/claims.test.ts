import { describe, expect, it } from "vitest"
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
  read,
  repeat,
  told,
  usage
} from "../../support/ledgerMessages.ts"
import { holdClock, later, makeFakeLedger, noon } from "../../support/ledgerObject.ts"

holdClock()

describe("a claim", () => {
  it("is told to draw, and its job is there at once", async () => {
    const { ask } = makeFakeLedger()
    expect(await ask(claim("a"))).toEqual(draw)
    expect(await ask(read("a"))).toEqual({
      _tag: "Job",
      job: {
        id: "a",
        status: "running",
        createdAt: noon,
        expiresAt: noon + 3 * minute,
        opening: { prompt: "A cute cat" },
        joins: 0,
        events: [],
        kept: true,
        cancelled: false
      }
    })
  })

  it("that is sent again is answered the same, and reserves nothing more", async () => {
    const { ask, changes } = makeFakeLedger()
    await ask(claim("a"))
    const before = changes()
    expect(await ask(claim("a", { keyed: true, digest: "dog" }))).toEqual(draw)
    expect(await ask(repeat("a"))).toEqual(draw)
    expect(await ask(usage)).toMatchObject({ today: neurons(50) })
    expect(changes()).toBe(before)
  })

  it("that comes after its end changes nothing", async () => {
    const { ask } = makeFakeLedger()
    expect(await ask(end("a"))).toEqual({ cancelled: false, joined: false, stored: true })
    expect(await ask(claim("a"))).toEqual(draw)
    expect(await ask(read("a"))).toEqual(told({ status: "completed", events: [image(0)] }))
    expect(await ask(usage)).toMatchObject({ today: neurons(50) })
  })

  it.each([
    ["running", false],
    ["completed", true]
  ])("joins what is %s where it says that it is a repeat", async (status, over) => {
    const { ask } = makeFakeLedger()
    await ask(claim("a"))
    if (over) await ask(end("a"))
    expect(await ask(claim("b"))).toEqual(draw)
    expect(await ask(repeat("c", { digest: "dog", identity: "dog" }))).toEqual(draw)
    await ask(end("b", { replayable: false }))
    expect(await ask(repeat("d"))).toEqual(joins({ id: "a", status, joins: 1, events: over ? [image(0)] : [] }))
    expect(await ask(read("d"))).toEqual(notFound)
  })

  it("with a key joins what has the same key, and conflicts where that is something else", async () => {
    const { ask } = makeFakeLedger()
    const keyed = { keyed: true, identity: "key" }
    await ask(claim("a", keyed))
    expect(await ask(claim("b", keyed))).toEqual(joins({ id: "a" }))
    expect(await ask(claim("c", { ...keyed, digest: "dog" }))).toEqual({ _tag: "Conflict" })
    expect(await ask(usage)).toMatchObject({ today: neurons(50) })
  })

  it("gives repeats of equal requests different jobs, also after an eviction", async () => {
    const { ask, evict } = makeFakeLedger()
    await ask(claim("a"))
    await later(1)
    await ask(claim("b"))
    expect(await ask(repeat("c"))).toEqual(joins({ id: "b" }))
    evict()
    expect(await ask(repeat("d"))).toEqual(joins({ id: "a" }))
  })

  it.each([
    ["drew nothing", { status: "failed", replayable: false }],
    ["kept nothing", { kept: false }]
  ] as const)("does not join what has ended and %s", async (_, changes) => {
    const { ask } = makeFakeLedger()
    await ask(claim("a"))
    await ask(end("a", changes))
    expect(await ask(repeat("b"))).toEqual(draw)
  })

  it("does not join what was cancelled, but what came of it", async () => {
    const { ask } = makeFakeLedger()
    await ask(claim("a"))
    await ask(cancel("a"))
    expect(await ask(repeat("b"))).toEqual(draw)
    await ask(end("b", { replayable: false }))
    await ask(end("a"))
    expect(await ask(repeat("c"))).toEqual(joins({ id: "a", status: "cancelled" }))
  })

  it("does not join what is over", async () => {
    const { ask } = makeFakeLedger()
    await ask(claim("a"))
    await ask(end("a"))
    await later(2 * minute - 1)
    expect(await ask(repeat("b"))).toEqual(joins({ id: "a" }))
    await later(1)
    expect(await ask(repeat("c"))).toEqual(draw)
  })

  it("is refused where too much would be used, reserved or drawn", async () => {
    const { ask } = makeFakeLedger()
    const limits = { neurons: 120, microdollars: 10_000 }
    expect(await ask(claim("a", { limits }))).toEqual(draw)
    expect(await ask(claim("b", { limits }))).toEqual(draw)
    const refused = { _tag: "OverBudget", left: { neurons: 20, microdollars: 8900 } }
    expect(await ask(claim("c", { limits }))).toEqual(refused)
    await ask(end("a"))
    expect(await ask(claim("c", { limits }))).toEqual(refused)
    await ask(end("b", { spent: neurons(20) }))
    expect(await ask(claim("c", { limits }))).toEqual(draw)
    expect(await ask(usage)).toMatchObject({ today: neurons(120, 3) })
  })

  it("is refused where too many are drawn at a time, until one has ended", async () => {
    const { ask } = makeFakeLedger()
    const limits = { concurrency: 1 }
    await ask(claim("a", { limits }))
    expect(await ask(claim("b", { limits }))).toEqual({ _tag: "TooMany" })
    expect(await ask(repeat("b", { limits }))).toEqual(joins({ id: "a" }))
    await ask(end("a"))
    expect(await ask(claim("b", { limits }))).toEqual(draw)
  })
})

describe("what is lost", () => {
  it("has failed at the end of its lease, counts, and is replayed instead of drawn", async () => {
    const { ask, evict } = makeFakeLedger()
    await ask(claim("a"))
    evict()
    await later(minute - 1)
    expect(await ask(read("a"))).toEqual(told({ status: "running" }))
    await later(1)
    const failed = { status: "failed", expiresAt: noon + 3 * minute, events: [] }
    expect(await ask(read("a"))).toEqual(told(failed))
    expect(await ask(repeat("b"))).toEqual(joins(failed))
    expect(await ask(usage)).toMatchObject({ today: neurons(50) })
    expect(await ask(claim("c", { limits: { concurrency: 1 } }))).toEqual(draw)
    await later(2 * minute)
    expect(await ask(read("a"))).toEqual(notFound)
  })

  it("counts, though nobody asks for hours", async () => {
    const { ask, evict } = makeFakeLedger()
    await ask(claim("a"))
    evict()
    await later(3 * 60 * minute)
    expect(await ask(claim("b", { limits: { concurrency: 1 } }))).toEqual(draw)
    expect(await ask(usage)).toMatchObject({ today: neurons(100, 2) })
    expect(await ask(read("a"))).toEqual(notFound)
  })

  it("was cancelled where it was asked to stop", async () => {
    const { ask } = makeFakeLedger()
    await ask(claim("a"))
    await ask(cancel("a"))
    await later(minute)
    expect(await ask(read("a"))).toEqual(told({ status: "cancelled" }))
  })

  it.each([
    ["soon after", 2 * minute],
    ["when it is no longer told", 10 * minute]
  ])("is corrected by an end that comes %s, and not counted twice", async (_, millis) => {
    const { ask, evict } = makeFakeLedger()
    await ask(claim("a"))
    await later(minute)
    expect(await ask(read("a"))).toEqual(told({ status: "failed" }))
    await later(millis)
    evict()
    await ask(claim("b", { needed: neurons(0, 0) }))
    expect(await ask(end("a", { spent: neurons(30) }))).toMatchObject({ stored: true })
    expect(await ask(read("a"))).toEqual(told({ status: "completed", events: [image(0)] }))
    expect(await ask(usage)).toMatchObject({ today: neurons(30) })
  })
})
