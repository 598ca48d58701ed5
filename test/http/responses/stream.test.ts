import * as Effect from "effect/Effect"
import { describe, expect, it } from "vitest"
import { ContentPolicyViolation, UpstreamError } from "../../../src/domain/Errors.ts"
import { FakeFluxModel } from "../../support/layers/testLayers.ts"
import { parseSse, ssePartsOf } from "../../support/openai/answers.ts"
import { imageTool, partsOf, respond, responseFrom, responseStreamFrom } from "../../support/openai/responses.ts"
import { testApp } from "../../support/testApp.ts"

const fox = { input: "A fox", stream: true }

const begun = [
  "response.created",
  "response.in_progress",
  "response.output_item.added",
  "response.content_part.added",
  "response.output_text.delta"
]
const ended = [
  "response.output_text.done",
  "response.content_part.done",
  "response.output_item.done",
  "response.completed"
]
const call = "response.image_generation_call"

const failing = (...indexes: ReadonlyArray<number>) =>
  FakeFluxModel.make({
    before: ({ index }) =>
      indexes.includes(index) ? Effect.fail(new UpstreamError({ message: `Picture ${index} failed.` })) : Effect.void
  }).layer

describe("a stream of /v1/responses", () => {
  it("has its events in order, without the picture where no tool asks for it", async () => {
    const { completed, events, text, types } = await responseStreamFrom(await respond(testApp(), fox))
    expect(types.filter((type) => !type.endsWith("text.delta"))).toEqual([...begun.slice(0, 4), ...ended])
    expect(types.slice(0, 5)).toEqual(begun)
    expect(completed?.text).toBe(text)
    expect(events[0].response).toMatchObject({ status: "in_progress", output: [], usage: null, id: completed?.id })
    expect(events[2].item).toMatchObject({
      type: "message",
      status: "in_progress",
      content: [],
      id: completed?.message?.id
    })
    const deltas = events.filter(({ type }) => type === "response.output_text.delta")
    for (const delta of deltas) {
      expect(delta).toMatchObject({ item_id: completed?.message?.id, output_index: 0, content_index: 0, logprobs: [] })
    }
    expect(deltas.filter(({ delta }) => delta.startsWith("![")).map(({ delta }) => delta)).toEqual([
      expect.stringMatching(/^!\[[^\]]+\]\(http\S+\)$/)
    ])
  })

  it("has the whole picture as an item as soon as it is drawn", async () => {
    const response = await respond(testApp(), { ...fox, ...imageTool({ partial_images: 2 }) })
    const { completed, events, types } = await responseStreamFrom(response)
    const pictures = events.filter(({ output_index }) => output_index === 1)
    const [image] = completed?.images ?? []
    expect(pictures.map(({ type }) => type)).toEqual([
      "response.output_item.added",
      `${call}.in_progress`,
      `${call}.generating`,
      `${call}.completed`,
      "response.output_item.done"
    ])
    expect(pictures[0].item).toEqual({
      id: image?.id,
      type: "image_generation_call",
      status: "in_progress",
      result: null
    })
    for (const { item_id } of pictures.slice(1, 4)) expect(item_id).toBe(image?.id)
    expect(pictures[4].item).toEqual(image)
    expect(types.indexOf(`${call}.generating`)).toBeLessThan(types.indexOf(`${call}.completed`))
    expect(completed?.output.map(({ type }) => type)).toEqual(["message", "image_generation_call"])
  })

  it.each([
    ["none fails", []],
    ["the first fails", [0]],
    ["one in the middle fails", [1]],
    ["the last fails", [2]]
  ])("gives each of several pictures its place in the answer (%s)", async (_, failed) => {
    const body = { ...fox, n: 3, ...imageTool() }
    const { completed, events } = await responseStreamFrom(await respond(testApp({ flux: failing(...failed) }), body))
    const done = events.filter(({ item, type }) => type.endsWith("item.done") && item.type === "image_generation_call")
    expect(done).toHaveLength(3 - failed.length)
    for (const { item, output_index } of done) expect(completed?.output[output_index]).toEqual(item)
    expect(new Set(done.map(({ item }) => item.id)).size).toBe(done.length)
    const started = events.filter(({ type }) => type === `${call}.generating`).map(({ item_id }) => item_id)
    expect(started).toHaveLength(3)
    expect(started).toEqual(expect.arrayContaining(done.map(({ item }) => item.id)))
  })

  it("opens and tells its ids before anything is drawn", async () => {
    const gate = Promise.withResolvers<void>()
    const flux = FakeFluxModel.make({ before: () => Effect.promise(() => gate.promise) })
    const response = await respond(testApp({ flux: flux.layer }), { ...fox, ...imageTool() })
    const told: Array<{ readonly type: string; readonly response?: unknown }> = []
    for await (const part of ssePartsOf(response)) {
      if (!("data" in part)) continue
      told.push(JSON.parse(part.data))
      if (told.at(-1)?.type === `${call}.generating`) gate.resolve()
    }
    const last = partsOf(told.at(-1)?.response)
    expect(told[0]?.response).toMatchObject({ id: last.id })
    expect(last.images).toHaveLength(1)
  })

  it("says that it is alive while a model draws", async () => {
    const gate = Promise.withResolvers<void>()
    const flux = FakeFluxModel.make({ before: () => Effect.promise(() => gate.promise) })
    const app = testApp({ flux: flux.layer, testClock: true })
    const text = (await respond(app, fox)).text()
    await app.adjust("5 seconds")
    await app.adjust("5 seconds")
    gate.resolve()
    const comments = parseSse(await text).filter((part) => "comment" in part)
    expect(comments.length).toBeGreaterThanOrEqual(1)
  })

  it("tells a failure as text and then as an error in every form", async () => {
    const { layer } = FakeFluxModel.make({
      before: () => Effect.fail(new ContentPolicyViolation({ subject: "output" }))
    })
    const response = await respond(testApp({ flux: layer }), { ...fox, ...imageTool() }, { "accept-language": "de" })
    const { error, events, text } = await responseStreamFrom(response)
    expect(error).toMatchObject({ code: "content_policy_violation", type: "invalid_request_error" })
    expect(text).toMatch(/⚠️ Das Bild/)
    const { code, message, param, type } = events.at(-1)
    expect({ code, message, param, type }).toEqual({
      type: "error",
      code: error?.code,
      message: error?.message,
      param: error?.param
    })
    expect(events.at(-2).type).toBe("response.output_text.delta")
  })

  it("fails before it opens where that is known", async () => {
    const refused = await respond(testApp(), { ...fox, n: 0 })
    expect(refused.status).toBe(400)
    await responseFrom(await respond(testApp(), { input: "A fox" }))
  })
})
