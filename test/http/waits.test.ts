import { describe, expect, it } from "vitest"
import { FluxModel } from "../../src/services/FluxModel.ts"
import { makeFakeKv } from "../support/FakeKv.ts"
import { heldModel } from "../support/generations.ts"
import { type AppOptions, FakeLedger, testTime } from "../support/layers/testLayers.ts"
import { errorFrom } from "../support/openai/answers.ts"
import { generate } from "../support/openai/requests.ts"
import { imageOf } from "../support/pictures.ts"
import { testApp } from "../support/testApp.ts"

const bound = (bindings: AppOptions["bindings"]) => ({
  bindings: { FLUX_CF_KV: makeFakeKv().namespace, ...bindings }
})

/** Takes so many in each period of so many seconds, as what counts by the clock does. */
const window = (most: number, seconds: number, now: () => number) => {
  const taken = new Map<number, number>()
  return () => {
    const period = Math.floor(now() / (seconds * 1000))
    const before = taken.get(period) ?? 0
    taken.set(period, before + 1)
    return before < most
  }
}

/** The app at a time that stands still but for `adjust`, for it and for all around it. */
const setUp = (options: (now: () => number) => AppOptions) => {
  let now = testTime
  const app = testApp({ testClock: true, ...options(() => now) })
  const adjust = (seconds: number) => {
    now += seconds * 1000
    return app.adjust(`${seconds} seconds`)
  }
  /** What it is told, and what it gets where it comes back when it was told to. */
  const refusedThenServed = async (meanwhile: () => Promise<unknown> = async () => {}) => {
    const refused = await generate(app)
    const wait = Number(refused.headers.get("retry-after"))
    expect(await errorFrom(refused)).toMatchObject({ status: 429, code: "rate_limit_exceeded", shouldRetry: null })
    // The OpenAI SDKs obey no longer wait.
    expect(wait).toBeGreaterThanOrEqual(1)
    expect(wait).toBeLessThanOrEqual(60)
    await meanwhile()
    await adjust(wait)
    expect((await generate(app)).status).toBe(200)
  }
  return { app, adjust, refusedThenServed }
}

describe("a caller who is told to wait, and does, is served", () => {
  it("where the account has had all pictures of its minute", async () => {
    const image = (await imageOf({ width: 1024, height: 1024 }, { mediaType: "image/jpeg" })).bytes.toBase64()
    const { app, refusedThenServed } = setUp((now) => {
      const takes = window(3, 60, now)
      const fetch = async () =>
        takes()
          ? Response.json({ success: true, result: { image } })
          : Response.json({ success: false, errors: [{ message: "Too many requests" }] }, { status: 429 })
      return { flux: FluxModel.layer, fetch }
    })
    for (let index = 0; index < 3; index += 1) expect((await generate(app)).status).toBe(200)
    await refusedThenServed()
  })

  it.each([10, 60] as const)("where RATE_LIMITER counts for %i seconds", async (period) => {
    const { app, refusedThenServed } = setUp((now) => {
      const takes = window(2, period, now)
      return bound({ RATE_LIMITER: { limit: async () => ({ success: takes() }) } })
    })
    for (let index = 0; index < 2; index += 1) expect((await generate(app)).status).toBe(200)
    await refusedThenServed()
  })

  it("where the key draws as much at a time as it may, once that is drawn", async () => {
    const { arrived, flux, release } = heldModel()
    const { app, refusedThenServed } = setUp((now) => ({
      flux: flux.layer,
      ...bound({ LEDGER: FakeLedger.make(now).objects.namespace }),
      env: { KEY_CONCURRENCY: "1" }
    }))
    const running = generate(app)
    await arrived
    await refusedThenServed(async () => {
      await release()
      await running
      await app.settled()
    })
  })
})

it("tells no wait where it is longer than anybody waits, but the time at which to come back", async () => {
  const { adjust, app } = setUp((now) => ({
    ...bound({ LEDGER: FakeLedger.make(now).objects.namespace }),
    env: { NEURON_BUDGET: "180" }
  }))
  expect((await generate(app)).status).toBe(200)
  const refused = await generate(app)
  expect(refused.headers.get("retry-after")).toBeNull()
  const { message, ...error } = await errorFrom(refused)
  expect(error).toMatchObject({ status: 429, code: "insufficient_quota", shouldRetry: "false" })
  const told = Date.parse(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.exec(message)?.[0].replace(" ", "T").concat("Z") ?? "")
  expect(told).toBeGreaterThan(testTime)
  await adjust((told - testTime) / 1000)
  expect((await generate(app)).status).toBe(200)
})
