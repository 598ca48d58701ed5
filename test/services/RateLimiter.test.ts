import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as TestClock from "effect/testing/TestClock"
import { Bindings } from "../../src/services/Bindings.ts"
import { RateLimiter } from "../../src/services/RateLimiter.ts"
import { FakeRateLimiter } from "../support/layers/testLayers.ts"
import { errorFrom } from "../support/openai/answers.ts"
import { generate } from "../support/openai/requests.ts"
import { testApp } from "../support/testApp.ts"
import { watchSleeps } from "../support/watchSleeps.ts"

/** A limiter over a binding; `keys` are those that were counted. */
const setUp = Effect.fnUntraced(function* (answer: () => Promise<{ success: boolean }>) {
  const keys: Array<string> = []
  const limiter: RateLimit = {
    limit: ({ key }) => {
      keys.push(key)
      return answer()
    }
  }
  const { check } = yield* RateLimiter.pipe(
    Effect.provide(RateLimiter.layer),
    Effect.provide(Layer.succeed(Bindings, { RATE_LIMITER: limiter })),
    Effect.provide(Logger.layer([]))
  )
  return { keys, check }
})

describe("RateLimiter", () => {
  it.effect("counts by the key's name, and never by the key", () =>
    Effect.gen(function* () {
      const { check, keys } = yield* setUp(() => Promise.resolve({ success: true }))
      yield* check({ name: "alice" })
      yield* check({ name: "bob" })
      expect(keys).toEqual(["alice", "bob"])
    })
  )

  it.effect("refuses where the binding does, with a hint that SDKs obey", () =>
    Effect.gen(function* () {
      const { check } = yield* setUp(() => Promise.resolve({ success: false }))
      const error = yield* Effect.flip(check({ name: "alice" }))
      expect(error._tag).toBe("RateLimited")
      expect(error.retryAfterSeconds).toBeGreaterThan(0)
      expect(error.retryAfterSeconds).toBeLessThanOrEqual(60)
    })
  )

  it.effect("lets through where the binding fails", () =>
    Effect.gen(function* () {
      const { check } = yield* setUp(() => Promise.reject(new Error("down")))
      yield* check({ name: "alice" })
    }).pipe(Effect.provide(Logger.layer([])))
  )

  it.effect("lets through after a second where the binding does not answer", () =>
    Effect.gen(function* () {
      const { check } = yield* setUp(() => new Promise(() => {}))
      const { asleep, watch } = yield* watchSleeps
      const fiber = yield* Effect.forkChild(watch(check({ name: "alice" })))
      yield* asleep(1000)
      yield* TestClock.adjust("999 millis")
      expect(fiber.pollUnsafe()).toBeUndefined()
      yield* TestClock.adjust("1 millis")
      yield* Fiber.join(fiber)
    }).pipe(Effect.provide(Logger.layer([])))
  )

  it.effect("lets everybody through where nothing is bound", () =>
    Effect.gen(function* () {
      const { check } = yield* Effect.provide(
        RateLimiter,
        RateLimiter.layer.pipe(Layer.provide(Layer.succeed(Bindings, {})))
      )
      yield* Effect.repeat(check({ name: "alice" }), { times: 1000 })
    })
  )
})

describe("a rate limit over HTTP", () => {
  const env = { API_KEYS: "alice:sk-alice" }

  it("is for each key, and says when to come back", async () => {
    const app = testApp({ rateLimiter: FakeRateLimiter.make(2, 7), env })
    for (const expected of [200, 200, 429]) expect((await generate(app)).status).toBe(expected)
    const response = await generate(app)
    expect(response.headers.get("retry-after")).toBe("7")
    expect(await errorFrom(response)).toMatchObject({ code: "rate_limit_exceeded", shouldRetry: null })
    const headers = { authorization: "Bearer sk-alice" }
    const other = await app.fetch("/v1/images/generations", { method: "POST", headers, body: '{"prompt":"A fox"}' })
    expect(other.status).toBe(200)
  })

  it("is not counted for what costs nothing", async () => {
    const app = testApp({ rateLimiter: FakeRateLimiter.make(0) })
    const headers = { authorization: "Bearer sk-test" }
    expect((await app.fetch("/v1/models", { headers })).status).toBe(200)
    expect((await app.fetch("/health")).status).toBe(200)
  })

  it("is not counted for strangers", async () => {
    const app = testApp({ rateLimiter: FakeRateLimiter.make(0) })
    expect((await app.fetch("/v1/images/generations", { method: "POST", body: "{}" })).status).toBe(401)
  })
})
