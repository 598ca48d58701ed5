import { createOpenAI } from "@ai-sdk/openai"
import { createOpenAICompatible } from "@ai-sdk/openai-compatible"
import { APICallError, generateImage, generateText, type ImageModel, type LanguageModel, streamText } from "ai"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { ImageFile } from "../../src/domain/ImageFile.ts"
import { linksIn } from "../support/links.ts"
import { imageOf } from "../support/pictures.ts"
import { API_KEY, type RunningService, startService } from "../support/service.ts"
import type { AiSdkCheck } from "./clients.ts"

let service: RunningService
beforeAll(async () => {
  service = await startService({ ai: "rest" })
}, 60_000)
afterEach(() => service.reset())
afterAll(() => service?.close())

interface Provider {
  readonly chat: (model: string) => LanguageModel
  readonly image: (model: string) => ImageModel
}

interface Options {
  readonly baseURL: string
  readonly apiKey: string
}

const providers: Record<string, (options: Options) => Provider> = {
  "@ai-sdk/openai": createOpenAI,
  "@ai-sdk/openai-compatible": (options) => {
    const provider = createOpenAICompatible({ ...options, name: "flux", includeUsage: true })
    return { chat: provider.chatModel, image: provider.imageModel }
  }
}

const size = "320x256"

const failureOf = (promise: PromiseLike<unknown>): Promise<unknown> =>
  Promise.resolve(promise).then(
    () => expect.unreachable("it did not fail"),
    (error: unknown) => error
  )

const isImage = (base64: string) => expect(ImageFile.fromBase64(base64)).toBeDefined()
const inputsOf = (fields: Readonly<Record<string, unknown>> = {}) =>
  Object.keys(fields).filter((name) => name.startsWith("input_image"))

describe.each(Object.entries(providers))("%s", { timeout: 20_000 }, (_, create) => {
  const provider = (path = "/v1", apiKey = API_KEY) => create({ baseURL: `${service.url}${path}`, apiKey })
  const model = () => provider().chat("flux-1-schnell")

  const checks: Record<AiSdkCheck, () => Promise<void>> = {
    "`generateText`": async () => {
      const { finishReason, text, usage } = await generateText({ model: model(), prompt: "A red fox 16:9" })
      expect(finishReason).toBe("stop")
      expect(text).toContain("1024x576")
      expect((await fetch(linksIn(text)[0] ?? "")).headers.get("content-type")).toBe("image/jpeg")
      expect(usage.totalTokens).toBeGreaterThan(0)
    },

    "`streamText`": async () => {
      const gate = service.workersAi.gate()
      const result = streamText({ model: model(), prompt: "A red fox" })
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
      expect((await result.usage).totalTokens).toBeGreaterThan(0)
    },

    "`generateImage`": async () => {
      const { images } = await generateImage({ model: provider().image("klein"), prompt: "A red fox", size, n: 2 })
      expect(images).toHaveLength(2)
      for (const { base64, mediaType } of images) {
        isImage(base64)
        expect(mediaType).toMatch(/^image\//)
      }
    },

    "`generateImage` from files": async () => {
      const [one, two] = await Promise.all(
        ["one", "two"].map((text) => imageOf({ width: 64, height: 64 }, { mediaType: "image/png", text }))
      )
      const image = provider().image("klein")
      const files = [one?.bytes ?? "", two?.bytes ?? ""]
      for (const images of [files.slice(0, 1), files]) {
        const result = await generateImage({ model: image, prompt: { text: "Make it winter", images }, size })
        isImage(result.image.base64)
        expect(inputsOf(service.workersAi.calls.at(-1)?.fields)).toHaveLength(images.length)
      }
    },

    errors: async () => {
      const stranger = provider("/v1", "sk-wrong").chat("flux")
      const refused = await failureOf(generateText({ model: stranger, prompt: "A fox" }))
      expect(APICallError.isInstance(refused)).toBe(true)
      expect(refused).toMatchObject({ statusCode: 401, message: expect.stringContaining("API key") })
      const unknown = await failureOf(generateText({ model: provider().chat("gpt-4o-mini"), prompt: "A fox" }))
      expect(unknown).toMatchObject({ statusCode: 404, isRetryable: false })
      expect(service.workersAi.calls).toEqual([])
      service.workersAi.failNext("flaggedOutput")
      let text = ""
      const errors: Array<unknown> = []
      // The errors are read from the stream; by default they are printed as well.
      const { fullStream } = streamText({ model: model(), prompt: "A red fox", onError: () => {} })
      for await (const part of fullStream) {
        if (part.type === "text-delta") text += part.text
        if (part.type === "error") errors.push(part.error)
      }
      expect(text).toMatch(/⚠️ .*content filter/)
      expect(errors).toHaveLength(1)
      expect(service.workersAi.calls).toHaveLength(1)
    },

    abort: async () => {
      const gate = service.workersAi.gate()
      const controller = new AbortController()
      const { fullStream } = streamText({ model: model(), prompt: "To be given up", abortSignal: controller.signal })
      const types: Array<string> = []
      for await (const part of fullStream) {
        types.push(part.type)
        if (part.type !== "text-delta" || !part.text.startsWith("💬")) continue
        await gate.arrived
        controller.abort()
      }
      expect(types.at(-1)).toBe("abort")
      gate.release()
      await generateText({ model: model(), prompt: "One to wait for" })
      expect(service.workersAi.calls).toHaveLength(2)
    }
  }

  it.each(Object.entries(checks))("%s", async (_name, check) => {
    await check()
  })

  it.each(["", "/", "/v1", "/v1/", "/v1/v1", "/v1/chat/completions"])(
    "works where its baseURL has %j at the end",
    async (end) => {
      const messages = [
        { role: "user" as const, content: "A red fox" },
        { role: "assistant" as const, content: "done" }
      ]
      const { finishReason } = await generateText({ model: provider(end).chat("flux"), messages, maxRetries: 0 })
      expect(finishReason).toBe("stop")
      expect(service.workersAi.calls).toEqual([])
    }
  )
})
