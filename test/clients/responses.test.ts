import { createOpenAI } from "@ai-sdk/openai"
import { APICallError, generateText, type ModelMessage, streamText } from "ai"
import OpenAI, { APIError } from "openai"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { ImageFile } from "../../src/domain/ImageFile.ts"
import { linksIn } from "../support/links.ts"
import { API_KEY, type RunningService, startService } from "../support/service.ts"

let service: RunningService
let client: OpenAI
let provider: ReturnType<typeof createOpenAI>
beforeAll(async () => {
  service = await startService({ ai: "rest" })
  const options = { baseURL: `${service.url}/v1`, apiKey: API_KEY }
  client = new OpenAI(options)
  provider = createOpenAI(options)
}, 60_000)
afterEach(() => service.reset())
afterAll(() => service?.close())

const model = "flux-1-schnell"
const klein = "@cf/black-forest-labs/flux-2-klein-4b"
const tools = [{ type: "image_generation" as const }]

const failureOf = (promise: PromiseLike<unknown>): Promise<unknown> =>
  Promise.resolve(promise).then(
    () => expect.unreachable("it did not fail"),
    (error: unknown) => error
  )

const isImage = (base64: string | null | undefined) => expect(ImageFile.fromBase64(base64 ?? "")).toBeDefined()
const editedLast = () => Object.keys(service.workersAi.calls.at(-1)?.fields ?? {}).includes("input_image_0")

describe("the openai SDK with responses", { timeout: 20_000 }, () => {
  it("gets the text", async () => {
    const response = await client.responses.create({ model, input: "A red fox" })
    expect(response).toMatchObject({ object: "response", status: "completed", error: null })
    expect(linksIn(response.output_text)).toHaveLength(1)
  })

  it("gets the picture", async () => {
    const { output } = await client.responses.create({ model, input: "A red fox", tools })
    isImage(output.find((item) => item.type === "image_generation_call")?.result)
  })

  it("streams", async () => {
    const stream = await client.responses.create({ model, input: "A red fox", tools, stream: true })
    let text = ""
    let image: string | null = null
    let numbers = 0
    for await (const event of stream) {
      expect(event.sequence_number).toBe(numbers++)
      if (event.type === "response.output_text.delta") text += event.delta
      if (event.type === "response.output_item.done" && event.item.type === "image_generation_call") {
        image = event.item.result
      }
    }
    expect(linksIn(text)).toHaveLength(1)
    isImage(image)
  })

  it("streams with its helper", async () => {
    const stream = client.responses.stream({ model, input: "A red fox", tools })
    const final = await stream.finalResponse()
    expect(linksIn(final.output_text)).toHaveLength(1)
    isImage(final.output.find((item) => item.type === "image_generation_call")?.result)
  })

  it("goes on by previous_response_id, and by its own output", async () => {
    const first = await client.responses.create({ model, input: "A red fox", tools })
    const second = await client.responses.create({ model, input: "make it winter", previous_response_id: first.id })
    expect(second).toMatchObject({ model: klein, previous_response_id: first.id })
    const input: OpenAI.Responses.ResponseInput = [
      { role: "user", content: "A red fox" },
      ...first.output.filter((item) => item.type === "message" || item.type === "image_generation_call"),
      { role: "user", content: "make it winter" }
    ]
    expect((await client.responses.create({ model, input, tools })).model).toBe(klein)
    expect(editedLast()).toBe(true)
  })

  it("throws what fails, before and within a stream", async () => {
    const unknown = await failureOf(client.responses.create({ model: "gpt-5.2", input: "A fox" }))
    expect(unknown).toMatchObject({ status: 404, code: "model_not_found", param: "model" })
    const wrong = await failureOf(
      client.responses.create({
        model,
        input: "A fox",
        tools: [{ type: "image_generation", output_format: "gif" as "png" }]
      })
    )
    expect(wrong).toMatchObject({ status: 400, param: "tools.0.output_format" })
    service.workersAi.failNext("flaggedOutput")
    const stream = await client.responses.create({ model, input: "A fox", stream: true })
    let text = ""
    const thrown = await failureOf(
      (async () => {
        for await (const event of stream) if (event.type === "response.output_text.delta") text += event.delta
      })()
    )
    expect(thrown).toBeInstanceOf(APIError)
    expect(thrown).toMatchObject({ code: "content_policy_violation" })
    expect(text).toMatch(/⚠️ .*content filter/)
  })

  it("is told what there is not", async () => {
    expect(await failureOf(client.responses.retrieve("resp_x"))).toMatchObject({ status: 404 })
    expect(await failureOf(client.responses.inputItems.list("resp_x"))).toMatchObject({
      status: 404,
      code: "unknown_url"
    })
    expect(await failureOf(client.responses.inputTokens.count({ input: "A fox" }))).toMatchObject({ status: 404 })
    expect(await failureOf(client.conversations.create())).toMatchObject({ status: 404 })
  })
})

describe("the AI SDK with openai(model)", { timeout: 20_000 }, () => {
  const imageTools = () => ({ image_generation: provider.tools.imageGeneration({ outputFormat: "png" }) })

  it("gets the text", async () => {
    const { finishReason, text, usage } = await generateText({ model: provider(model), prompt: "A red fox 16:9" })
    expect(finishReason).toBe("stop")
    expect(text).toContain("1024x576")
    expect(linksIn(text)).toHaveLength(1)
    expect(usage.totalTokens).toBeGreaterThan(0)
  })

  it("streams", async () => {
    const gate = service.workersAi.gate()
    const result = streamText({ model: provider(model), prompt: "A red fox" })
    let text = ""
    for await (const part of result.textStream) {
      text += part
      if (!part.startsWith("💬")) continue
      await gate.arrived
      expect(linksIn(text)).toEqual([])
      gate.release()
    }
    expect(linksIn(text)).toHaveLength(1)
    expect(await result.finishReason).toBe("stop")
  })

  it("gets the picture as the result of its tool, whole and streamed", async () => {
    const asked = { model: provider(model), prompt: "A red fox", tools: imageTools() }
    const whole = await generateText(asked)
    const streamed = streamText(asked)
    await streamed.consumeStream()
    for (const results of [whole.staticToolResults, await streamed.staticToolResults]) {
      isImage(results[0]?.output.result)
    }
  })

  it.each([true, false])("edits the picture before in the second turn (store: %s)", async (store) => {
    const providerOptions = { openai: { store } }
    for (const tools of [undefined, imageTools()]) {
      const asked = { model: provider(model), providerOptions, ...(tools && { tools }) }
      const first: ReadonlyArray<ModelMessage> = [{ role: "user", content: "A red fox" }]
      const { response } = await generateText({ ...asked, messages: [...first] })
      const turn: ReadonlyArray<ModelMessage> = [
        ...first,
        ...response.messages,
        { role: "user", content: "make it winter" }
      ]
      await generateText({ ...asked, messages: [...turn] })
      expect(service.workersAi.calls.at(-1)?.model).toBe(klein)
      expect(editedLast()).toBe(true)
    }
  })

  it("starts from a picture that is attached", async () => {
    const { content } = await client.responses.create({ model, input: "A red fox", tools }).then(({ output }) => ({
      content: output.find((item) => item.type === "image_generation_call")?.result ?? ""
    }))
    const parts = [
      { type: "text" as const, text: "Snow on it" },
      { type: "file" as const, data: Buffer.from(content, "base64"), mediaType: "image/jpeg" }
    ]
    await generateText({ model: provider(model), messages: [{ role: "user", content: parts }] })
    expect(editedLast()).toBe(true)
  })

  it("throws what fails, before and within a stream", async () => {
    const unknown = await failureOf(generateText({ model: provider("gpt-5.2"), prompt: "A fox" }))
    expect(APICallError.isInstance(unknown)).toBe(true)
    expect(unknown).toMatchObject({ statusCode: 404, isRetryable: false })
    service.workersAi.failNext("flaggedOutput")
    let text = ""
    const errors: Array<unknown> = []
    // The errors are read from the stream; by default they are printed as well.
    const { fullStream } = streamText({ model: provider(model), prompt: "A red fox", onError: () => {} })
    for await (const part of fullStream) {
      if (part.type === "text-delta") text += part.text
      if (part.type === "error") errors.push(part.error)
    }
    expect(text).toMatch(/⚠️ .*content filter/)
    expect(errors).toHaveLength(1)
    expect(service.workersAi.calls).toHaveLength(1)
  })
})
