import { describe, expect, it } from "vitest"
import {
  addUsage,
  dayOf,
  dollarsOf,
  microdollarsPerNeuron,
  nextDay,
  noUsage,
  refusalOf,
  startOf,
  subtractUsage,
  sumCosts,
  type Usage,
  usageOf
} from "../../src/domain/Usage.ts"

const neurons = (amount: number, pictures = 1): Usage => ({
  pictures,
  neurons: amount,
  microdollars: amount * microdollarsPerNeuron
})
const dollars = (amount: number): Usage => ({ pictures: 1, neurons: 0, microdollars: amount * 1_000_000 })
const today = "2026-11-25"
const yesterday = "2026-11-24"
const reserved = (amount: number, day = today) => ({ day, reserved: neurons(amount) })

const tooMany = { _tag: "TooMany" }
const over = (left: object) => ({ _tag: "OverBudget", left })

describe("a cost", () => {
  it.each([
    [{ neurons: 0 }, 0],
    [{ neurons: 172.8 }, 0.001901],
    [{ neurons: 0.01 }, 0],
    [{ neurons: 1000 }, 0.011],
    [{ neurons: 0, microdollars: 40_000 }, 0.04],
    [{ neurons: 8.6, microdollars: 40_094.6 }, 0.040095]
  ])("of %o is %f dollars", (cost, dollars) => {
    expect(dollarsOf(cost)).toBe(dollars)
  })

  it("in dollars is added to one in neurons as dollars", () => {
    expect(sumCosts([])).toEqual({ neurons: 0 })
    expect(sumCosts([{ neurons: 0.1 }, { neurons: 0.2 }])).toEqual({ neurons: 0.3 })
    expect(sumCosts([{ neurons: 0, microdollars: 40_000 }, { neurons: 8.6 }])).toEqual({
      neurons: 8.6,
      microdollars: 40_094.6
    })
  })
})

describe("refusalOf", () => {
  it.each([
    ["nothing is limited", neurons(1e9), neurons(1e9), [reserved(1)], {}, undefined],
    ["exactly what is left", neurons(40), neurons(60), [], { neurons: 100 }, undefined],
    ["a hundredth more than is left", neurons(40.01), neurons(60), [], { neurons: 100 }, over({ neurons: 40 })],
    [
      "what is reserved is used",
      neurons(40),
      neurons(20),
      [reserved(40.01)],
      { neurons: 100 },
      over({ neurons: 39.99 })
    ],
    [
      "all that is reserved is used",
      neurons(1),
      noUsage,
      [reserved(50), reserved(50)],
      { neurons: 100 },
      over({ neurons: 0 })
    ],
    [
      "what is reserved for another day is not",
      neurons(80),
      neurons(20),
      [reserved(90, yesterday)],
      { neurons: 100 },
      undefined
    ],
    ["nothing is needed, and more than all is used", noUsage, neurons(120), [], { neurons: 100 }, undefined],
    ["dollars, where only neurons are limited", dollars(0.04), noUsage, [], { neurons: 3636 }, over({ neurons: 3636 })],
    ["dollars at the price of neurons, just enough", dollars(0.04), noUsage, [], { neurons: 3636.37 }, undefined],
    [
      "dollars that are used, where only neurons are limited",
      neurons(1),
      dollars(0.011),
      [],
      { neurons: 1000 },
      over({ neurons: 0 })
    ],
    [
      "dollars that are reserved, where only neurons are limited",
      neurons(1),
      noUsage,
      [{ day: today, reserved: dollars(0.011) }],
      { neurons: 1000 },
      over({ neurons: 0 })
    ],
    [
      "neurons, where only dollars are limited",
      neurons(1000),
      dollars(1),
      [],
      { microdollars: 1_010_999 },
      over({ microdollars: 10_999 })
    ],
    ["neurons and dollars together", neurons(1000), dollars(1), [], { microdollars: 1_011_000 }, undefined],
    [
      "dollars against dollars alone, where both are limited",
      dollars(0.04),
      neurons(100),
      [],
      { neurons: 100, microdollars: 100_000 },
      undefined
    ],
    [
      "dollars, beyond those of two limits",
      dollars(0.04),
      noUsage,
      [],
      { neurons: 100, microdollars: 39_999 },
      over({ neurons: 100, microdollars: 39_999 })
    ],
    ["nothing is needed, and all is used", noUsage, neurons(100), [], { neurons: 100 }, undefined],
    ["sums do not drift", neurons(0.1), neurons(0.2), [], { neurons: 0.3 }, undefined],
    ["micro-dollars, exactly", neurons(40), neurons(60), [], { microdollars: 1100 }, undefined],
    ["micro-dollars, too many", neurons(40), neurons(60), [], { microdollars: 1099 }, over({ microdollars: 439 })],
    [
      "one of two is exceeded, both are told",
      neurons(10),
      neurons(60),
      [],
      { neurons: 100, microdollars: 700 },
      over({ neurons: 40, microdollars: 40 })
    ],
    ["as many at a time as may be", neurons(1), noUsage, [reserved(1)], { concurrency: 1 }, tooMany],
    ["one fewer", neurons(1), noUsage, [reserved(1)], { concurrency: 2 }, undefined],
    [
      "what is drawn for another day is drawn now",
      neurons(1),
      noUsage,
      [reserved(1, yesterday)],
      { concurrency: 1 },
      tooMany
    ],
    ["too many before over budget", neurons(1), neurons(9), [reserved(1)], { concurrency: 1, neurons: 5 }, tooMany]
  ])("%s", (_, needed, settled, reservations, limits, expected) => {
    expect(refusalOf(needed, today, settled, reservations, limits)).toEqual(expected)
  })
})

describe("Usage", () => {
  it("counts what is reserved for its own day until it is settled", () => {
    expect(usageOf(today, neurons(1), [reserved(2), reserved(4, yesterday), reserved(8)])).toEqual(neurons(11, 3))
  })

  it("adds and subtracts without drift", () => {
    const a = { pictures: 1, neurons: 0.1, microdollars: 1.1 }
    const b = { pictures: 2, neurons: 0.2, microdollars: 2.2 }
    expect(addUsage(a, b)).toEqual({ pictures: 3, neurons: 0.3, microdollars: 3.3 })
    expect(subtractUsage(addUsage(a, b), b)).toEqual(a)
  })
})

describe("a day", () => {
  const last = Date.UTC(2026, 10, 25, 23, 59, 59, 999)

  it.each([
    [last, "2026-11-25", last + 1],
    [last + 1, "2026-11-26", last + 1 + 86_400_000],
    [0, "1970-01-01", 86_400_000]
  ])("of %i", (millis, day, next) => {
    expect(dayOf(millis)).toBe(day)
    expect(nextDay(millis)).toBe(next)
    expect(startOf(day, 1)).toBe(next)
  })
})
