import { OpenRouter } from "@openrouter/sdk"
import { expect } from "vitest"
import { openRouterSdk } from "../clients/openRouter.ts"
import { packageOf } from "../packages.ts"
import { prove } from "../prove.ts"
import { expectPicture, failureOf, inputPicture, useService } from "../service.ts"

const { apiKey, baseURL, drawn, expectPictureIn, inputs, service } = useService()

const sdk = () => new OpenRouter({ serverURL: baseURL(), apiKey })
const model = "flux-1-schnell"
const says = (content: string) => [{ role: "user" as const, content }]

/** The SDK says by one type whether it answers whole or in events. */
const isStream = <A extends object>(answer: A): answer is Extract<A, AsyncIterable<unknown>> =>
  Symbol.asyncIterator in answer

const imageEvents = async (prompt: string) => {
  const asked = { model: "klein", prompt, stream: true as const }
  const answer = await sdk().images.generate({ imageGenerationRequest: asked })
  if (!isStream(answer)) return expect.unreachable("It is no stream.")
  const events = []
  for await (const event of answer) events.push(event)
  return events
}

prove(openRouterSdk, packageOf("@openrouter/sdk").version, {
  images: async () => {
    const asked = { model: "klein", prompt: "A red fox", aspectRatio: "16:9" as const, n: 2 }
    const answer = await sdk().images.generate({ imageGenerationRequest: asked })
    if (isStream(answer)) return expect.unreachable("It is a stream.")
    expect(answer.data).toHaveLength(2)
    for (const { b64Json } of answer.data) expectPicture(b64Json)
    expect(answer.usage?.cost).toBeGreaterThan(0)
    expect(service().workersAi.calls[0]?.fields).toMatchObject({ width: "1024", height: "576" })
  },

  "image stream": async () => {
    const [event, ...others] = await imageEvents("A red fox")
    expect(others).toEqual([])
    expect(event).toMatchObject({ type: "image_generation.completed", mediaType: "image/jpeg" })
    if (event?.type === "image_generation.completed") expectPicture(event.b64Json)
  },

  "images from others": async () => {
    const { dataUrl } = await inputPicture()
    const inputReferences = [{ type: "image_url" as const, imageUrl: { url: dataUrl } }]
    await sdk().images.generate({ imageGenerationRequest: { model: "klein", prompt: "winter", inputReferences } })
    expect(inputs()).toBe(1)
  },

  "errors within an image stream": async () => {
    service().workersAi.failNext("flaggedOutput")
    expect(await imageEvents("A red fox")).toEqual([
      { type: "error", error: expect.objectContaining({ code: "content_policy_violation" }) }
    ])
    expect(drawn()).toBe(1)
  },

  chat: async () => {
    const answer = await sdk().chat.send({ chatRequest: { model, messages: says("A red fox") } })
    if (isStream(answer)) return expect.unreachable("It is a stream.")
    await expectPictureIn(String(answer.choices[0]?.message.content))
  },

  "chat stream": async () => {
    const answer = await sdk().chat.send({ chatRequest: { model, messages: says("A red fox"), stream: true } })
    let text = ""
    if (isStream(answer)) for await (const chunk of answer) text += chunk.choices[0]?.delta.content ?? ""
    await expectPictureIn(text)
  },

  responses: async () => {
    const answer = await sdk().responses.send({ responsesRequest: { model, input: "A red fox" } })
    if (isStream(answer)) return expect.unreachable("It is a stream.")
    const [message] = answer.output.flatMap((item) => (item.type === "message" ? [item] : []))
    const text = message?.content.map((part) => (part.type === "output_text" ? part.text : "")).join("")
    await expectPictureIn(text ?? "")
  },

  "responses stream": async () => {
    const asked = { model, input: "A red fox", stream: true, tools: [{ type: "image_generation" as const }] }
    const answer = await sdk().responses.send({ responsesRequest: asked })
    const types: Array<string> = []
    let text = ""
    if (isStream(answer)) {
      for await (const event of answer) {
        types.push(event.type)
        if (event.type === "response.output_text.delta") text += event.delta
      }
    }
    expect(types).not.toContain("UNKNOWN")
    expect([types[0], types.at(-1)]).toEqual(["response.created", "response.completed"])
    await expectPictureIn(text)
  },

  errors: async () => {
    const asked = sdk().images.generate({ imageGenerationRequest: { model: "gpt-4o-mini", prompt: "A red fox" } })
    expect(await failureOf(asked)).toMatchObject({ statusCode: 404, body: expect.stringContaining("model_not_found") })
    expect(drawn()).toBe(0)
  },

  "lists of models": async () => {
    expect(await failureOf(sdk().models.list())).toMatchObject({ message: "Response validation failed" })
    expect(await failureOf(sdk().images.listModels())).toMatchObject({ statusCode: 404 })
  },

  credits: async () => {
    expect(await failureOf(sdk().credits.getCredits())).toMatchObject({ statusCode: 404 })
  }
})
