import { expect, it } from "vitest"
import { soak } from "./soak.ts"

it("2,000 mixed requests with faults lose no picture, and leave no defect in the log", async () => {
  const report = await soak({ requests: 2000, concurrency: 16, seed: 1, faults: 0.1 })
  expect(report.problems).toEqual([])
  expect(report.pictures).toBeGreaterThan(500)
  expect(report.faults).toBeGreaterThan(100)
}, 300_000)
