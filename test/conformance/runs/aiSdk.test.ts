import * as ai5 from "ai-5"
import * as ai6 from "ai-6"
import * as ai7 from "ai-7"
import { createOpenAI as create2 } from "ai-sdk-openai-2"
import { createOpenAI as create3 } from "ai-sdk-openai-3"
import { createOpenAI as create4 } from "ai-sdk-openai-4"
import { expect } from "vitest"
import { z } from "zod"
import { aiSdk } from "../clients/aiSdk.ts"
import { packageOf } from "../packages.ts"
import { prove } from "../prove.ts"
import { expectPicture, failureOf, inputPicture, useService } from "../service.ts"

const { apiKey, baseURL, drawn, expectPictureIn, inputs, service } = useService()

/** Earlier versions are run with the types of the last one: what they lack shows when it is called. */
const versions: Readonly<Record<string, readonly [ai: unknown, create: unknown]>> = {
  "ai-5": [{ ...ai5, generateImage: ai5.experimental_generateImage }, create2],
  "ai-6": [ai6, create3],
  "ai-7": [ai7, create4]
}

const model = "flux-1-schnell"
const size = "320x256" as const

for (const name of aiSdk.packages) {
  const [ai, create] = versions[name] as [typeof ai7, typeof create4]
  const { generateImage, generateObject, generateText, streamText } = ai
  const openai = (key = apiKey) => create({ baseURL: baseURL(), apiKey: key })
  const tools = () => ({ image_generation: openai().tools.imageGeneration({ outputFormat: "png" }) })

  const inTwoTurns = async (settings: object) => {
    const messages: Array<ai7.ModelMessage> = [{ role: "user", content: "A red fox" }]
    const { response } = await generateText({ model: openai()(model), messages, ...settings })
    const next: ai7.ModelMessage = { role: "user", content: "make it winter" }
    const { text } = await generateText({
      model: openai()(model),
      messages: [...messages, ...response.messages, next],
      ...settings
    })
    await expectPictureIn(text, 2)
    expect(inputs()).toBe(1)
  }

  prove(aiSdk, packageOf(name).version, {
    "`generateText` with `openai(model)`": async () => {
      const { finishReason, text, usage } = await generateText({ model: openai()(model), prompt: "A red fox 16:9" })
      expect(finishReason).toBe("stop")
      expect(text).toContain("1024x576")
      await expectPictureIn(text)
      expect(usage.totalTokens).toBeGreaterThan(0)
    },

    "`streamText` with `openai(model)`": async () => {
      const result = streamText({ model: openai()(model), prompt: "A red fox" })
      await expectPictureIn(await result.text)
      expect(await result.finishReason).toBe("stop")
    },

    "`tools.imageGeneration`, whole and streamed": async () => {
      const asked = { model: openai()(model), tools: tools() }
      const whole = await generateText({ ...asked, prompt: "A red fox" })
      const streamed = streamText({ ...asked, prompt: "A grey wolf" })
      for (const results of [whole.staticToolResults, await streamed.staticToolResults]) {
        expectPicture(results[0]?.output.result)
      }
      expect(drawn()).toBe(2)
    },

    "a second turn by reference": () => inTwoTurns({}),

    "a second turn by content": () => inTwoTurns({ providerOptions: { openai: { store: false } } }),

    "a second turn with the tool": () => inTwoTurns({ tools: tools() }),

    "an attached picture": async () => {
      const { bytes } = await inputPicture()
      const content = [
        { type: "text" as const, text: "Snow on it" },
        { type: "file" as const, data: bytes, mediaType: "image/png" }
      ]
      const { text } = await generateText({ model: openai()(model), messages: [{ role: "user", content }] })
      await expectPictureIn(text)
      expect(inputs()).toBe(1)
    },

    "`generateObject`": async () => {
      const schema = z.object({ title: z.string() })
      const { object } = await generateObject({ model: openai()(model), schema, prompt: "A title for: A red fox" })
      expect(object.title).not.toBe("")
      expect(drawn()).toBe(0)
    },

    "tools of the program": async () => {
      const weather = { inputSchema: z.object({ city: z.string() }), execute: async () => "sunny" }
      const { text, toolCalls } = await generateText({
        model: openai()(model),
        prompt: "A red fox",
        tools: { weather }
      })
      expect(toolCalls).toEqual([])
      await expectPictureIn(text)
    },

    "`openai.chat`": async () => {
      const { finishReason, text } = await generateText({ model: openai().chat(model), prompt: "A red fox" })
      expect(finishReason).toBe("stop")
      await expectPictureIn(text)
    },

    "`streamText` with `openai.chat`": async () => {
      const result = streamText({ model: openai().chat(model), prompt: "A red fox" })
      await expectPictureIn(await result.text)
      expect((await result.usage).totalTokens).toBeGreaterThan(0)
    },

    "`generateImage`": async () => {
      const { images } = await generateImage({ model: openai().image("klein"), prompt: "A red fox", size, n: 2 })
      expect(images).toHaveLength(2)
      for (const { base64 } of images) expectPicture(base64)
    },

    "`generateImage` from files": async () => {
      const images = [(await inputPicture("one")).bytes, (await inputPicture("two")).bytes]
      const prompt = { text: "Put them together", images }
      expectPicture((await generateImage({ model: openai().image("klein"), prompt, size })).image.base64)
      expect(inputs()).toBe(2)
    },

    errors: async () => {
      const refused = await failureOf(generateText({ model: openai("sk-wrong")(model), prompt: "A fox" }))
      expect(refused).toMatchObject({ statusCode: 401, message: expect.stringContaining("API key") })
      const unknown = await failureOf(generateText({ model: openai()("gpt-5.2"), prompt: "A fox" }))
      expect(ai.APICallError.isInstance(unknown)).toBe(true)
      expect(unknown).toMatchObject({ statusCode: 404, isRetryable: false })
      expect(drawn()).toBe(0)
    },

    "errors within a stream": async () => {
      service().workersAi.failNext("flaggedOutput")
      let text = ""
      const errors: Array<unknown> = []
      // The errors are read from the stream; by default they are printed as well.
      const { fullStream } = streamText({ model: openai()(model), prompt: "A red fox", onError: () => {} })
      for await (const part of fullStream) {
        if (part.type === "text-delta") text += part.text
        if (part.type === "error") errors.push(part.error)
      }
      expect(text).toMatch(/⚠️ .*content filter/)
      expect(errors).toHaveLength(1)
      expect(drawn()).toBe(1)
    },

    embeddings: async () => {
      const asked = ai.embed({ model: openai().textEmbeddingModel("text-embedding-3-small"), value: "A fox" })
      expect(await failureOf(asked)).toMatchObject({ statusCode: 404, isRetryable: false })
    }
  })
}
