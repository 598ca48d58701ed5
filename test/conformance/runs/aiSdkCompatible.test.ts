import * as ai5 from "ai-5"
import * as ai6 from "ai-6"
import * as ai7 from "ai-7"
import { createOpenAICompatible as create1 } from "ai-sdk-openai-compatible-1"
import { createOpenAICompatible as create2 } from "ai-sdk-openai-compatible-2"
import { createOpenAICompatible as create3 } from "ai-sdk-openai-compatible-3"
import { expect } from "vitest"
import { aiSdkCompatible } from "../clients/aiSdkCompatible.ts"
import { packageOf } from "../packages.ts"
import { prove } from "../prove.ts"
import { expectPicture, failureOf, inputPicture, useService } from "../service.ts"

const { apiKey, baseURL, drawn, expectPictureIn, inputs } = useService()

/** Earlier versions are run with the types of the last one: what they lack shows when it is called. */
const versions: Readonly<Record<string, readonly [ai: unknown, create: unknown]>> = {
  "ai-5": [{ ...ai5, generateImage: ai5.experimental_generateImage }, create1],
  "ai-6": [ai6, create2],
  "ai-7": [ai7, create3]
}

const model = "flux-1-schnell"
const size = "320x256" as const

for (const name of aiSdkCompatible.packages) {
  const [ai, create] = versions[name] as [typeof ai7, typeof create3]
  const { generateImage, generateText, streamText } = ai
  const flux = () => create({ name: "flux", baseURL: baseURL(), apiKey, includeUsage: true })

  prove(aiSdkCompatible, packageOf(name).version, {
    "`generateText`": async () => {
      const { finishReason, text } = await generateText({ model: flux()(model), prompt: "A red fox" })
      expect(finishReason).toBe("stop")
      await expectPictureIn(text)
    },

    "`streamText`": async () => {
      const result = streamText({ model: flux()(model), prompt: "A red fox" })
      await expectPictureIn(await result.text)
      expect((await result.usage).totalTokens).toBeGreaterThan(0)
    },

    "a second turn": async () => {
      const messages: Array<ai7.ModelMessage> = [{ role: "user", content: "A red fox" }]
      const { response } = await generateText({ model: flux()(model), messages })
      const next: ai7.ModelMessage = { role: "user", content: "make it winter" }
      const { text } = await generateText({ model: flux()(model), messages: [...messages, ...response.messages, next] })
      await expectPictureIn(text, 2)
      expect(inputs()).toBe(1)
    },

    "`generateImage`": async () => {
      const { images } = await generateImage({ model: flux().imageModel("klein"), prompt: "A red fox", size, n: 2 })
      expect(images).toHaveLength(2)
      for (const { base64 } of images) expectPicture(base64)
    },

    "`generateImage` from files": async () => {
      const images = [(await inputPicture("one")).bytes, (await inputPicture("two")).bytes]
      const prompt = { text: "Put them together", images }
      expectPicture((await generateImage({ model: flux().imageModel("klein"), prompt, size })).image.base64)
      expect(inputs()).toBe(2)
    },

    errors: async () => {
      const unknown = await failureOf(generateText({ model: flux()("gpt-4o-mini"), prompt: "A fox" }))
      expect(unknown).toMatchObject({ statusCode: 404, isRetryable: false })
      expect(drawn()).toBe(0)
    }
  })
}
