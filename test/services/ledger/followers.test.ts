import { describe, expect, it, vi } from "vitest"
import {
  claim,
  end,
  follow,
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

describe("a follower", () => {
  it("is answered by the next event, and by the end, with all others", async () => {
    const { ask } = makeFakeLedger()
    await ask(claim("a"))
    const first = [ask(follow("a")), ask(follow("a")), ask(follow("a"))]
    await ask(progress("a", 0))
    for (const answer of await Promise.all(first)) expect(answer).toEqual(told({ events: [image(0)] }))
    const next = [ask(follow("a", 0)), ask(follow("a", 0))]
    await later(second)
    await ask(end("a", { events: [{ image: 0 }, { image: 1 }] }))
    for (const answer of await Promise.all(next)) {
      expect(answer).toEqual(told({ status: "completed", events: [image(1)] }))
    }
  })

  it("is answered at once where there is news, the job has ended or is unknown", async () => {
    const { ask } = makeFakeLedger()
    await ask(claim("a"))
    await ask(progress("a", 0))
    expect(await ask(follow("a"))).toEqual(told({ status: "running", events: [image(0)] }))
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
    await ask(end("a", { events: [{ image: 0 }, { image: 1 }], windowMillis: 0 }))
    await later(20 * second)
    await wake()
    expect(await ask(follow("a", 0))).toEqual(told({ status: "completed", events: [image(1)] }))
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
    await ask(end("a", { events: [{ image: 0, key: "k" }] }))
    expect(await answer).toEqual(
      told({
        status: "completed",
        kept: true,
        events: [{ sequence: 0, event: { image: 0, key: "k" } }],
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
    expect(await answer).toEqual(told({ status: "completed", kept: false, events: [image(0)] }))
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
