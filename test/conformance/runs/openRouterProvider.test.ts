import { createOpenRouter } from "@openrouter/ai-sdk-provider"
import { generateImage, generateText, streamText } from "ai-7"
import { expect } from "vitest"
import { openRouterProvider } from "../clients/openRouter.ts"
import { packageOf } from "../packages.ts"
import { prove } from "../prove.ts"
import { expectPicture, failureOf, inputPicture, useService } from "../service.ts"

const { apiKey, baseURL, drawn, expectPictureIn, inputs, service } = useService()

const provider = () => createOpenRouter({ baseURL: baseURL(), apiKey })
const model = "flux-1-schnell"
const withPictures = () => provider()(model, { extraBody: { modalities: ["image", "text"] } })

prove(openRouterProvider, packageOf("@openrouter/ai-sdk-provider").version, {
  "`generateText`": async () => {
    const { finishReason, text, usage } = await generateText({ model: provider()(model), prompt: "A red fox" })
    expect(finishReason).toBe("stop")
    await expectPictureIn(text)
    expect(usage.totalTokens).toBeGreaterThan(0)
  },

  "`generateText` with the modality image": async () => {
    const { files, text } = await generateText({ model: withPictures(), prompt: "A red fox" })
    await expectPictureIn(text)
    expect(files.map(({ mediaType }) => mediaType)).toEqual(["image/jpeg"])
    expectPicture(files[0]?.base64)
  },

  "`streamText` with the modality image": async () => {
    const result = streamText({ model: withPictures(), prompt: "A red fox" })
    await expectPictureIn(await result.text)
    expect(await result.files).toHaveLength(1)
    expect(await result.finishReason).toBe("stop")
  },

  "`generateImage`": async () => {
    const asked = { model: provider().imageModel("klein"), prompt: "A red fox", aspectRatio: "16:9", n: 2, seed: 7 }
    const { images, usage, warnings } = await generateImage({ ...asked, aspectRatio: "16:9" })
    expect(images).toHaveLength(2)
    for (const { base64 } of images) expectPicture(base64)
    expect(warnings).toEqual([])
    expect(usage.totalTokens).toBeGreaterThan(0)
    expect(service().workersAi.calls[0]?.fields).toMatchObject({ width: "1024", height: "576", seed: "7" })
  },

  "`generateImage`: size": async () => {
    await generateImage({ model: provider().imageModel("klein"), prompt: "A red fox", size: "320x256" })
    expect(service().workersAi.calls[0]?.fields).toMatchObject({ width: "320", height: "256" })
  },

  "`generateImage` from files": async () => {
    const prompt = { text: "Make it winter", images: [(await inputPicture()).bytes] }
    const { image } = await generateImage({ model: provider().imageModel("klein"), prompt })
    expectPicture(image.base64)
    expect(inputs()).toBe(1)
  },

  errors: async () => {
    const asked = generateImage({ model: provider().imageModel("gpt-4o-mini"), prompt: "A red fox" })
    expect(await failureOf(asked)).toMatchObject({ statusCode: 404, message: expect.stringContaining("gpt-4o-mini") })
    expect(drawn()).toBe(0)
  }
})
