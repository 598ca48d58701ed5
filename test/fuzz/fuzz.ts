import fc from "fast-check"
import { expect, it } from "vitest"
import { hostileBodies, hostileHeaders } from "./bodies.ts"
import { expectOrderly, fuzzedService } from "./service.ts"

/** At least 20,000 bodies for all endpoints together. */
const runs = Number(process.env.FUZZ_RUNS ?? 7000)
const seed = Number(process.env.FUZZ_SEED ?? 20261122)

const hangMillis = 5000

/** Sends hostile bodies to an endpoint. `FUZZ_RUNS` and `FUZZ_SEED` change how many, and which. */
export const fuzz = (path: string): void => {
  const bodies = hostileBodies[path]
  if (!bodies) throw new Error(`There are no bodies for ${path}.`)

  it(`answers every body, within ${hangMillis / 1000} s and with nothing worse than 4xx (${runs} bodies)`, async () => {
    const app = fuzzedService()
    const statuses = new Map<number, number>()
    const property = fc.asyncProperty(bodies, hostileHeaders, async ({ bytes, contentType }, headers) => {
      const sent = { ...headers, authorization: "Bearer sk-test", ...(contentType && { "content-type": contentType }) }
      const response = await app.fetch(path, { method: "POST", headers: sent, body: bytes })
      await expectOrderly(response)
      statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1)
    })
    await fc.assert(property, { numRuns: runs, seed, timeout: hangMillis, endOnFailure: true })
    expect(app.logs.filter((line) => line.includes("Unexpected failure"))).toEqual([])
    // Bodies of which all or none are accepted would test little.
    expect(statuses.get(200) ?? 0).toBeGreaterThan(runs / 50)
    expect(statuses.get(400) ?? 0).toBeGreaterThan(runs / 5)
  }, 300_000)
}
