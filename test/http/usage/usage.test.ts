import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { describe, expect, it } from "vitest"
import { LedgerUnavailable } from "../../../src/domain/Errors.ts"
import { Ledger } from "../../../src/services/Ledger.ts"
import { FakeLedger, testTime } from "../../support/layers/testLayers.ts"
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
  const env = { API_KEY: "sk-test", API_KEYS: "alice:sk-alice:500,bob:sk-bob" }
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
    const used = { pictures: 2, neurons: 345.6 }
    const response = await app.fetch("/v1/usage?key=all", { headers: owner })
    expect(await response.json()).toEqual({
      object: "list",
      data: [
        { object: "usage", key: "default", pictures: 0, neurons: 0, budget: null, renews_at: midnight, days: [] },
        {
          object: "usage",
          key: "alice",
          ...used,
          budget: 500,
          renews_at: midnight,
          days: [{ date: "2026-11-22", ...used }]
        },
        { object: "usage", key: "bob", pictures: 0, neurons: 0, budget: null, renews_at: midnight, days: [] }
      ]
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
      data: [{ neurons: 0 }, { neurons: 0 }, { key: "bob", pictures: null, neurons: null, days: [] }]
    })
  })
})
