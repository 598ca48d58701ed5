import * as Effect from "effect/Effect"
import { describe, expect, it } from "vitest"
import { ContentPolicyViolation, RateLimited, UpstreamError, UpstreamTimeout } from "../../../src/domain/Errors.ts"
import { FluxModel } from "../../../src/services/FluxModel.ts"
import { FakeFluxModel } from "../../support/layers/testLayers.ts"
import { errorFrom, imagesFrom } from "../../support/openai/answers.ts"
import { generate } from "../../support/openai/requests.ts"
import { testApp } from "../../support/testApp.ts"
import { makeFakeWorkersAi } from "../../support/workers-ai/FakeWorkersAi.ts"

const broken = new UpstreamError({ message: "Workers AI broke." })
const flagged = new ContentPolicyViolation({ subject: "output" })

/** Fails the drawings with these indexes. */
const failingAt = (failures: Readonly<Record<number, UpstreamError | ContentPolicyViolation | UpstreamTimeout>>) =>
  FakeFluxModel.make({ before: ({ index }) => (failures[index] ? Effect.fail(failures[index]) : Effect.void) })

describe("n", () => {
  it.each([1, 2, 10])("draws %i pictures with seeds of their own, and tells their cost together", async (n) => {
    const response = await generate(testApp(), { n, model: "klein", size: "256x256", seed: 7 })
    const { data, usage } = await imagesFrom(response)
    expect(data.map(({ seed }) => seed)).toEqual(Array.from({ length: n }, (_, index) => 7 + index))
    expect(new Set(data.map(({ b64_json }) => b64_json)).size).toBe(n)
    expect(new Set(data.map(({ url }) => url)).size).toBe(n)
    expect(usage.output_tokens).toBe(64 * n)
    expect(usage.neurons).toBeCloseTo(6.51 * n, 2)
    expect(response.headers.get("x-flux-neurons")).toBe(String(usage.neurons))
  })

  it("starts again at 0 after the largest seed", async () => {
    const { data } = await imagesFrom(await generate(testApp(), { n: 2, seed: 4294967295, size: "256x256" }))
    expect(data.map(({ seed }) => seed)).toEqual([4294967295, 0])
  })

  it("draws four at a time", async () => {
    const ai = makeFakeWorkersAi()
    const gates = Array.from({ length: 6 }, () => ai.gate(1))
    const answer = generate(testApp({ flux: FluxModel.layer, fetch: ai.fetch }), { n: 6 })
    await Promise.all(gates.slice(0, 4).map(({ arrived }) => arrived))
    expect(ai.calls).toHaveLength(4)
    // The place of one that is finished goes to the next.
    gates[0]?.release()
    await gates[4]?.arrived
    expect(ai.calls).toHaveLength(5)
    for (const gate of gates) gate.release()
    expect((await imagesFrom(await answer)).data).toHaveLength(6)
  })

  it("keeps the order, whichever picture is finished first", async () => {
    const ai = makeFakeWorkersAi()
    const gates = Array.from({ length: 3 }, () => ai.gate(1))
    const fields = { n: 3, seed: 1, size: "256x256" }
    const app = testApp({ flux: FluxModel.layer, fetch: ai.fetch })
    const answer = generate(app, fields)
    await Promise.all(gates.map(({ arrived }) => arrived))
    for (const gate of gates.toReversed()) gate.release()
    const shuffled = await imagesFrom(await answer)
    const orderly = await imagesFrom(await generate(app, fields))
    expect(shuffled.data.map(({ seed }) => seed)).toEqual([1, 2, 3])
    expect(shuffled.data.map(({ b64_json }) => b64_json)).toEqual(orderly.data.map(({ b64_json }) => b64_json))
  })

  it("gives the pictures that were made, and names those that failed", async () => {
    const { layer } = failingAt({ 0: flagged, 2: broken })
    const response = await generate(testApp({ flux: layer }), { n: 4, model: "klein", size: "256x256", seed: 10 })
    const { data, errors, usage } = await imagesFrom(response)
    expect(data.map(({ seed }) => seed)).toEqual([11, 13])
    expect(errors).toEqual([
      { index: 0, code: "content_policy_violation", message: flagged.message },
      { index: 2, code: "upstream_error", message: broken.message }
    ])
    expect(usage.neurons).toBe(13.02)
    expect(response.headers.get("x-flux-neurons")).toBe("13.02")
  })

  it.each([
    ["the first failure", { 0: broken, 1: flagged }, 502, "upstream_error"],
    [
      "the first failure, whatever came after",
      { 0: flagged, 1: new UpstreamTimeout({}) },
      400,
      "content_policy_violation"
    ]
  ])("answers with %s where no picture was made", async (_name, failures, status, code) => {
    const error = await errorFrom(await generate(testApp({ flux: failingAt(failures).layer }), { n: 2 }))
    expect(error).toMatchObject({ status, code })
  })

  it("asks for each picture again where that is sure to be free, and only then", async () => {
    const ai = makeFakeWorkersAi()
    ai.failNext("nsfwPrompt", 1)
    ai.failNext("timeout", 1)
    const app = testApp({ flux: FluxModel.layer, fetch: ai.fetch })
    const { data, errors } = await imagesFrom(await generate(app, { n: 3 }))
    expect([data.length, errors?.map(({ code }) => code)]).toEqual([2, ["upstream_timeout"]])
    expect(ai.calls).toHaveLength(4)
  })

  it.each([0, 11, -1, 1.5, "two", "11", true])("refuses %s", async (n) => {
    const flux = FakeFluxModel.make()
    const error = await errorFrom(await generate(testApp({ flux: flux.layer }), { n }))
    expect(error).toMatchObject({ status: 400, param: "n" })
    expect(flux.requests).toEqual([])
  })

  it("lets a rate limit that all pictures meet be tried again", async () => {
    const limited = new RateLimited({ message: "Busy.", retryAfterSeconds: 10 })
    const response = await generate(testApp({ flux: FakeFluxModel.failing(limited) }), { n: 2 })
    expect(response.headers.get("retry-after")).toBe("10")
    expect(await errorFrom(response)).toMatchObject({ status: 429, code: "rate_limit_exceeded", shouldRetry: null })
  })
})
