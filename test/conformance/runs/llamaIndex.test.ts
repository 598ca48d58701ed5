import { OpenAIEmbedding, openai, openaiResponses } from "@llamaindex/openai"
import { expect } from "vitest"
import { linksIn } from "../../support/links.ts"
import { llamaIndex } from "../clients/llamaIndex.ts"
import { packageOf } from "../packages.ts"
import { prove } from "../prove.ts"
import { expectPicture, failureOf, useService } from "../service.ts"

const { apiKey, baseURL, drawn, expectPictureIn, inputs } = useService()

const settings = () => ({ model: "flux-1-schnell", apiKey, baseURL: baseURL() })
const says = (content: string) => ({ role: "user" as const, content })

/** The text of a message, whatever its parts are. */
const textOf = (content: unknown): string =>
  Array.isArray(content) ? content.map((part) => ("text" in part ? part.text : "")).join("") : String(content)

const together = async (stream: AsyncIterable<{ readonly delta: string }>): Promise<string> => {
  let text = ""
  for await (const { delta } of stream) text += delta
  return text
}

prove(llamaIndex, packageOf("@llamaindex/openai").version, {
  chat: async () => {
    const { message } = await openai(settings()).chat({ messages: [says("A red fox")] })
    await expectPictureIn(textOf(message.content))
  },

  "chat stream": async () => {
    const stream = await openai(settings()).chat({ messages: [says("A red fox")], stream: true })
    await expectPictureIn(await together(stream))
  },

  "chat: a second turn": async () => {
    const llm = openai(settings())
    const first = await llm.chat({ messages: [says("A red fox")] })
    const { message } = await llm.chat({ messages: [says("A red fox"), first.message, says("make it winter")] })
    await expectPictureIn(textOf(message.content), 2)
    expect(inputs()).toBe(1)
  },

  responses: async () => {
    const { message } = await openaiResponses(settings()).chat({ messages: [says("A red fox")] })
    await expectPictureIn(textOf(message.content))
  },

  "responses stream": async () => {
    const stream = await openaiResponses(settings()).chat({ messages: [says("A red fox")], stream: true })
    const [link = ""] = new Set(linksIn(await together(stream)))
    await expectPictureIn(`![](${link})`)
  },

  "responses: the tool image_generation": async () => {
    const llm = openaiResponses({ ...settings(), builtInTools: [{ type: "image_generation" }] })
    const { message } = await llm.chat({ messages: [says("A red fox")] })
    const parts = Array.isArray(message.content) ? message.content : []
    const picture = parts.find((part) => part.type === "image")
    expectPicture(String(picture?.data))
  },

  "responses: trackPreviousResponses": async () => {
    const llm = openaiResponses({ ...settings(), trackPreviousResponses: true, store: true })
    await together(await llm.chat({ messages: [says("A red fox")], stream: true }))
    const { message } = await llm.chat({ messages: [says("make it winter")] })
    await expectPictureIn(textOf(message.content), 2)
    expect(inputs()).toBe(1)
  },

  errors: async () => {
    const asked = openaiResponses({ ...settings(), model: "gpt-4o-mini" }).chat({ messages: [says("A red fox")] })
    expect(await failureOf(asked)).toMatchObject({ status: 404 })
    expect(drawn()).toBe(0)
  },

  embeddings: async () => {
    const asked = new OpenAIEmbedding({ apiKey, baseURL: baseURL() }).getTextEmbedding("A fox")
    expect(await failureOf(asked)).toMatchObject({ status: 404 })
  }
})
