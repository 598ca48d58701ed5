import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { ContentPolicyViolation } from "../../../src/domain/Errors.ts"
import { makeTally } from "../../../src/services/imageGenerator/Tally.ts"
import { eventsOf, generatorOver, imagesOf, requestFor } from "../../support/generation.ts"
import { FakeFluxModel, FakePromptOptimizer } from "../../support/layers/testLayers.ts"

const fox = (changes: Parameters<typeof requestFor>[1] = {}) => requestFor("a fox", changes)
const picture = 172.8

describe("what improving a prompt costs", () => {
  it.effect("is estimated with the pictures, and told with the first of them", () =>
    Effect.gen(function* () {
      const optimizer = FakePromptOptimizer.make({ neurons: 8.6, estimate: 15.5 }).layer
      const { draw, prepare } = yield* generatorOver({ optimizer })
      const prepared = yield* prepare(fox({ n: 3 }))
      expect(prepared).toMatchObject({ costEach: { neurons: picture }, neurons: 533.9 })
      const tally = makeTally()
      const images = imagesOf(yield* Stream.runCollect(draw(prepared, tally)))
      expect(images.map(({ neurons }) => neurons)).toEqual([181.4, picture, picture])
      expect(tally.spent()).toEqual({ pictures: 3, neurons: 527, microdollars: 5797 })
    })
  )

  it.effect("is told with the first picture that is drawn, where others fail", () =>
    Effect.gen(function* () {
      const flux = FakeFluxModel.make({
        before: ({ index }) =>
          index === 0 ? Effect.fail(new ContentPolicyViolation({ subject: "prompt" })) : Effect.void
      })
      const optimizer = FakePromptOptimizer.make({ neurons: 8.6 }).layer
      const images = imagesOf(yield* eventsOf(fox({ n: 3 }), { flux: flux.layer, optimizer }))
      expect(images.map(({ neurons }) => neurons)).toEqual([181.4, picture])
    })
  )

  it.effect("is counted where nothing is drawn after it, and where it was for nothing", () =>
    Effect.gen(function* () {
      const before = () => Effect.fail(new ContentPolicyViolation({ subject: "prompt" }))
      const optimizer = FakePromptOptimizer.make({
        answer: (prompt) => ({ prompt, source: { _tag: "Failed", reason: "unusable_answer" } }),
        neurons: 8.6,
        estimate: 15.5
      }).layer
      const { draw, prepare } = yield* generatorOver({ flux: FakeFluxModel.make({ before }).layer, optimizer })
      const tally = makeTally()
      yield* Effect.flip(Stream.runDrain(draw(yield* prepare(fox()), tally)))
      expect(tally.spent()).toEqual({ pictures: 0, neurons: 8.6, microdollars: 94.6 })
    })
  )

  it.effect("is not paid where nothing more may begin", () =>
    Effect.gen(function* () {
      const optimizer = FakePromptOptimizer.make({ neurons: 8.6 })
      const { draw, prepare } = yield* generatorOver({ optimizer: optimizer.layer })
      const tally = makeTally(Effect.succeed(false))
      const error = yield* Effect.flip(Stream.runDrain(draw(yield* prepare(fox()), tally)))
      expect(error._tag).toBe("GenerationCancelled")
      expect(optimizer.calls).toEqual([])
      expect(tally.spent()).toEqual({ pictures: 0, neurons: 0, microdollars: 0 })
    })
  )
})

describe("the wish to have a prompt improved", () => {
  const remote = { _tag: "Remote", url: new URL("https://pictures.test/a.png") } as const
  it.effect.each([
    [true, false, [], "Original"],
    ["always", false, [], "Optimized"],
    ["always", true, [], "Optimized"],
    [false, true, [], "Original"],
    [true, true, [remote], "Original"],
    ["always", true, [remote], "Failed"],
    ["always", false, [remote], "Failed"]
  ] as const)("%s, where prompts are improved by default: %s, with the pictures %j, leads to %s", (row) => {
    const [optimize, enabled, inputs, _tag] = row
    return Effect.gen(function* () {
      const optimizer = FakePromptOptimizer.make({ enabled, neurons: 8.6 })
      const [ready] = yield* eventsOf(fox({ optimize, inputs }), { optimizer: optimizer.layer })
      const reason = _tag === "Failed" ? { reason: "edit" } : {}
      expect(ready).toMatchObject({ _tag: "PromptReady", source: { _tag, ...reason } })
      expect(optimizer.calls).toHaveLength(_tag === "Optimized" ? 1 : 0)
    })
  })
})
