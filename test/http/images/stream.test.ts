import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { describe, expect, it } from "vitest"
import { ContentPolicyViolation, UpstreamError } from "../../../src/domain/Errors.ts"
import { ImageFile } from "../../../src/domain/ImageFile.ts"
import { FakeFluxModel, FakeImageStore, FakePromptOptimizer, testTime } from "../../support/layers/testLayers.ts"
import { errorFrom, eventsFrom, imagesFrom, parseSse, ssePartsOf } from "../../support/openai/answers.ts"
import { ErrorBody } from "../../support/openai/ErrorBody.ts"
import { ImageGenCompletedEvent } from "../../support/openai/ImageStreamEvent.ts"
import { generate } from "../../support/openai/requests.ts"
import { testApp } from "../../support/testApp.ts"

const completedIn = Schema.decodeUnknownSync(Schema.fromJsonString(ImageGenCompletedEvent))
const errorIn = Schema.decodeUnknownSync(Schema.fromJsonString(ErrorBody))
const fields = { stream: true, model: "klein", size: "256x320" }

/** A model whose pictures with these indexes wait until they are let go. */
const heldFlux = (...indexes: ReadonlyArray<number>) => {
  const held = new Map(indexes.map((index) => [index, Promise.withResolvers<void>()]))
  const { layer } = FakeFluxModel.make({
    before: ({ index }) => Effect.promise(() => held.get(index)?.promise ?? Promise.resolve())
  })
  return { layer, release: (index: number) => held.get(index)?.resolve() }
}

describe("stream", () => {
  it("tells a picture in the event that the SDKs know, with nothing before or after it", async () => {
    const store = FakeImageStore.make()
    const response = await generate(testApp({ store: store.layer, testClock: true }), fields)
    expect(response.headers.get("cache-control")).toBe("no-store, no-transform")
    expect(response.headers.get("x-accel-buffering")).toBe("no")
    const parts = parseSse(await response.text())
    const [name, file] = [...store.images][0] ?? []
    expect(parts).toEqual([{ event: "image_generation.completed", data: expect.any(String) }])
    const part = parts[0]
    const data: unknown = part && "data" in part ? JSON.parse(part.data) : undefined
    expect(data).toEqual({
      type: "image_generation.completed",
      b64_json: file?.base64,
      url: `http://flux.test/image/${name}`,
      created_at: testTime / 1000,
      size: "256x320",
      quality: "medium",
      background: "opaque",
      output_format: "jpeg",
      usage: {
        input_tokens: 3,
        output_tokens: 80,
        total_tokens: 83,
        input_tokens_details: { text_tokens: 3, image_tokens: 0 },
        neurons: 8.14,
        cost_usd: 0.00009
      },
      model: "@cf/black-forest-labs/flux-2-klein-4b",
      seed: 1
    })
    expect(Schema.is(ImageGenCompletedEvent)(data)).toBe(true)
  })

  it("has the same pictures as the answer in JSON", async () => {
    const request = { ...fields, n: 3, seed: 5, quality: "hd" }
    const events = await eventsFrom(await generate(testApp({ testClock: true }), request))
    const json = await imagesFrom(await generate(testApp({ testClock: true }), { ...request, stream: false }))
    const told = events.map(({ data }) => completedIn(data))
    expect(told.map(({ b64_json }) => b64_json)).toEqual(json.data.map(({ b64_json }) => b64_json))
    for (const { output_format, quality, size } of told) {
      expect({ output_format, quality, size }).toEqual({
        output_format: json.output_format,
        quality: json.quality,
        size: json.size
      })
    }
    expect(told.reduce((sum, { usage }) => sum + usage.output_tokens, 0)).toBe(json.usage.output_tokens)
  })

  it("tells the prompt that was drawn where it was improved, and not else", async () => {
    const app = testApp({ optimizer: FakePromptOptimizer.layer })
    const [improved] = await eventsFrom(await generate(app, fields))
    const [original] = await eventsFrom(await generate(app, { ...fields, prompt: "A cute cat --raw" }))
    expect(JSON.parse(improved?.data ?? "")).toHaveProperty("revised_prompt", "Optimized: A cute cat")
    expect(JSON.parse(original?.data ?? "")).not.toHaveProperty("revised_prompt")
  })

  it("sends each picture while the next is still being drawn", async () => {
    const { layer, release } = heldFlux(1)
    const parts = ssePartsOf(await generate(testApp({ flux: layer }), { ...fields, n: 2 }))
    expect((await parts.next()).value).toMatchObject({ event: "image_generation.completed" })
    release(1)
    expect((await parts.next()).value).toMatchObject({ event: "image_generation.completed" })
    expect((await parts.next()).done).toBe(true)
  })

  it("opens before anything is drawn, and says every five seconds that it is alive", async () => {
    const { layer, release } = heldFlux(0)
    const app = testApp({ flux: layer, testClock: true })
    const parts = ssePartsOf(await generate(app, fields))
    for (let beat = 1; beat <= 3; beat++) {
      const part = parts.next()
      await app.adjust("5 seconds")
      expect((await part).value).toEqual({ comment: "keep-alive" })
    }
    const part = parts.next()
    await app.adjust("4999 millis")
    release(0)
    expect((await part).value).toMatchObject({ event: "image_generation.completed" })
    expect((await parts.next()).done).toBe(true)
  })

  it.each([0, 1, 3])(
    "sends no partial picture where partial_images is %i, for there is none",
    async (partial_images) => {
      const events = await eventsFrom(await generate(testApp(), { ...fields, n: 2, partial_images }))
      expect(events.map(({ event }) => event)).toEqual(["image_generation.completed", "image_generation.completed"])
    }
  )

  it("tells what failed as an error at the end, after all pictures that did not", async () => {
    const flagged = new ContentPolicyViolation({ subject: "output" })
    const { layer } = FakeFluxModel.make({ before: ({ index }) => (index === 1 ? Effect.fail(flagged) : Effect.void) })
    const events = await eventsFrom(await generate(testApp({ flux: layer }), { ...fields, n: 3 }))
    expect(events.map(({ event }) => event)).toEqual([
      "image_generation.completed",
      "image_generation.completed",
      "message"
    ])
    expect(errorIn(events[2]?.data)).toEqual({
      error: {
        message: flagged.message,
        type: "invalid_request_error",
        param: null,
        code: "content_policy_violation"
      }
    })
  })

  it("tells one error where no picture could be drawn", async () => {
    const broken = new UpstreamError({ message: "Workers AI broke." })
    const events = await eventsFrom(
      await generate(testApp({ flux: FakeFluxModel.failing(broken) }), { ...fields, n: 3 })
    )
    expect(events.map(({ event, data }) => [event, errorIn(data).error.code])).toEqual([["message", "upstream_error"]])
  })

  it.each([
    ["size", { size: "1x1" }],
    ["prompt", { prompt: " --seed 1" }],
    ["partial_images", { partial_images: 4 }],
    ["stream", { stream: "yes" }]
  ])("is not opened for a wrong %s: that is an answer in JSON", async (param, body) => {
    const error = await errorFrom(await generate(testApp(), { ...fields, ...body }))
    expect(error).toMatchObject({ status: 400, param })
  })

  it.each(["url", "b64_json"])("holds the bytes also where response_format is %s", async (response_format) => {
    const events = await eventsFrom(await generate(testApp(), { ...fields, response_format }))
    const image = completedIn(events[0]?.data)
    expect(ImageFile.fromBase64(image.b64_json)?.size).toEqual({ width: 256, height: 320 })
  })

  it("loses no picture where KV refuses", async () => {
    const events = await eventsFrom(await generate(testApp({ store: FakeImageStore.failing("put") }), fields))
    expect(events).toHaveLength(1)
    expect(ImageFile.fromBase64(completedIn(events[0]?.data).b64_json)).toBeDefined()
    expect(events[0]?.data).not.toContain('"url"')
  })

  it.each([1, 3, 9, 10])("tells the cost of %i pictures before they are drawn", async (n) => {
    const response = await generate(testApp(), { stream: true, model: "klein", size: "1024x1024", n })
    expect(response.headers.get("x-flux-neurons")).toBe(String((1042 * n) / 10))
    const events = await eventsFrom(response)
    expect(events).toHaveLength(n)
  })

  it("stops the model where the reader goes away", async () => {
    const interrupted = Promise.withResolvers<void>()
    const { layer } = FakeFluxModel.make({
      before: () => Effect.onInterrupt(Effect.never, () => Effect.sync(interrupted.resolve))
    })
    const app = testApp({ flux: layer, testClock: true })
    const reader = (await generate(app, fields)).body?.getReader()
    const chunk = reader?.read()
    await app.adjust("5 seconds")
    await chunk
    await reader?.cancel()
    await interrupted.promise
  })
})
