import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import { FluxModel } from "../../../src/services/FluxModel.ts"
import { makeFakeWorkersAi } from "../../support/workers-ai/FakeWorkersAi.ts"
import { drawing, fluxOver } from "../../support/workers-ai/faces.ts"

const noon = Date.UTC(2026, 10, 22, 12)
const midnight = Date.UTC(2026, 10, 23)

/** An account whose neurons were used up at noon, as the one call so far has told. */
const setUp = Effect.fnUntraced(function* (fault: "quota" | "quota4006" = "quota") {
  yield* TestClock.setTime(noon)
  const fake = makeFakeWorkersAi()
  const { draw } = yield* Effect.provide(FluxModel, fluxOver("rest", fake))
  fake.failAlways(fault)
  const refused = Effect.map(Effect.flip(draw(drawing())), (error) => {
    expect(error).toMatchObject({ _tag: "QuotaExceeded", renewsAt: midnight })
  })
  yield* refused
  expect(fake.calls).toHaveLength(1)
  return { fake, draw: draw(drawing()), refused }
})

describe("FluxModel, when the neurons of the day are used up", () => {
  it.effect.each(["quota", "quota4006"] as const)("asks nothing for ten minutes: %s", (fault) =>
    Effect.gen(function* () {
      const { fake, refused } = yield* setUp(fault)
      yield* Effect.repeat(refused, { times: 20 })
      yield* TestClock.adjust("599 seconds")
      yield* refused
      expect(fake.calls).toHaveLength(1)
    })
  )

  it.effect("asks once every ten minutes, however many want a picture", () =>
    Effect.gen(function* () {
      const { fake, refused } = yield* setUp()
      for (let minute = 1; minute <= 60; minute++) {
        yield* TestClock.adjust("1 minute")
        yield* Effect.all([refused, refused, refused], { concurrency: "unbounded" })
        expect(fake.calls).toHaveLength(1 + Math.floor(minute / 10))
      }
    })
  )

  it.effect("draws again as soon as one drawing has worked", () =>
    Effect.gen(function* () {
      const { draw, fake } = yield* setUp()
      fake.reset()
      yield* TestClock.adjust("10 minutes")
      yield* draw
      yield* draw
      yield* draw
      expect(fake.calls).toHaveLength(3)
    })
  )

  it.effect("asks no more after a probe that fails otherwise", () =>
    Effect.gen(function* () {
      const { draw, fake, refused } = yield* setUp()
      fake.reset()
      fake.failNext("internalError")
      yield* TestClock.adjust("10 minutes")
      expect(yield* Effect.flip(draw)).toMatchObject({ _tag: "UpstreamError" })
      yield* refused
      expect(fake.calls).toHaveLength(1)
      yield* TestClock.adjust("10 minutes")
      yield* draw
      expect(fake.calls).toHaveLength(2)
    })
  )

  it.effect("draws again from 00:00 UTC on, not a moment before", () =>
    Effect.gen(function* () {
      const { draw, fake, refused } = yield* setUp()
      yield* TestClock.setTime(midnight - 5 * 60_000)
      yield* refused // the probe that is due
      expect(fake.calls).toHaveLength(2)
      fake.reset()
      yield* TestClock.setTime(midnight - 1)
      yield* refused
      expect(fake.calls).toHaveLength(0)
      yield* TestClock.setTime(midnight)
      yield* Effect.all([draw, draw], { concurrency: "unbounded" })
      expect(fake.calls).toHaveLength(2)
    })
  )

  it.effect("refuses until the next midnight where the new day's neurons are used up too", () =>
    Effect.gen(function* () {
      const { draw } = yield* setUp()
      yield* TestClock.setTime(midnight)
      expect(yield* Effect.flip(draw)).toMatchObject({ renewsAt: Date.UTC(2026, 10, 24) })
    })
  )

  it.effect("remembers nothing of other failures", () =>
    Effect.gen(function* () {
      const fake = makeFakeWorkersAi()
      const { draw } = yield* Effect.provide(FluxModel, fluxOver("rest", fake))
      fake.failNext({ _tag: "Reply", status: 429, body: "slow down" })
      expect(yield* Effect.flip(draw(drawing()))).toMatchObject({ _tag: "RateLimited" })
      yield* draw(drawing())
      expect(fake.calls).toHaveLength(2)
    })
  )
})
