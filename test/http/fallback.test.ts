import { describe, expect, it } from "vitest"
import { FluxModel } from "../../src/services/FluxModel.ts"
import { errorFrom, eventsFrom, imagesFrom } from "../support/openai/answers.ts"
import { chat, completionFrom, says, streamFrom } from "../support/openai/chat.ts"
import { edit, editForm, generate } from "../support/openai/requests.ts"
import { imageOf } from "../support/pictures.ts"
import { testApp } from "../support/testApp.ts"
import { makeFakeWorkersAi } from "../support/workers-ai/FakeWorkersAi.ts"
import type { Fault } from "../support/workers-ai/faults.ts"

const schnell = "@cf/black-forest-labs/flux-1-schnell"
const klein = "@cf/black-forest-labs/flux-2-klein-4b"
const phoenix = "@cf/leonardo/phoenix-1.0"
const lightning = "@cf/bytedance/stable-diffusion-xl-lightning"

const retired: Fault = {
  _tag: "Reply",
  status: 410,
  body: { success: false, errors: [{ code: 5028, message: "This model was deprecated on 2026-05-30." }] }
}

const setUp = (FALLBACK_MODEL: string, env: Readonly<Record<string, string>> = {}) => {
  const ai = makeFakeWorkersAi()
  const app = testApp({ flux: FluxModel.layer, fetch: ai.fetch, env: { FALLBACK_MODEL, ...env } })
  return { ai, app, called: () => ai.calls.map(({ model }) => model) }
}

describe("FALLBACK_MODEL", () => {
  it.each<[string, Fault, number, RegExp]>([
    ["has no capacity, after one try more", "capacity", 2, /had no capacity/],
    ["is retired", retired, 1, /no longer offers/],
    ["is over its quota", "quota", 1, /used up/]
  ])("draws where the model %s, and the answer says so", async (_, fault, times, told) => {
    const { ai, app, called } = setUp("sdxl-lightning")
    ai.failNext(fault, times)
    const answer = await imagesFrom(await generate(app))
    expect(called()).toEqual([...Array(times).fill(schnell), lightning])
    expect(answer.model).toBe(lightning)
    expect(answer.warnings).toEqual([expect.stringMatching(told)])
    expect(answer.warnings?.[0]).toContain(schnell)
    expect(answer.warnings?.[0]).toContain(lightning)
    expect(answer.usage.neurons).toBe(0)
  })

  it.each<[string, ReadonlyArray<Fault>]>([
    ["a refusal of the prompt", ["nsfwPrompt", "nsfwPrompt"]],
    ["a refusal of the prompt, and no capacity then", ["nsfwPrompt", "capacity"]],
    ["a refusal of the prompt, and the end of the neurons then", ["nsfwPrompt", "quota"]],
    ["a refusal of the picture", ["flaggedOutput"]],
    ["a timeout", ["timeout"]],
    ["a connection that broke off", ["resetAfterHeaders"]],
    ["a connection that was never there", ["resetBeforeHeaders"]],
    ["a broken answer", ["truncatedJson"]],
    ["no picture", ["notAnImage"]],
    ["a failure of the model", ["modelFailure"]],
    ["a failure of the service", ["internalError"]],
    ["a token that is refused", ["authentication"]],
    ["a plan that is needed", ["planRequired"]]
  ])("never draws after %s", async (_, faults) => {
    const { ai, app, called } = setUp("klein")
    for (const fault of faults) ai.failNext(fault)
    const response = await generate(app)
    expect(response.status).toBeGreaterThanOrEqual(400)
    expect(called()).not.toContain(klein)
  })

  it("never draws after what was told to have cost something", async () => {
    const { ai, app, called } = setUp("klein")
    const body = { success: false, errors: [{ code: 5028, message: "deprecated" }], usage: { neurons: 172.8 } }
    ai.failNext({ _tag: "Reply", status: 410, body })
    expect((await errorFrom(await generate(app))).status).toBe(500)
    expect(called()).toEqual([schnell])
  })

  it("is a chain, of which what can't draw the request is passed over", async () => {
    const { ai, app, called } = setUp("schnell, lucid ,klein")
    ai.failNext(retired, 2)
    const fields = { model: "phoenix", size: "768x512", seed: 7, response_format: "b64_json" }
    const answer = await imagesFrom(await generate(app, fields))
    expect(called()).toEqual([phoenix, "@cf/leonardo/lucid-origin", klein])
    expect([answer.model, answer.size, answer.data[0]?.seed]).toEqual([klein, "768x512", 7])
  })

  it("gets the pictures to start from, and only models that take them do", async () => {
    const { ai, app, called } = setUp("schnell,klein-9b")
    ai.failNext(retired)
    const picture = await imageOf({ width: 320, height: 320 })
    const answer = await imagesFrom(await edit(app, editForm([picture])))
    expect(called()).toEqual([klein, "@cf/black-forest-labs/flux-2-klein-9b"])
    expect(ai.calls[1]?.fields.input_image_0).toMatchObject({ bytes: picture.bytes })
    expect(answer.model).toBe("@cf/black-forest-labs/flux-2-klein-9b")
  })

  it("tells what of the wishes the other model can't meet", async () => {
    const { ai, app } = setUp("klein")
    ai.failNext(retired)
    const { warnings } = await imagesFrom(await generate(app, { model: "phoenix", negative_prompt: "dogs", steps: 9 }))
    expect(warnings).toEqual([
      expect.stringContaining("no longer offers"),
      expect.stringContaining("9 steps"),
      expect.stringContaining("negative_prompt")
    ])
  })

  it("fails as the first model did where no other can be had either", async () => {
    const { ai, app, called } = setUp("klein,phoenix")
    ai.failNext(retired)
    ai.failNext("quota")
    ai.failNext(retired)
    const failure = await errorFrom(await generate(app))
    expect(failure).toMatchObject({ status: 500, code: "configuration_error", param: "FLUX_MODEL" })
    expect(called()).toEqual([schnell, klein])
  })

  it("fails as the other model did where that refused", async () => {
    const { ai, app } = setUp("klein")
    ai.failNext(retired)
    ai.failNext("flaggedOutput")
    expect((await errorFrom(await generate(app))).code).toBe("content_policy_violation")
  })

  it("draws each of several pictures by itself", async () => {
    const { ai, app } = setUp("klein")
    ai.failNext(retired)
    const { data, warnings } = await imagesFrom(await generate(app, { n: 3 }))
    expect(data).toHaveLength(3)
    expect(warnings).toHaveLength(1)
    expect(ai.calls).toHaveLength(4)
  })

  it("is forbidden for one request by a header or an exclamation mark", async () => {
    const { ai, app, called } = setUp("klein")
    ai.failAlways(retired)
    const headers = { authorization: "Bearer sk-test", "x-flux-fallback": "Off" }
    const body = JSON.stringify({ prompt: "A cat" })
    const refused = [
      await app.fetch("/v1/images/generations", { method: "POST", headers, body }),
      await generate(app, { prompt: "A cat --model phoenix!" }),
      await generate(app, { prompt: "A cat --model phoenix! --seed 7" }),
      await generate(app, { model: "phoenix!" }),
      await chat(app, says("A cat --model phoenix!"))
    ]
    expect(refused.every(({ status }) => status >= 400)).toBe(true)
    expect(called()).toEqual([schnell, phoenix, phoenix, phoenix, phoenix])
  })

  it("may be followed by an exclamation mark where nothing falls back", async () => {
    const { app } = setUp("off")
    expect((await imagesFrom(await generate(app, { prompt: "A cat --model phoenix!" }))).model).toBe(phoenix)
  })

  it("is told in a stream of pictures", async () => {
    const { ai, app } = setUp("klein")
    ai.failNext(retired)
    const [event] = await eventsFrom(await generate(app, { stream: true }))
    expect(JSON.parse(event?.data ?? "")).toMatchObject({
      model: klein,
      warnings: [expect.stringContaining("no longer offers")]
    })
  })

  it("is told in a chat", async () => {
    const { ai, app } = setUp("klein")
    ai.failNext(retired)
    const whole = await completionFrom(await chat(app, says("A cat")))
    expect(whole.content).toContain(`⚠️ Workers AI no longer offers ${schnell}, so ${klein} drew this picture.`)
    ai.failNext(retired)
    const { chunks } = await streamFrom(await chat(app, says("A cat", { stream: true })))
    expect([chunks[0]?.model, chunks.at(-1)?.model]).toEqual([schnell, klein])
  })

  it("is told by a response", async () => {
    const { ai, app } = setUp("klein")
    ai.failNext(retired)
    const headers = { authorization: "Bearer sk-test" }
    const response = await app.fetch("/v1/responses", { method: "POST", headers, body: '{"input":"A cat"}' })
    expect(await response.json()).toMatchObject({ model: klein })
  })

  it.each(["nothing", "klein,nothing", "klein;phoenix"])("that is wrong is named by /health: %s", async (value) => {
    const { app } = setUp(value)
    const health = await app.fetch("/health")
    expect(await health.json()).toMatchObject({ missing: ["FALLBACK_MODEL"] })
    expect(await errorFrom(await generate(app))).toMatchObject({ status: 500, param: "FALLBACK_MODEL" })
  })
})
