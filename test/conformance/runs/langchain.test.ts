import { AIMessageChunk, HumanMessage } from "@langchain/core/messages"
import { ChatOpenAI, DallEAPIWrapper } from "@langchain/openai"
import { expect } from "vitest"
import { z } from "zod"
import { linksIn } from "../../support/links.ts"
import { langchain } from "../clients/langchain.ts"
import { packageOf } from "../packages.ts"
import { prove } from "../prove.ts"
import { expectPicture, failureOf, useService } from "../service.ts"

const { apiKey, baseURL, drawn, expectPictureIn, inputs, service } = useService()

const model = (fields: ConstructorParameters<typeof ChatOpenAI>[0] & object = {}) =>
  new ChatOpenAI({ model: "flux-1-schnell", apiKey, configuration: { baseURL: baseURL() }, ...fields })
const responses = () => model({ useResponsesApi: true })
const drawing = () => responses().bindTools([{ type: "image_generation" }])
const dallE = (fields: ConstructorParameters<typeof DallEAPIWrapper>[0] = {}) =>
  new DallEAPIWrapper({ apiKey, baseUrl: baseURL(), ...fields })

/** All chunks of a stream as one message. */
const together = async (stream: AsyncIterable<AIMessageChunk>): Promise<AIMessageChunk> => {
  let whole = new AIMessageChunk("")
  for await (const chunk of stream) whole = whole.concat(chunk)
  return whole
}

const picturesIn = (message: AIMessageChunk): ReadonlyArray<unknown> => {
  const outputs: unknown = message.additional_kwargs.tool_outputs
  return Array.isArray(outputs) ? outputs.map(({ result }: { readonly result: unknown }) => result) : []
}

prove(langchain, packageOf("@langchain/openai").version, {
  invoke: async () => {
    await expectPictureIn((await model().invoke("A red fox")).text)
  },

  stream: async () => {
    const whole = await together(await model().stream("A red fox"))
    await expectPictureIn(whole.text)
    expect(whole.usage_metadata).toMatchObject({ total_tokens: expect.any(Number) })
  },

  "a second turn": async () => {
    const asked = new HumanMessage("A red fox")
    const first = await model().invoke([asked])
    const second = await model().invoke([asked, first, new HumanMessage("make it winter")])
    await expectPictureIn(second.text, 2)
    expect(inputs()).toBe(1)
  },

  withStructuredOutput: async () => {
    const titled = model().withStructuredOutput(z.object({ title: z.string() }), { method: "jsonSchema" })
    expect((await titled.invoke("A title for: A red fox")).title).toBeTypeOf("string")
    expect(drawn()).toBe(0)
  },

  "errors, chat": async () => {
    expect(await failureOf(model({ model: "gpt-4o-mini" }).invoke("A red fox"))).toMatchObject({ status: 404 })
    expect(drawn()).toBe(0)
  },

  "useResponsesApi: invoke": async () => {
    await expectPictureIn((await responses().invoke("A red fox")).text)
  },

  "useResponsesApi: stream": async () => {
    await expectPictureIn((await together(await responses().stream("A red fox"))).text)
  },

  "useResponsesApi: the tool image_generation": async () => {
    const whole = await drawing().invoke("A red fox")
    const streamed = await together(await drawing().stream("A grey wolf"))
    for (const message of [whole, streamed]) {
      const [picture] = picturesIn(message)
      expectPicture(String(picture))
    }
    expect(drawn()).toBe(2)
  },

  "useResponsesApi: a second turn": async () => {
    const asked = new HumanMessage("A red fox")
    const first = await drawing().invoke([asked])
    const second = await drawing().invoke([asked, first, new HumanMessage("make it winter")])
    await expectPictureIn(second.text, 2)
    expect(inputs()).toBe(1)
  },

  "useResponsesApi: errors within a stream": async () => {
    service().workersAi.failNext("flaggedOutput")
    const failure = await failureOf(responses().stream("A red fox").then(together))
    expect(failure).toMatchObject({ message: expect.stringMatching(/content filter/) })
    expect(drawn()).toBe(1)
  },

  DallEAPIWrapper: async () => {
    const link = await dallE().invoke("A red fox")
    await expectPictureIn(`![](${link})`)
  },

  "DallEAPIWrapper: b64_json": async () => {
    expectPicture(await dallE({ dallEResponseFormat: "b64_json" }).invoke("A red fox"))
  },

  "DallEAPIWrapper: n": async () => {
    const given: unknown = await dallE({ n: 3 }).invoke("A red fox")
    const links = linksIn(JSON.stringify(given).replace(/"(https?:[^"]+)"/g, "![]($1)"))
    expect(new Set(links).size).toBe(3)
    expect(drawn()).toBe(3)
  }
})
