import { describe, expect, it } from "vitest"
import { BudgetObject } from "../../../src/services/budgets/BudgetObject.ts"
import { makeFakeKv } from "../../support/FakeKv.ts"
import { makeFakeObjects } from "../../support/FakeObjects.ts"
import { testTime } from "../../support/layers/testLayers.ts"
import { testApp } from "../../support/testApp.ts"

const usageOf = async (env: Readonly<Record<string, string>> = {}) => {
  const budgets = makeFakeObjects((context) => new BudgetObject(context, () => testTime))
  const bindings = { FLUX_CF_KV: makeFakeKv().namespace, BUDGETS: budgets.namespace }
  const app = testApp({ testClock: true, env, bindings })
  return (await app.fetch("/v1/usage", { headers: { authorization: "Bearer sk-test" } })).json()
}

/** The midnight (UTC) after the test's time, in seconds since 1970. */
const midnight = 1_795_392_000

describe("GET /v1/usage", () => {
  it("tells what is used, of what, and the second at which both begin anew", async () => {
    const unused = { object: "usage", key: "default", pictures: 0, neurons: 0, renews_at: midnight }
    expect(await usageOf()).toEqual({ ...unused, budget: null })
    expect(await usageOf({ NEURON_BUDGET: "500" })).toEqual({ ...unused, budget: 500 })
  })
})
