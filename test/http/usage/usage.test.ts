import { describe, expect, it } from "vitest"
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
