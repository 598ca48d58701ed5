import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as TestClock from "effect/testing/TestClock"
import { FluxModel } from "../../../src/services/FluxModel.ts"
import { PromptOptimizer } from "../../../src/services/PromptOptimizer.ts"
import { configFrom, httpClient, testEnv } from "../../support/layers/testLayers.ts"
import { watchSleeps } from "../../support/watchSleeps.ts"
import { makeFakeWorkersAi } from "../../support/workers-ai/FakeWorkersAi.ts"
import { aiBinding, drawing } from "../../support/workers-ai/faces.ts"
import type { Fault } from "../../support/workers-ai/faults.ts"
import type { Face } from "../../support/workers-ai/wire.ts"

const faces: ReadonlyArray<Face> = ["rest", "binding"]
const gemma = "@cf/google/gemma-4-26b-a4b-it"
const granite = "@cf/ibm-granite/granite-4.0-h-micro"
const mistral = "@cf/mistralai/mistral-small-3.1-24b-instruct"
const gptOss = "@cf/openai/gpt-oss-20b"

/** The optimizer and the model that draws, over one face of one Workers AI. */
const setUp = (face: Face, env: Readonly<Record<string, string>> = {}) => {
  const ai = makeFakeWorkersAi()
  const settings = { PROMPT_OPTIMIZATION: "true", ...(face === "rest" && testEnv), ...env }
  const layer = Layer.merge(PromptOptimizer.layer, FluxModel.layer).pipe(
    Layer.provide([httpClient(ai.fetch), configFrom(settings, { AI: aiBinding(ai) })])
  )
  return {
    ai,
    optimize: (prompt = "eine Katze", limit = 2048) =>
      Effect.flatMap(PromptOptimizer, (optimizer) => optimizer.optimize(prompt, limit)).pipe(Effect.provide(layer)),
    plan: (prompt = "eine Katze", wish: boolean | "always" = true) =>
      Effect.flatMap(PromptOptimizer, (optimizer) => optimizer.plan(prompt, 2048, wish)).pipe(Effect.provide(layer)),
    layer
  }
}

const reply = (body: unknown, status = 200): Fault => ({ _tag: "Reply", status, body })
const choice = (message: unknown, finish_reason = "stop") => ({ choices: [{ index: 0, message, finish_reason }] })
const unchanged = (reason: string, neurons: unknown = 0) => ({
  prompt: "eine Katze",
  source: { _tag: "Failed", reason },
  neurons
})

describe.each(faces)("PromptOptimizer with Workers AI (%s)", (face) => {
  it.effect("asks the default model, which is not to think, on the backend that draws", () =>
    Effect.gen(function* () {
      const { ai, optimize } = setUp(face)
      const improved = yield* optimize("eine Katze", 777)
      expect(improved).toMatchObject({
        prompt: "A detailed picture of eine Katze.",
        source: { _tag: "Optimized", model: gemma }
      })
      expect(improved.neurons).toBeGreaterThan(1)
      expect(improved.neurons).toBeLessThan(10)
      expect(ai.calls).toMatchObject([
        {
          face,
          model: gemma,
          fields: {
            messages: [
              { role: "system", content: expect.stringContaining("777") },
              { role: "user", content: "eine Katze" }
            ],
            max_tokens: 400,
            chat_template_kwargs: { enable_thinking: false }
          }
        }
      ])
    })
  )

  it.effect.each([granite, mistral, gptOss, gemma])("reads what %s answers", (model) =>
    Effect.gen(function* () {
      const { ai, optimize } = setUp(face, { EXTERNAL_MODEL: model })
      expect(yield* optimize()).toMatchObject({
        prompt: "A detailed picture of eine Katze.",
        source: { _tag: "Optimized", model }
      })
      expect(ai.calls).toHaveLength(1)
    })
  )

  it.effect.each([granite, mistral, gemma, "@cf/new/model"])("costs with %s at most what it is said to", (model) =>
    Effect.gen(function* () {
      const { optimize, plan } = setUp(face, { EXTERNAL_MODEL: model })
      for (const prompt of ["a fox", "狐が月の下で踊る".repeat(40), "лиса ".repeat(300)]) {
        const planned = yield* plan(prompt)
        const { neurons } = yield* optimize(prompt)
        expect(planned).toMatchObject({ _tag: "Asked" })
        if (planned._tag === "Asked") expect(planned.neurons).toBeGreaterThanOrEqual(neurons)
      }
    })
  )

  it.effect("costs what is told: by header, in the usage, or by tokens", () =>
    Effect.gen(function* () {
      const { ai, optimize } = setUp(face)
      const told = choice({ role: "assistant", content: "A cat." })
      const tokens = { prompt_tokens: 1000, completion_tokens: 100 }
      ai.failNext({ _tag: "Reply", status: 200, body: { ...told, usage: { neurons: 3 } }, neurons: "4.50" })
      ai.failNext(reply({ ...told, usage: { ...tokens, neurons: 3 } }))
      ai.failNext(reply({ result: { ...told, usage: tokens }, success: true }))
      ai.failNext(reply({ response: "A cat.", usage: { prompt_tokens: "many", completion_tokens: -1 } }))
      const costs: Array<number> = []
      for (let call = 0; call < 4; call += 1) costs.push((yield* optimize()).neurons)
      expect(costs.slice(0, 3)).toEqual([4.5, 3, 11.82])
      // Where nothing is told it counts as what it costs at most.
      const planned = yield* setUp(face).plan()
      expect({ _tag: "Asked", neurons: costs[3] }).toEqual(planned)
    })
  )

  const good: ReadonlyArray<readonly [string, unknown]> = [
    ["choices", choice({ role: "assistant", content: "A cat.", reasoning_content: "Hm. A dog." })],
    ["choices in an envelope", { result: choice({ content: "A cat." }), success: true, errors: [], messages: [] }],
    [
      "choices beside a response of null",
      { result: { response: null, ...choice({ content: "A cat." }) }, success: true }
    ],
    ["a response", { response: "A cat." }],
    ["a response in an envelope", { result: { response: "A cat." }, success: true }],
    ["thoughts before it", { response: "<think>A dog?</think>\nA cat." }],
    [
      "output as in responses",
      {
        output: [
          { type: "reasoning", content: [{ type: "reasoning_text", text: "Hm. A dog." }] },
          { type: "message", role: "assistant", content: [{ type: "output_text", text: "A cat." }] }
        ]
      }
    ]
  ]
  it.effect.each(good)("reads %s", ([, body]) =>
    Effect.gen(function* () {
      const { ai, optimize } = setUp(face)
      ai.failNext(reply(body))
      expect(yield* optimize()).toMatchObject({ prompt: "A cat.", source: { _tag: "Optimized" } })
    })
  )

  const paid = expect.any(Number)
  const failures: ReadonlyArray<readonly [string, Fault, string, unknown?]> = [
    [
      "no content, cut off",
      reply({ ...choice({ content: null }, "length"), usage: { neurons: 11 } }),
      "unusable_answer",
      11
    ],
    ["half a prompt", reply(choice({ content: "A cat that" }, "length")), "unusable_answer", paid],
    ["nothing but thoughts", reply(choice({ content: null, reasoning_content: "A cat." })), "unusable_answer", paid],
    ["an empty response", reply({ response: "" }), "unusable_answer", paid],
    ["a response that is no text", reply({ response: { prompt: "A cat." } }), "unusable_answer", paid],
    ["a list", reply([]), "unusable_answer", paid],
    ["a page of HTML", "html", "unusable_answer", paid],
    ["a refusal", reply(choice({ content: null, refusal: "No." })), "refused", paid],
    ["a refusal in words", reply({ response: "I'm sorry, but I can't help with that." }), "refused", paid],
    ["the filter", "nsfwPrompt", "refused"],
    ["no success", "unsuccessful", "unavailable"],
    ["no capacity", "capacity", "unavailable"],
    ["a wrong token", "authentication", "unavailable"],
    ["an internal error", "internalError", "unavailable"],
    ["a bad gateway", "badGateway", "unavailable"],
    ["a broken connection", "resetBeforeHeaders", "unavailable", paid],
    ["half of an answer", "resetAfterHeaders", "unavailable", paid],
    ["a timeout of its own", "timeout", "timeout"],
    ["a plan that lacks it", "planRequired", "not_allowed"],
    [
      "the end of the model",
      reply({ errors: [{ code: 5028, message: "deprecated" }], success: false }, 410),
      "retired"
    ],
    ["the end of the model without a word", reply("Gone", 410), "retired"],
    ["no neurons left", "quota", "quota"],
    ["no neurons left, by the other code", "quota4006", "quota"]
  ]
  it.effect.each(failures)("draws the prompt as it was after %s", ([, fault, reason, neurons]) =>
    Effect.gen(function* () {
      const { ai, optimize } = setUp(face)
      ai.failAlways(fault)
      expect(yield* optimize()).toEqual(unchanged(reason, neurons))
      expect(ai.calls).toHaveLength(1)
    })
  )

  it.effect.each([
    ["@cf/google/gemma-3-12b-it", "retired"],
    ["@cf/zai-org/glm-5.2", "not_allowed"],
    ["@cf/nobody/nothing", "retired"]
  ] as const)("says of %s that it is %s", ([model, reason]) =>
    Effect.gen(function* () {
      expect(yield* setUp(face, { EXTERNAL_MODEL: model }).optimize()).toEqual(unchanged(reason))
    })
  )

  it.effect("asks nothing after what draws was told that there are no neurons left, and the other way round", () => {
    const { ai, layer } = setUp(face)
    return Effect.gen(function* () {
      const flux = yield* FluxModel
      const { optimize } = yield* PromptOptimizer
      ai.failNext("quota")
      expect(yield* Effect.flip(flux.draw(drawing()))).toMatchObject({ _tag: "QuotaExceeded" })
      expect(yield* optimize("eine Katze", 2048)).toEqual(unchanged("quota"))
      expect(ai.calls).toHaveLength(1)
      yield* TestClock.adjust("10 minutes")
      // The probe is left to the picture.
      expect(yield* optimize("eine Katze", 2048)).toEqual(unchanged("quota"))
      yield* flux.draw(drawing())
      expect(yield* optimize("eine Katze", 2048)).toMatchObject({ source: { _tag: "Optimized" } })
      ai.failNext("quota")
      expect(yield* optimize("eine Katze", 2048)).toEqual(unchanged("quota"))
      expect(yield* Effect.flip(flux.draw(drawing()))).toMatchObject({ _tag: "QuotaExceeded" })
      expect(ai.calls).toHaveLength(4)
    }).pipe(Effect.provide(layer))
  })

  it.effect("waits 15 seconds, and counts what may be billed all the same", () =>
    Effect.gen(function* () {
      const { ai, optimize, plan } = setUp(face)
      ai.failNext("noAnswer")
      const { asleep, watch } = yield* watchSleeps
      const fiber = yield* Effect.forkChild(watch(optimize()))
      yield* asleep(15_000)
      yield* TestClock.adjust("15 seconds")
      const planned = yield* plan()
      expect(yield* Fiber.join(fiber)).toEqual(
        unchanged("timeout", planned._tag === "Asked" ? planned.neurons : undefined)
      )
    })
  )

  it.effect("is not asked where an API is set, by whatever model", () =>
    Effect.gen(function* () {
      const { ai, plan } = setUp(face, { EXTERNAL_API_BASE: "https://llm.test", EXTERNAL_MODEL: gemma })
      expect(yield* plan()).toEqual({ _tag: "Asked", neurons: 0 })
      expect(ai.calls).toEqual([])
    })
  )
})

describe("PromptOptimizer without a backend that could be asked", () => {
  it.effect.each([
    [{ FLUX_BACKEND: "preview" }, "preview"],
    [{ FLUX_BACKEND: "binding" }, "not_configured"]
  ] as const)("says so with %j", ([env, reason]) =>
    Effect.gen(function* () {
      const layer = PromptOptimizer.layer.pipe(Layer.provide([httpClient(), configFrom(env)]))
      const { plan } = yield* Effect.provide(PromptOptimizer, layer)
      expect(yield* plan("a cat", 2048, "always")).toEqual({ _tag: "Failed", reason })
      expect(yield* plan("a cat", 2048, true)).toEqual({ _tag: "Original" })
    })
  )
})
