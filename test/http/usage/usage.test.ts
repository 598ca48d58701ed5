import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { describe, expect, it } from "vitest"
import { LedgerUnavailable } from "../../../src/domain/Errors.ts"
import { Ledger } from "../../../src/services/Ledger.ts"
import { FakeLedger, testTime } from "../../support/layers/testLayers.ts"
import { errorFrom } from "../../support/openai/answers.ts"
import { generate } from "../../support/openai/requests.ts"
import { testApp } from "../../support/testApp.ts"

/** The midnight (UTC) after the test's time, in seconds since 1970. */
const midnight = 1_795_392_000

describe("GET /v1/usage", () => {
  it("tells what is used, and the second at which that begins anew", async () => {
    const app = testApp({ testClock: true, ledger: FakeLedger.make(() => testTime).layer })
    const response = await app.fetch("/v1/usage", { headers: { authorization: "Bearer sk-test" } })
    expect(await response.json()).toMatchObject({ key: "default", pictures: 0, neurons: 0, renews_at: midnight })
  })
})

describe("GET /v1/usage?key=all", () => {
  const env = { API_KEY: "sk-test", API_KEYS: "alice:sk-alice:500,bob:sk-bob:500:2usd" }
  const owner = { authorization: "Bearer sk-test" }
  const bound = () => ({ bindings: { LEDGER: FakeLedger.make(() => testTime).objects.namespace } })

  const draw = (app: ReturnType<typeof testApp>, key: string) =>
    app.fetch("/v1/images/generations", {
      method: "POST",
      headers: { authorization: `Bearer ${key}` },
      body: JSON.stringify({ prompt: "A cute cat", n: 2 })
    })

  it("is the use of every key, with its days and its budget, for the owner", async () => {
    const app = testApp({ env, testClock: true, ...bound() })
    await (await draw(app, "sk-alice")).text()
    await app.settled()
    const used = { pictures: 2, neurons: 345.6, cost_usd: 0.003802 }
    const nothing = { object: "usage", pictures: 0, neurons: 0, cost_usd: 0, renews_at: midnight, days: [] }
    const response = await app.fetch("/v1/usage?key=all", { headers: owner })
    expect(await response.json()).toEqual({
      object: "list",
      data: [
        { ...nothing, key: "default", budget: null, budget_usd: null, left: null, left_usd: null },
        {
          object: "usage",
          key: "alice",
          ...used,
          budget: 500,
          budget_usd: null,
          left: 154.4,
          left_usd: null,
          renews_at: midnight,
          days: [{ date: "2026-11-22", ...used }]
        },
        { ...nothing, key: "bob", budget: 500, budget_usd: 2, left: 500, left_usd: 2 }
      ]
    })
  })

  it("says what is left of dollars, and never less than nothing", async () => {
    const app = testApp({ env: { ...env, BUDGET_USD: "0.003", API_KEYS: "" }, testClock: true, ...bound() })
    const usage = async () => await (await app.fetch("/v1/usage", { headers: owner })).json()
    expect(await usage()).toMatchObject({ budget: null, budget_usd: 0.003, left: null, left_usd: 0.003 })
    await (await generate(app)).text()
    await app.settled()
    expect(await usage()).toMatchObject({ neurons: 172.8, cost_usd: 0.001901, left_usd: 0.001099 })
    expect(await errorFrom(await generate(app))).toMatchObject({
      status: 429,
      code: "insufficient_quota",
      message: expect.stringContaining("This key has $0.001099 left today and the request needs $0.001901.")
    })
  })

  it("is nobody else's to see, and neither is another key's", async () => {
    const app = testApp({ env, ...bound() })
    for (const query of ["?key=all", "?key=default"]) {
      const response = await app.fetch(`/v1/usage${query}`, { headers: { authorization: "Bearer sk-alice" } })
      expect(response.status).toBe(400)
      expect(await response.json()).toMatchObject({ error: { param: "key" } })
    }
  })

  it("is the first key's of API_KEYS where there is no API_KEY", async () => {
    const app = testApp({ env: { ...env, API_KEY: "" }, ...bound() })
    const asked = (key: string) => app.fetch("/v1/usage?key=all", { headers: { authorization: `Bearer ${key}` } })
    expect((await asked("sk-alice")).status).toBe(200)
    expect((await asked("sk-bob")).status).toBe(400)
  })

  it("tells a key whose account can't be reached as unknown", async () => {
    const half = Layer.effect(
      Ledger,
      Effect.map(Ledger, (ledger) => ({
        ...ledger,
        usage: (caller) => (caller.name === "bob" ? Effect.fail(new LedgerUnavailable({})) : ledger.usage(caller))
      }))
    ).pipe(Layer.provide(FakeLedger.make(() => testTime).layer))
    const response = await testApp({ env, ...bound(), ledger: half }).fetch("/v1/usage?key=all", { headers: owner })
    expect(await response.json()).toMatchObject({
      data: [
        { neurons: 0 },
        { neurons: 0 },
        { key: "bob", pictures: null, neurons: null, cost_usd: null, left: null, budget: 500, days: [] }
      ]
    })
  })
})
