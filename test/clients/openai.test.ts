import OpenAI, { APIError, APIUserAbortError, toFile } from "openai"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { ImageFile } from "../../src/domain/ImageFile.ts"
import { linksIn } from "../support/links.ts"
import { imageOf } from "../support/pictures.ts"
import { API_KEY, type RunningService, startService } from "../support/service.ts"
import type { OpenAiCheck } from "./clients.ts"

let service: RunningService
let client: OpenAI
beforeAll(async () => {
  service = await startService({ ai: "rest" })
  client = new OpenAI({ baseURL: `${service.url}/v1`, apiKey: API_KEY })
}, 60_000)
afterEach(() => service.reset())
afterAll(() => service?.close())

const schnell = "@cf/black-forest-labs/flux-1-schnell"
const klein = "@cf/black-forest-labs/flux-2-klein-4b"
const size = "320x256"
const says = (content: string) => [{ role: "user" as const, content }]

/** What a promise fails with. */
const failureOf = (promise: PromiseLike<unknown>): Promise<unknown> =>
  Promise.resolve(promise).then(
    () => expect.unreachable("it did not fail"),
    (error: unknown) => error
  )

const isImage = (base64: string | undefined) => expect(ImageFile.fromBase64(base64 ?? "")).toBeDefined()
const pngFile = async (text: string) => {
  const { bytes } = await imageOf({ width: 64, height: 64 }, { mediaType: "image/png", text })
  return toFile(bytes, `${text}.png`, { type: "image/png" })
}
const inputsOf = (fields: Readonly<Record<string, unknown>> = {}) =>
  Object.keys(fields).filter((name) => name.startsWith("input_image"))

const checks: Record<OpenAiCheck, () => Promise<void>> = {
  models: async () => {
    const { data } = await client.models.list()
    expect(data[0]).toMatchObject({ id: schnell, object: "model", created: expect.any(Number) })
    expect(await client.models.retrieve("klein")).toMatchObject({ id: klein })
    expect(await client.models.retrieve(schnell)).toEqual(data[0])
  },

  chat: async () => {
    const completion = await client.chat.completions.create({ model: "flux-1-schnell", messages: says("A red fox") })
    const [choice] = completion.choices
    expect(choice).toMatchObject({ index: 0, finish_reason: "stop", message: { role: "assistant", refusal: null } })
    const [link = ""] = linksIn(choice?.message.content ?? "")
    expect((await fetch(link)).headers.get("content-type")).toBe("image/jpeg")
    expect(completion).toMatchObject({ object: "chat.completion", model: schnell })
    expect(completion.usage?.total_tokens).toBeGreaterThan(0)
  },

  "chat stream": async () => {
    const gate = service.workersAi.gate()
    const stream = await client.chat.completions.create({
      model: "flux-1-schnell",
      messages: says("A red fox"),
      stream: true,
      stream_options: { include_usage: true }
    })
    const chunks: Array<OpenAI.ChatCompletionChunk> = []
    let heldBack = 0
    for await (const chunk of stream) {
      chunks.push(chunk)
      if (!chunk.choices[0]?.delta.content?.startsWith("💬")) continue
      await gate.arrived
      heldBack = chunks.length
      gate.release()
    }
    // The role, the prompt and its model, all before the picture.
    expect(heldBack).toBe(3)
    expect(chunks[0]?.choices[0]?.delta).toEqual({ role: "assistant", content: "" })
    const content = chunks.map(({ choices }) => choices[0]?.delta.content ?? "").join("")
    expect(linksIn(content)).toHaveLength(1)
    expect(chunks.at(-2)?.choices).toMatchObject([{ delta: {}, finish_reason: "stop" }])
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { total_tokens: expect.any(Number) } })
    const final = client.chat.completions.stream({ messages: says("A red fox"), model: "flux-1-schnell" })
    expect(linksIn((await final.finalMessage()).content ?? "")).toHaveLength(1)
  },

  images: async () => {
    const { data, usage } = await client.images.generate({ model: "klein", prompt: "A red fox", size, n: 2 })
    expect(data).toHaveLength(2)
    for (const { b64_json, url } of data ?? []) {
      isImage(b64_json)
      const stored = await (await fetch(url ?? "")).arrayBuffer()
      expect(Buffer.from(stored).toString("base64")).toBe(b64_json)
    }
    expect(usage?.total_tokens).toBeGreaterThan(0)
    const plain = await client.images.generate({ prompt: "A red fox", response_format: "url" })
    expect(Object.keys(plain.data?.[0] ?? {})).toEqual(["url"])
  },

  "image stream": async () => {
    const stream = await client.images.generate({ prompt: "A red fox", size, n: 2, stream: true, partial_images: 1 })
    const events: Array<OpenAI.ImageGenStreamEvent> = []
    for await (const event of stream) events.push(event)
    expect(events.map(({ type }) => type)).toEqual(["image_generation.completed", "image_generation.completed"])
    for (const event of events) isImage(event.b64_json)
    expect(events[0]).toMatchObject({ size, usage: { total_tokens: expect.any(Number) } })
  },

  "edit of one file": async () => {
    const { data } = await client.images.edit({ image: await pngFile("one"), prompt: "Make it winter", size, n: 1 })
    isImage(data?.[0]?.b64_json)
    expect(inputsOf(service.workersAi.calls[0]?.fields)).toEqual(["input_image_0"])
    const stream = await client.images.edit({ image: await pngFile("two"), prompt: "Make it winter", stream: true })
    for await (const event of stream) expect(event.type).toBe("image_edit.completed")
    expect(service.workersAi.calls).toHaveLength(2)
  },

  "edit of several files": async () => {
    const image = await Promise.all(["one", "two", "three"].map(pngFile))
    const { data } = await client.images.edit({ image, prompt: "Put them together", size, response_format: "b64_json" })
    isImage(data?.[0]?.b64_json)
    expect(inputsOf(service.workersAi.calls[0]?.fields)).toEqual(["input_image_0", "input_image_1", "input_image_2"])
  },

  errors: async () => {
    const stranger = client.withOptions({ apiKey: "sk-wrong" })
    const refused = await failureOf(stranger.models.list())
    expect(refused).toBeInstanceOf(OpenAI.AuthenticationError)
    expect(refused).toMatchObject({ code: "invalid_api_key", requestID: expect.stringMatching(/^req_/) })
    const unknown = await failureOf(client.chat.completions.create({ model: "gpt-4o-mini", messages: says("A fox") }))
    expect(unknown).toBeInstanceOf(OpenAI.NotFoundError)
    expect(unknown).toMatchObject({ code: "model_not_found", param: "model" })
    const wrong = await failureOf(client.images.generate({ prompt: "A fox", n: 11 }))
    expect(wrong).toBeInstanceOf(OpenAI.BadRequestError)
    expect(wrong).toMatchObject({ param: "n" })
    expect(service.workersAi.calls).toEqual([])

    service.workersAi.failNext("flaggedOutput")
    const stream = await client.chat.completions.create({ model: "flux", messages: says("A red fox"), stream: true })
    let content = ""
    const thrown = await failureOf(
      (async () => {
        for await (const chunk of stream) content += chunk.choices[0]?.delta.content ?? ""
      })()
    )
    expect(thrown).toBeInstanceOf(APIError)
    expect(thrown).toMatchObject({ code: "content_policy_violation" })
    expect(content).toMatch(/⚠️ .*content filter/)
    service.workersAi.failNext("flaggedOutput")
    const images = await client.images.generate({ prompt: "A red fox", stream: true })
    expect(
      await failureOf(
        (async () => {
          for await (const event of images) expect.unreachable(event.type)
        })()
      )
    ).toMatchObject({ code: "content_policy_violation" })
  },

  abort: async () => {
    const gate = service.workersAi.gate()
    const controller = new AbortController()
    const stream = await client.chat.completions.create(
      { model: "flux", messages: says("A red fox to be given up"), stream: true },
      { signal: controller.signal }
    )
    for await (const chunk of stream) {
      if (!chunk.choices[0]?.delta.content?.startsWith("💬")) continue
      await gate.arrived
      controller.abort()
    }
    const other = new AbortController()
    const whole = client.images.generate({ prompt: "Another to be given up", n: 1 }, { signal: other.signal })
    const failure = failureOf(whole)
    await expect.poll(() => service.workersAi.calls.length).toBe(2)
    other.abort()
    expect(await failure).toBeInstanceOf(APIUserAbortError)
    gate.release()
    await client.chat.completions.create({ model: "flux", messages: says("One to wait for") })
    expect(service.workersAi.calls).toHaveLength(3)
  }
}

describe("the package openai", { timeout: 20_000 }, () => {
  it.each(Object.entries(checks))("%s", async (_, check) => {
    await check()
  })

  it("reads over the heartbeat of a picture that takes long", async () => {
    const gate = service.workersAi.gate()
    const stream = await client.chat.completions.create({ model: "flux", messages: says("A fox"), stream: true })
    const deltas: Array<object> = []
    let content = ""
    for await (const { choices } of stream) {
      const delta = choices[0]?.delta ?? {}
      deltas.push(delta)
      content += choices[0]?.delta.content ?? ""
      if (Object.keys(delta).length === 0) gate.release()
    }
    expect(linksIn(content)).toHaveLength(1)
    expect(deltas.filter((delta) => Object.keys(delta).length === 0)).toHaveLength(2)
  })

  it.each(["", "/", "/v1", "/v1/", "//v1//", "/v1/v1", "/v1/chat/completions"])(
    "works where its baseURL has %j at the end",
    async (end) => {
      const pasted = new OpenAI({ baseURL: `${service.url}${end}`, apiKey: API_KEY, maxRetries: 0 })
      expect((await pasted.models.list()).data[0]?.id).toBe(schnell)
      expect((await pasted.models.retrieve("klein")).id).toBe(klein)
      const title = await pasted.chat.completions.create({
        model: "flux",
        messages: says("A fox"),
        response_format: { type: "json_object" }
      })
      expect(title.choices[0]?.finish_reason).toBe("stop")
      expect(await failureOf(pasted.images.generate({ prompt: "" }))).toMatchObject({ status: 400, param: "prompt" })
    }
  )
})
