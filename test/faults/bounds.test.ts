import { beforeAll, describe, expect, it } from "vitest"
import type { ImageFile } from "../../src/domain/ImageFile.ts"
import { errorFrom, imagesFrom } from "../support/openai/answers.ts"
import { chat, says } from "../support/openai/chat.ts"
import { edit, editForm, generate } from "../support/openai/requests.ts"
import { imageOf } from "../support/pictures.ts"
import { faultyService, passTime, untilAnswered } from "./service.ts"

let input: ImageFile
beforeAll(async () => {
  input = await imageOf({ width: 64, height: 64 }, { text: "input" })
})

const mebibyte = new Uint8Array(1024 * 1024).fill(0x20)

/** White space without an end, and how much of it was taken. */
const endlessBody = () => {
  let taken = 0
  const body = new ReadableStream<Uint8Array>(
    {
      pull: (controller) => {
        taken += mebibyte.length
        controller.enqueue(mebibyte)
      }
    },
    { highWaterMark: 0 }
  )
  return { body, taken: () => taken }
}

const endpoints = ["/v1/chat/completions", "/v1/images/generations", "/v1/images/edits"]
const headers = { authorization: "Bearer sk-test", "content-type": "application/json" }

describe("the size of a body", () => {
  it.each(endpoints)("is bounded while it comes: %s", async (path) => {
    const { ai, app } = faultyService("rest")
    const { body, taken } = endlessBody()
    const init: RequestInit & { duplex: "half" } = { method: "POST", headers, body, duplex: "half" }
    expect(await errorFrom(await app.fetch(path, init))).toMatchObject({ status: 413, code: "payload_too_large" })
    expect(taken()).toBeLessThanOrEqual(22 * mebibyte.length)
    expect(ai.calls).toHaveLength(0)
  })

  it.each(endpoints)("is bounded before it comes, where it is told: %s", async (path) => {
    const { app } = faultyService("rest")
    const { body, taken } = endlessBody()
    const told = { ...headers, "content-length": String(21 * 1024 * 1024) }
    const init: RequestInit & { duplex: "half" } = { method: "POST", headers: told, body, duplex: "half" }
    expect(await errorFrom(await app.fetch(path, init))).toMatchObject({ status: 413 })
    expect(taken()).toBe(0)
  })

  it.each(endpoints)("is not read of those without a key: %s", async (path) => {
    const { app } = faultyService("rest")
    const { body, taken } = endlessBody()
    const init: RequestInit & { duplex: "half" } = { method: "POST", body, duplex: "half" }
    expect(await errorFrom(await app.fetch(path, init))).toMatchObject({ status: 401 })
    expect(taken()).toBe(0)
  })
})

describe("what is asked for", () => {
  const long = "a".repeat(2049)

  it.each([
    ["a long prompt in chat", (app: Service) => chat(app, says(long))],
    ["a long prompt in a stream", (app: Service) => chat(app, says(long, { stream: true }))],
    ["a long prompt of an image", (app: Service) => generate(app, { prompt: long })],
    ["a long prompt of an edit", (app: Service) => edit(app, editForm([input], { prompt: long }))],
    ["eleven pictures", (app: Service) => generate(app, { n: 11 })],
    ["eleven pictures in chat", (app: Service) => chat(app, says("A fox", { n: 11 }))],
    ["a thousand steps", (app: Service) => generate(app, { steps: 1000 })],
    ["five pictures to start from", (app: Service) => edit(app, editForm([input, input, input, input, input]))],
    ["a hundred thousand pixels", (app: Service) => generate(app, { size: "100000x100000" })]
  ])("is bounded, and nothing is asked of the model: %s", async (_name, ask) => {
    const { ai, app } = faultyService("rest")
    expect(await errorFrom(await ask(app))).toMatchObject({ status: 400 })
    expect(ai.calls).toHaveLength(0)
  })
})

type Service = Parameters<typeof generate>[0]

describe("drawings at a time", () => {
  it.each(["rest", "binding"] as const)("are four at most, over %s", async (face) => {
    const { ai, app } = faultyService(face)
    const gates = Array.from({ length: 10 }, () => ai.gate(1))
    const asked = generate(app, { n: 10, model: "klein", size: "256x256" })
    for (let released = 0; released < 10; released += 1) {
      await gates[Math.min(released + 3, 9)]?.arrived
      expect(ai.calls).toHaveLength(Math.min(released + 4, 10))
      gates[released]?.release()
    }
    const { data } = await imagesFrom(await asked)
    expect(data).toHaveLength(10)
  })

  it("each have the whole of the time, and no more", async () => {
    const { ai, app } = faultyService("rest")
    ai.failAlways("noAnswer")
    const { millis, outcome } = await untilAnswered(app, generate(app, { n: 5 }), 1000)
    expect(await errorFrom(outcome)).toMatchObject({ status: 504, code: "upstream_timeout" })
    expect(millis).toBe(240_000)
    expect(ai.calls).toHaveLength(5)
  })

  it("of which some fail give the others", async () => {
    const { ai, app } = faultyService("rest")
    for (const fault of ["internalError", "truncatedBase64", "resetAfterHeaders"] as const) ai.failNext(fault)
    const response = await generate(app, { n: 5 })
    const images = await imagesFrom(response)
    expect(images.data).toHaveLength(2)
    expect(images.errors).toHaveLength(3)
    expect(ai.calls).toHaveLength(5)
  })

  it("pause no longer than a second and a half before the second call", async () => {
    const { ai, app } = faultyService("rest")
    ai.failAlways("capacity")
    const asked = generate(app)
    const pause = await passTime(app, () => ai.calls.length >= 2, 10)
    expect(pause).toBeGreaterThanOrEqual(500)
    // The first call itself takes a few of these steps.
    expect(pause).toBeLessThanOrEqual(3000)
    expect(await errorFrom(await asked)).toMatchObject({ status: 429 })
  })
})
