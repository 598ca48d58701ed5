import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as TestClock from "effect/testing/TestClock"
import { FluxModel } from "../../../src/services/FluxModel.ts"
import { watchSleeps } from "../../support/watchSleeps.ts"
import { makeFakeWorkersAi } from "../../support/workers-ai/FakeWorkersAi.ts"
import { drawing, fluxOver } from "../../support/workers-ai/faces.ts"
import type { Face } from "../../support/workers-ai/wire.ts"

const faces: ReadonlyArray<Face> = ["rest", "binding"]
const bothFaces = <A>(cases: ReadonlyArray<A>) => faces.flatMap((face) => cases.map((each) => [face, each] as const))

/** A drawing that has begun, with the moment at which its call comes in. */
const setUp = Effect.fnUntraced(function* (face: Face) {
  const fake = makeFakeWorkersAi()
  const { asleep, watch } = yield* watchSleeps
  const { draw } = yield* Effect.provide(FluxModel, fluxOver(face, fake))
  const begin = Effect.gen(function* () {
    const arrived = fake.nextCall()
    const fiber = yield* Effect.forkChild(watch(Effect.result(draw(drawing()))))
    yield* Effect.promise(() => arrived)
    return fiber
  })
  return { fake, asleep, begin }
})

describe("FluxModel in time", () => {
  it.effect.each(faces)("over %s tries once more for capacity, after half a second to one and a half", (face) =>
    Effect.gen(function* () {
      const { asleep, begin, fake } = yield* setUp(face)
      fake.failNext("capacity")
      const fiber = yield* begin
      const pause = yield* asleep(500, 1500)
      yield* TestClock.adjust(pause - 1)
      expect(fake.calls).toHaveLength(1)
      yield* TestClock.adjust(1)
      expect(yield* Fiber.join(fiber)).toMatchObject({ _tag: "Success" })
      expect(fake.calls).toHaveLength(2)
    })
  )

  it.effect.each(faces)("over %s tries no third time for capacity", (face) =>
    Effect.gen(function* () {
      const { asleep, begin, fake } = yield* setUp(face)
      fake.failAlways("capacity")
      const fiber = yield* begin
      yield* asleep(500, 1500)
      yield* TestClock.adjust("2 seconds")
      const result = yield* Fiber.join(fiber)
      expect(result).toMatchObject({ _tag: "Failure", failure: { _tag: "RateLimited" } })
      if (result._tag === "Failure" && result.failure._tag === "RateLimited") {
        expect(result.failure.retryAfterSeconds).toBeLessThanOrEqual(60)
      }
      expect(fake.calls).toHaveLength(2)
    })
  )

  it.effect.each(bothFaces(["noAnswer", "stalledBody"] as const))(
    "over %s waits two minutes and asks no second time: %s",
    ([face, fault]) =>
      Effect.gen(function* () {
        const { asleep, begin, fake } = yield* setUp(face)
        fake.failAlways(fault)
        const fiber = yield* begin
        yield* asleep(120_000)
        yield* TestClock.adjust("119999 millis")
        expect(fiber.pollUnsafe()).toBeUndefined()
        yield* TestClock.adjust("1 millis")
        expect(yield* Fiber.join(fiber)).toMatchObject({ failure: { _tag: "UpstreamTimeout", seconds: 120 } })
        expect(fake.calls).toHaveLength(1)
      })
  )

  it.effect("counts both calls within the two minutes", () =>
    Effect.gen(function* () {
      const { asleep, begin, fake } = yield* setUp("rest")
      const first = fake.gate(1)
      const second = fake.gate(1)
      fake.failNext("nsfwPrompt")
      const fiber = yield* begin
      yield* asleep(120_000)
      yield* TestClock.adjust("100 seconds")
      first.release()
      yield* Effect.promise(() => second.arrived)
      yield* TestClock.adjust("20 seconds")
      expect(yield* Fiber.join(fiber)).toMatchObject({ failure: { _tag: "UpstreamTimeout", seconds: 120 } })
      expect(fake.calls.map(({ aborted }) => aborted)).toEqual([false, true])
    })
  )

  it.effect.each(["noAnswer", "stalledBody"] as const)("ends the call over REST with the wait for it: %s", (fault) =>
    Effect.gen(function* () {
      const { asleep, begin, fake } = yield* setUp("rest")
      fake.failAlways(fault)
      const fiber = yield* begin
      yield* asleep(120_000)
      yield* TestClock.adjust("2 minutes")
      yield* Fiber.join(fiber)
      expect(fake.calls[0]?.aborted).toBe(true)
    })
  )

  it.effect("ends the call over REST when the drawing is interrupted", () =>
    Effect.gen(function* () {
      const { begin, fake } = yield* setUp("rest")
      fake.gate()
      const fiber = yield* begin
      expect(fake.calls[0]?.aborted).toBe(false)
      yield* Fiber.interrupt(fiber)
      expect(fake.calls).toMatchObject([{ aborted: true }])
    })
  )

  it.effect("is interrupted at once over the binding, which ends no calls", () =>
    Effect.gen(function* () {
      const { begin, fake } = yield* setUp("binding")
      fake.gate()
      const fiber = yield* begin
      yield* Fiber.interrupt(fiber)
      expect(fake.calls).toMatchObject([{ aborted: false }])
    })
  )

  it.effect("begins no second call after an interruption in the pause", () =>
    Effect.gen(function* () {
      const { asleep, begin, fake } = yield* setUp("rest")
      fake.failAlways("capacity")
      const fiber = yield* begin
      yield* asleep(500, 1500)
      yield* Fiber.interrupt(fiber)
      yield* TestClock.adjust("1 minute")
      expect(fake.calls).toHaveLength(1)
    })
  )
})
