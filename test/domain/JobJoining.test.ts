import { describe, expect, it } from "vitest"
import { chooseJob, type JoinableJob } from "../../src/domain/JobJoining.ts"

const job = (id: string, changes: Partial<JoinableJob> = {}): JoinableJob => ({
  id,
  digest: "cat",
  abandoned: false,
  joins: 0,
  followers: 1,
  ...changes
})

const plain = { digest: "cat", keyed: false, repeat: false }
const repeat = { ...plain, repeat: true }
const keyed = { ...plain, keyed: true }

const draw = { _tag: "Draw" }
const joins = (id: string) => ({ _tag: "Join", id })

describe("chooseJob", () => {
  it.each([
    ["a first request draws", plain, [], draw],
    ["an equal request draws anew", plain, [job("a")], draw],
    ["a request joins what its earlier client has left", plain, [job("a"), job("b", { abandoned: true })], joins("b")],
    ["a request does not join what somebody left that is drawn otherwise", plain, [job("a", { digest: "dog" })], draw],
    ["a repeat draws where nothing is known of it", repeat, [], draw],
    ["a repeat joins", repeat, [job("a")], joins("a")],
    ["a repeat never joins another request", repeat, [job("a", { digest: "dog", abandoned: true })], draw],
    ["a repeat prefers what was left", repeat, [job("a", { abandoned: true, joins: 3 }), job("b")], joins("a")],
    ["a repeat prefers what nobody follows", repeat, [job("a", { followers: 0 }), job("b")], joins("a")],
    ["a repeat prefers what fewer have joined", repeat, [job("a"), job("b", { joins: 1 })], joins("a")],
    ["a repeat prefers the newest", repeat, [job("a"), job("b")], joins("b")],
    ["a key joins", keyed, [job("a")], joins("a")],
    ["a key can't be used for another request", keyed, [job("a", { digest: "dog" })], { _tag: "Conflict" }]
  ])("%s", (_, claim, jobs, expected) => {
    expect(chooseJob(claim, jobs)).toEqual(expected)
  })

  it("gives two repeats of two equal requests two different pictures", () => {
    const first = chooseJob(repeat, [job("a"), job("b")])
    const jobs = [job("a"), job("b", { joins: 1, followers: 2 })]
    expect([first, chooseJob(repeat, jobs)]).toEqual([joins("b"), joins("a")])
  })
})
