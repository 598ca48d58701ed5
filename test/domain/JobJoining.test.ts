import { describe, expect, it } from "vitest"
import { chooseJob, type JoinableJob } from "../../src/domain/JobJoining.ts"

const job = (id: string, changes: Partial<JoinableJob> = {}): JoinableJob => ({
  id,
  digest: "cat",
  joins: 0,
  ...changes
})

const plain = { digest: "cat", keyed: false, repeat: false }
const repeat = { ...plain, repeat: true }
const keyed = { ...plain, keyed: true }

const draw = { _tag: "Draw" }
const conflict = { _tag: "Conflict" }
const joins = (id: string) => ({ _tag: "Join", id })

describe("chooseJob", () => {
  it.each([
    ["a first request draws", plain, [], draw],
    ["an equal request draws anew", plain, [job("a")], draw],
    ["a request without a key conflicts with nothing", plain, [job("a", { digest: "dog" })], draw],
    ["a repeat draws where nothing is known of it", repeat, [], draw],
    ["a repeat joins", repeat, [job("a")], joins("a")],
    ["a repeat never joins another request", repeat, [job("a", { digest: "dog" })], draw],
    ["a repeat finds its own among others", repeat, [job("a"), job("b", { digest: "dog" })], joins("a")],
    ["a repeat prefers what fewer have joined", repeat, [job("a"), job("b", { joins: 1 })], joins("a")],
    [
      "... wherever it stands",
      repeat,
      [job("a", { joins: 2 }), job("b", { joins: 1 }), job("c", { joins: 3 })],
      joins("b")
    ],
    ["a repeat prefers the newest", repeat, [job("a"), job("b")], joins("b")],
    ["a key joins", keyed, [job("a")], joins("a")],
    ["a key draws where nothing is known of it", keyed, [], draw],
    ["a key can't be used for another request", keyed, [job("a", { digest: "dog" })], conflict],
    ["... nor where its own is there too", keyed, [job("a"), job("b", { digest: "dog" })], conflict],
    ["... nor by a repeat", { ...keyed, repeat: true }, [job("a", { digest: "dog" })], conflict]
  ])("%s", (_, request, jobs, expected) => {
    expect(chooseJob(request, jobs)).toEqual(expected)
  })

  it("gives two repeats of two equal requests two different pictures", () => {
    const first = chooseJob(repeat, [job("a"), job("b")])
    expect([first, chooseJob(repeat, [job("a"), job("b", { joins: 1 })])]).toEqual([joins("b"), joins("a")])
  })
})
