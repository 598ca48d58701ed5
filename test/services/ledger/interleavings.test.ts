import fc from "fast-check"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { addUsage, dayOf, noUsage, type Usage, type UsageLimits } from "../../../src/domain/Usage.ts"
import type { ClaimAnswer, EndAnswer, UsageAnswer } from "../../../src/services/ledger/LedgerMessage.ts"
import { claim, end, neurons } from "../../support/ledgerMessages.ts"
import { makeFakeLedger } from "../../support/ledgerObject.ts"

const minute = 60_000
const windowMillis = 2 * minute
const repeatedEndMillis = 1.5 * minute
const lateEndMillis = 15 * minute

/** What a ledger should know of something that was told to draw. */
interface Drawn {
  readonly day: string
  readonly identity: string
  readonly needed: Usage
  readonly leaseUntil: number
  cancelled: boolean
  joins: number
  end?: { readonly at: number; readonly spent: Usage; readonly replayable: boolean; readonly kept: boolean }
}

const id = fc.integer({ min: 0, max: 5 }).map((n) => `job${n}`)
const usage = fc.integer({ min: 0, max: 8 }).map((n) => neurons(n * 10.01, n))
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant("claim" as const),
      id,
      key: fc.option(fc.constantFrom("k", "l"), { nil: undefined }),
      repeat: fc.boolean(),
      digest: fc.constantFrom("cat", "dog"),
      needed: usage,
      leaseMillis: fc.constantFrom(0, 1, minute, 5 * minute),
      limits: fc.record(
        {
          neurons: fc.constantFrom(0, 40.04, 100.1),
          microdollars: fc.constantFrom(0, 440.44, 2000),
          concurrency: fc.constantFrom(1, 2)
        },
        { requiredKeys: [] }
      )
    })
  },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant("end" as const),
      id,
      spent: usage,
      replayable: fc.boolean(),
      kept: fc.boolean()
    })
  },
  fc.record({ type: fc.constant("progress" as const), id }),
  fc.record({ type: fc.constant("cancel" as const), id }),
  fc.record({ type: fc.constant("evict" as const) }),
  fc.record({ type: fc.constant("fail" as const), failing: fc.boolean() }),
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant("pass" as const),
      millis: fc.constantFrom(1, minute - 1, minute, 2.5 * minute, 10 * minute)
    })
  }
)

beforeEach(() => {
  // So that midnight comes.
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"], now: Date.UTC(2026, 10, 25, 23, 50) })
})
afterEach(() => {
  vi.useRealTimers()
})

const makeModel = () => {
  const drawn = new Map<string, Drawn>()
  const isRunning = (job: Drawn) => !job.end && job.leaseUntil > Date.now()
  const counted = (job: Drawn) => job.end?.spent ?? job.needed
  const usedOn = (day: string) =>
    [...drawn.values()].filter((job) => job.day === day).reduce((sum, job) => addUsage(sum, counted(job)), noUsage)
  return {
    drawn,
    usedOn,
    days: () => [...new Set([...drawn.values()].map(({ day }) => day))],
    /** Whether an end may still come. */
    isKnown: (job: Drawn) =>
      Date.now() <
      (job.end ? job.end.at + windowMillis + repeatedEndMillis : job.leaseUntil + windowMillis + lateEndMillis),
    allows: (needed: Usage, limits: UsageLimits) => {
      const used = addUsage(usedOn(dayOf(Date.now())), needed)
      const running = [...drawn.values()].filter(isRunning).length
      return (
        running < (limits.concurrency ?? Number.POSITIVE_INFINITY) &&
        (needed.neurons === 0 || used.neurons <= (limits.neurons ?? Number.POSITIVE_INFINITY)) &&
        (needed.microdollars === 0 || used.microdollars <= (limits.microdollars ?? Number.POSITIVE_INFINITY))
      )
    },
    /** What a repeat may be given. */
    isJoinable: (job: Drawn) => {
      if (isRunning(job)) return !job.cancelled
      if (!job.end) return job.leaseUntil + windowMillis > Date.now()
      return job.end.replayable && job.end.kept && job.end.at + windowMillis > Date.now()
    }
  }
}

it("counts what was settled and what is reserved, keeps to the limits and draws each once, whatever comes in between", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      vi.setSystemTime(Date.UTC(2026, 10, 25, 23, 50))
      const ledger = makeFakeLedger()
      const model = makeModel()
      let failing = false
      ledger.faults.failing = () => failing
      for (const step of steps) {
        switch (step.type) {
          case "claim": {
            const { digest, id, key, leaseMillis, limits, needed, repeat } = step
            const identity = key ?? digest
            const message = claim(id, {
              ...{ digest, identity, keyed: key !== undefined, repeat, needed, limits, leaseMillis, windowMillis }
            })
            const known = model.drawn.get(id)
            if (known && !model.isKnown(known)) break
            const same = [...model.drawn.values()].filter((job) => job.identity === identity && model.isJoinable(job))
            const answer = await ledger.ask<ClaimAnswer | { readonly status: number }>(message)
            if ("status" in answer) {
              expect(failing).toBe(true)
            } else if (known) {
              expect(answer).toEqual({ _tag: "Draw" })
            } else if (answer._tag === "Join") {
              expect(key !== undefined || repeat).toBe(true)
              const joined = model.drawn.get(answer.job.id)
              expect(joined && model.isJoinable(joined)).toBe(true)
              if (joined) joined.joins += 1
            } else if (answer._tag === "Conflict") {
              expect(key).toBeDefined()
              expect(same.length).toBeGreaterThan(0)
            } else {
              if (key !== undefined) expect(same).toEqual([])
              expect(answer._tag === "Draw").toBe(model.allows(needed, limits))
              if (answer._tag === "Draw") {
                model.drawn.set(id, {
                  day: dayOf(Date.now()),
                  identity,
                  needed,
                  leaseUntil: Date.now() + leaseMillis,
                  cancelled: false,
                  joins: 0
                })
              }
            }
            break
          }
          case "end": {
            const known = model.drawn.get(step.id)
            if (known && !model.isKnown(known)) break
            const { kept, replayable, spent } = step
            const message = end(claim(step.id, { identity: "none", digest: "none" }), {
              ...{ kept, replayable, spent, windowMillis }
            })
            const answer = await ledger.ask<EndAnswer>(message)
            const job = known ?? {
              day: dayOf(Date.now()),
              identity: "none",
              needed: noUsage,
              leaseUntil: Date.now(),
              cancelled: false,
              joins: 0
            }
            model.drawn.set(step.id, job)
            if (!job.end || (kept && !job.end.kept)) {
              job.end = { at: job.end?.at ?? Date.now(), spent, replayable, kept }
            }
            if (answer.joined) expect(job.joins).toBeGreaterThan(0)
            expect(answer.cancelled).toBe(job.cancelled)
            if (!failing) expect(answer.stored).toBe(true)
            break
          }
          case "progress":
            await ledger.ask({ _tag: "Progress", id: step.id, event: 1 })
            break
          case "cancel": {
            const job = model.drawn.get(step.id)
            if (job && !job.end && job.leaseUntil > Date.now()) job.cancelled = true
            await ledger.ask({ _tag: "Cancel", id: step.id })
            break
          }
          case "evict":
            if (!failing) ledger.evict()
            break
          case "fail":
            failing = step.failing
            break
          case "pass":
            await vi.advanceTimersByTimeAsync(step.millis)
            if (!failing) await ledger.wake()
        }
        const { days, today } = await ledger.ask<UsageAnswer>({ _tag: "Usage" })
        expect(today).toEqual(model.usedOn(dayOf(Date.now())))
        const used = model
          .days()
          .map((date) => ({ date, ...model.usedOn(date) }))
          .filter(({ pictures }) => pictures > 0)
        expect(days).toEqual(used.sort((a, b) => (a.date < b.date ? 1 : -1)))
      }
    }),
    { numRuns: 300 }
  )
})
