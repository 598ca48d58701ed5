import { describe, expect, it } from "vitest"
import { FakeFluxModel } from "../../support/layers/testLayers.ts"
import { errorFrom, imagesFrom } from "../../support/openai/answers.ts"
import { testApp } from "../../support/testApp.ts"

const authorization = "Bearer sk-test"

const draw = (app: ReturnType<typeof testApp>, headers: Readonly<Record<string, string>> = {}) =>
  app.fetch("/v1/images/generations", {
    method: "POST",
    headers: { authorization, ...headers },
    body: JSON.stringify({ prompt: "A cute cat" })
  })

describe("without the bindings LEDGER and RUNNER", () => {
  it("nothing is joined and nothing is answered later", async () => {
    const flux = FakeFluxModel.make()
    const app = testApp({ flux: flux.layer })
    const headers = { "idempotency-key": "a", "x-stainless-retry-count": "1", prefer: "respond-async" }
    for (const _ of [1, 2]) expect((await imagesFrom(await draw(app, headers))).data).toHaveLength(1)
    expect(flux.requests).toHaveLength(2)
  })

  it.each([
    ["GET", `/v1/jobs/job_${"A".repeat(22)}`, "LEDGER"],
    ["DELETE", `/v1/jobs/job_${"A".repeat(22)}`, "LEDGER"],
    ["GET", "/v1/usage", "LEDGER"]
  ])("%s %s is a 404 that names the binding", async (method, path, binding) => {
    const error = await errorFrom(await testApp().fetch(path, { method, headers: { authorization } }))
    expect(error).toMatchObject({ status: 404, code: "binding_missing", param: binding })
    expect(error.message).toContain(binding)
  })

  it("/v1/jobs says how jobs are asked for, and what they need", async () => {
    const error = await errorFrom(await testApp().fetch("/v1/jobs", { headers: { authorization } }))
    expect(error).toMatchObject({ status: 404, code: "unknown_url", message: expect.stringContaining("LEDGER") })
  })

  it.each([{ NEURON_BUDGET: "5000" }, { KEY_CONCURRENCY: "2" }, { API_KEY: "", API_KEYS: "alice:sk-test:5000" }])(
    "a limit that nobody would count is an error: %o",
    async (env) => {
      const flux = FakeFluxModel.make()
      const error = await errorFrom(await draw(testApp({ env, flux: flux.layer })))
      expect(error).toMatchObject({ status: 500, code: "configuration_error", param: "LEDGER" })
      expect(flux.requests).toHaveLength(0)
    }
  )
})

describe("an Idempotency-Key", () => {
  it("of more than 255 characters is refused", async () => {
    const app = testApp()
    expect((await draw(app, { "idempotency-key": "k".repeat(255) })).status).toBe(200)
    expect(await errorFrom(await draw(app, { "idempotency-key": "k".repeat(256) }))).toMatchObject({
      status: 400,
      param: "Idempotency-Key"
    })
  })
})
