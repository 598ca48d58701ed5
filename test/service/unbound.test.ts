import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { errorFrom, imagesFrom } from "../support/openai/answers.ts"
import { API_KEY, type RunningService, startService } from "../support/service.ts"

const authorization = `Bearer ${API_KEY}`

describe("the service in workerd without Durable Objects", () => {
  let service: RunningService
  beforeAll(async () => {
    service = await startService({ ai: "rest", vars: { LEDGER: "", RUNNER: "" } })
  }, 60_000)
  afterAll(() => service.close())

  it("draws for each request, and at once", async () => {
    const ask = () =>
      service.fetch("/v1/images/generations", {
        method: "POST",
        headers: { authorization, "idempotency-key": "a", "x-stainless-retry-count": "1", prefer: "respond-async" },
        body: JSON.stringify({ prompt: "A cute cat", response_format: "url" })
      })
    const links = [await imagesFrom(await ask()), await imagesFrom(await ask())].map(({ data }) => data[0]?.url)
    expect(new Set(links).size).toBe(2)
    expect(service.workersAi.calls).toHaveLength(2)
  })

  it.each([
    [`/v1/jobs/job_${"A".repeat(22)}`, "LEDGER"],
    ["/v1/usage", "LEDGER"]
  ])("has no %s, and names the binding that it lacks", async (path, binding) => {
    const error = await errorFrom(await service.fetch(path, { headers: { authorization } }))
    expect(error).toMatchObject({ status: 404, code: "binding_missing", param: binding })
  })
})
