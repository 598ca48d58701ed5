import { describe, expect, it } from "vitest"
import { lineBefore, seededRandom, withinTheMinute } from "../../bench/queues.ts"
import { read } from "../docs/documents.ts"

describe("lineBefore", () => {
  // The mean wait of M/D/1 is known: load / (2 * (1 - load)) times the service.
  it.each([0.2, 0.5, 0.8])("waits as long as the formula says at a load of %d", (load) => {
    const { mean } = lineBefore(load * 1000, 0.001, seededRandom(1))
    expect(mean / 0.001 / (load / (2 * (1 - load)))).toBeCloseTo(1, 0.9)
  })

  it("is the same for the same seed", () => {
    expect(lineBefore(500, 0.001, seededRandom(7))).toEqual(lineBefore(500, 0.001, seededRandom(7)))
  })
})

describe("withinTheMinute", () => {
  const served = (aMinute: number, retryAfter: number) =>
    withinTheMinute({ aMinute, limit: 720, minutes: 60, retryAfter }, seededRandom(1))

  it("serves everybody at once where there is room", () => {
    expect(served(360, 60)).toEqual({ atOnce: 1, afterWaiting: 0, refused: 0 })
  })

  it("draws what the account may, however it is asked", () => {
    for (const wait of [10, 30, 60]) expect(served(1440, wait).refused).toBeCloseTo(0.5, 1)
  })

  it("serves more at once where those who are refused wait for the whole minute", () => {
    expect(served(800, 60).atOnce).toBeGreaterThan(served(800, 30).atOnce + 0.2)
  })
})

it("gives what docs/design/scale.md tells of the account's minute", () => {
  const row = /^\| (\d+) \| (\d+) s \| (.+) \|$/gm
  const told = [...read("docs/design/scale.md").matchAll(row)]
  expect(told).toHaveLength(12)
  for (const [, aMinute, retryAfter, shares] of told) {
    const asked = { aMinute: Number(aMinute), retryAfter: Number(retryAfter), limit: 720, minutes: 60 }
    const { afterWaiting, atOnce, refused } = withinTheMinute(asked, seededRandom(20))
    const percents = [atOnce, afterWaiting, refused].map((part) => `${(100 * part).toFixed(1)}%`)
    expect(percents.join(" | ")).toBe(shares)
  }
})
