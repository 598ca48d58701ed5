import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { makeFakeLedger } from "../../support/FakeLedger.ts"
import { claim, end, neurons, repeat } from "../../support/ledgerMessages.ts"

const noon = Date.UTC(2026, 10, 25, 12)
const second = 1000
const minute = 60 * second

const later = (millis: number) => vi.advanceTimersByTimeAsync(millis)
const read = (id: string, after = -1) => ({ _tag: "Read", id, after }) as const
const follow = (id: string, after = -1) => ({ _tag: "Follow", id, after }) as const
const cancel = (id: string) => ({ _tag: "Cancel", id }) as const
const progress = (id: string, event: number) => ({ _tag: "Progress", id, event: { picture: event } }) as const
const usage = { _tag: "Usage" } as const

const draw = { _tag: "Draw" }
const notFound = { _tag: "NotFound" }
const told = (job: object) => ({ _tag: "Job", job: expect.objectContaining(job) })
const joins = (job: object) => ({ _tag: "Join", job: expect.objectContaining(job) })
const picture = (sequence: number) => ({ sequence, event: { picture: sequence } })

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"], now: noon })
})
afterEach(() => {
  vi.useRealTimers()
})

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
    expect(await ask(read("a"))).toEqual(told({ status: "completed", events: [picture(0)] }))
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
    expect(await ask(repeat("d"))).toEqual(joins({ id: "a", status, joins: 1, events: over ? [picture(0)] : [] }))
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
    expect(await ask(read("a"))).toEqual(told({ status: "completed", events: [picture(0)] }))
    expect(await ask(usage)).toMatchObject({ today: neurons(30) })
  })
})

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
    expect(await ask(read("a"))).toEqual(told({ status: "failed", error: { reason: "flagged" }, events: [picture(0)] }))
  })

  it("leaves the events that were told before", async () => {
    const { ask } = makeFakeLedger()
    await ask(claim("a"))
    for (const event of [0, 1]) await ask(progress("a", event))
    await ask(end("a", { status: "failed", events: [] }))
    expect(await ask(read("a"))).toEqual(told({ events: [picture(0), picture(1)] }))
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
    expect(await ask(read("a"))).toEqual(told({ events: [picture(0), picture(1)] }))
    expect(await ask(read("a", 0))).toEqual(told({ events: [picture(1)] }))
    expect(await ask(read("a", 1))).toEqual(told({ events: [] }))
    expect(await ask(read("a", -7))).toEqual(told({ events: [picture(0), picture(1)] }))
  })

  it("is told no more once it has ended", async () => {
    const { ask } = makeFakeLedger()
    await ask(end("a"))
    expect(await ask(progress("a", 1))).toEqual({ cancelled: false })
    expect(await ask(read("a"))).toEqual(told({ events: [picture(0)] }))
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

describe("a follower", () => {
  it("is answered by the next event, and by the end, with all others", async () => {
    const { ask } = makeFakeLedger()
    await ask(claim("a"))
    const first = [ask(follow("a")), ask(follow("a")), ask(follow("a"))]
    await ask(progress("a", 0))
    for (const answer of await Promise.all(first)) expect(answer).toEqual(told({ events: [picture(0)] }))
    const next = [ask(follow("a", 0)), ask(follow("a", 0))]
    await later(second)
    await ask(end("a", { events: [{ picture: 0 }, { picture: 1 }] }))
    for (const answer of await Promise.all(next)) {
      expect(answer).toEqual(told({ status: "completed", events: [picture(1)] }))
    }
  })

  it("is answered at once where there is news, the job has ended or is unknown", async () => {
    const { ask } = makeFakeLedger()
    await ask(claim("a"))
    await ask(progress("a", 0))
    expect(await ask(follow("a"))).toEqual(told({ status: "running", events: [picture(0)] }))
    await ask(end("a"))
    expect(await ask(follow("a", 0))).toEqual(told({ status: "completed", events: [] }))
    expect(await ask(follow("b"))).toEqual(notFound)
  })

  it("is answered after 20 seconds without news", async () => {
    const { ask } = makeFakeLedger()
    await ask(claim("a"))
    const answered = vi.fn()
    const answer = ask(follow("a")).then((job) => {
      answered()
      return job
    })
    await later(20 * second - 1)
    expect(answered).not.toHaveBeenCalled()
    await later(1)
    expect(await answer).toEqual(told({ status: "running", events: [] }))
  })

  it("is told when its job is lost", async () => {
    const { ask } = makeFakeLedger()
    await ask(claim("a", { leaseMillis: 5 * second, windowMillis: 0 }))
    const answer = ask(follow("a"))
    await later(5 * second)
    expect(await answer).toEqual(told({ status: "failed" }))
  })

  it("that leaves waits no longer", async () => {
    const { ask } = makeFakeLedger()
    await ask(claim("a"))
    const client = new AbortController()
    const answer = ask(follow("a"), client.signal)
    await later(0)
    client.abort()
    await answer
    expect(vi.getTimerCount()).toBe(0)
  })

  it("in the middle keeps its job, though its time is over", async () => {
    const { ask, wake } = makeFakeLedger()
    await ask(claim("a"))
    const waiting = ask(follow("a"))
    await ask(progress("a", 0))
    await waiting
    await ask(end("a", { events: [{ picture: 0 }, { picture: 1 }], windowMillis: 0 }))
    await later(20 * second)
    await wake()
    expect(await ask(follow("a", 0))).toEqual(told({ status: "completed", events: [picture(1)] }))
    await later(30 * second)
    expect(await ask(follow("a", 0))).toEqual(notFound)
  })

  it("of what kept nothing waits until it is kept", async () => {
    const { ask } = makeFakeLedger()
    await ask(claim("a"))
    await ask(repeat("b"))
    const answer = ask(follow("a"))
    expect(await ask(end("a", { kept: false }))).toEqual({ cancelled: false, joined: true, stored: true })
    await later(10 * second)
    expect(await ask(read("a"))).toEqual(told({ status: "running", events: [] }))
    await ask(end("a", { events: [{ picture: 0, key: "k" }] }))
    expect(await answer).toEqual(
      told({
        status: "completed",
        kept: true,
        events: [{ sequence: 0, event: { picture: 0, key: "k" } }],
        expiresAt: noon + 2 * minute
      })
    )
    expect(await ask(usage)).toMatchObject({ today: neurons(50) })
    await ask(end("a", { kept: false }))
    expect(await ask(repeat("c"))).toEqual(joins({ id: "a" }))
  })

  it("of what kept nothing waits for nothing where nobody has joined", async () => {
    const { ask } = makeFakeLedger()
    await ask(claim("a"))
    const answer = ask(follow("a"))
    await ask(end("a", { kept: false }))
    expect(await answer).toEqual(told({ status: "completed", kept: false, events: [picture(0)] }))
  })

  it("of what kept nothing is told so after 15 seconds", async () => {
    const { ask, evict } = makeFakeLedger()
    await ask(claim("a"))
    await ask(repeat("b"))
    evict()
    const answer = ask(follow("a"))
    await ask(end("a", { kept: false }))
    await later(15 * second)
    expect(await answer).toEqual(told({ status: "completed", kept: false }))
  })
})
