import {
  Agent,
  hostedMcpTool,
  imageGenerationTool,
  OpenAIProvider,
  type RunItem,
  Runner,
  tool,
  webSearchTool
} from "@openai/agents"
import { expect } from "vitest"
import { z } from "zod"
import { agents } from "../clients/agents.ts"
import { packageOf } from "../packages.ts"
import { prove } from "../prove.ts"
import { expectPicture, failureOf, useService } from "../service.ts"

const { apiKey, baseURL, drawn, expectPictureIn, inputs, service } = useService()

const runner = (settings: { readonly useResponses?: boolean } = {}) =>
  new Runner({
    modelProvider: new OpenAIProvider({ baseURL: baseURL(), apiKey, useResponses: true, ...settings }),
    tracingDisabled: true
  })
const agent = (settings: Partial<ConstructorParameters<typeof Agent>[0]> = {}) =>
  new Agent({ name: "Painter", model: "flux-1-schnell", ...settings })

const drawing = () => agent({ tools: [imageGenerationTool()] })
const user = (content: string) => ({ role: "user" as const, content })

/** The picture that a hosted tool has given. */
const pictureIn = ({ newItems }: { readonly newItems: ReadonlyArray<RunItem> }) => {
  const [call] = newItems.flatMap(({ rawItem }) => (rawItem?.type === "hosted_tool_call" ? [rawItem] : []))
  return call?.output
}

prove(agents, packageOf("@openai/agents").version, {
  "a run": async () => {
    const { finalOutput } = await runner().run(agent(), "A red fox")
    await expectPictureIn(String(finalOutput))
  },

  "a streamed run": async () => {
    const result = await runner().run(agent(), "A red fox", { stream: true })
    let text = ""
    for await (const event of result) {
      if (event.type === "raw_model_stream_event" && event.data.type === "output_text_delta") text += event.data.delta
    }
    await result.completed
    expect(String(result.finalOutput)).toBe(text)
    await expectPictureIn(text)
  },

  instructions: async () => {
    const { finalOutput } = await runner().run(agent({ instructions: "You paint in oil." }), "A red fox")
    await expectPictureIn(String(finalOutput))
  },

  "imageGenerationTool, whole and streamed": async () => {
    const whole = await runner().run(drawing(), "A red fox")
    const streamed = await runner().run(drawing(), "A grey wolf", { stream: true })
    await streamed.completed
    expectPicture(pictureIn(whole))
    expectPicture(pictureIn(streamed))
    expect(drawn()).toBe(2)
  },

  "a second turn by history": async () => {
    const first = await runner().run(drawing(), "A red fox")
    const { finalOutput } = await runner().run(drawing(), [...first.history, user("make it winter")])
    await expectPictureIn(String(finalOutput), 2)
    expect(inputs()).toBe(1)
  },

  "a second turn by previousResponseId": async () => {
    const first = await runner().run(agent(), "A red fox")
    const previous = first.lastResponseId
    const { finalOutput } = await runner().run(agent(), "make it winter", {
      ...(previous !== undefined && { previousResponseId: previous })
    })
    await expectPictureIn(String(finalOutput), 2)
    expect(inputs()).toBe(1)
  },

  outputType: async () => {
    const titles = new Agent({ name: "Titles", model: "flux-1-schnell", outputType: z.object({ title: z.string() }) })
    const { finalOutput } = await runner().run(titles, "A title for: A red fox")
    expect(finalOutput?.title).toBeTypeOf("string")
    expect(drawn()).toBe(0)
  },

  "chat completions": async () => {
    const { finalOutput } = await runner({ useResponses: false }).run(agent(), "A red fox")
    await expectPictureIn(String(finalOutput))
  },

  "function tools": async () => {
    const weather = tool({
      name: "weather",
      description: "Tells the weather",
      parameters: z.object({ city: z.string() }),
      execute: async () => "sunny"
    })
    const { finalOutput } = await runner().run(agent({ tools: [weather] }), "A red fox")
    await expectPictureIn(String(finalOutput))
  },

  errors: async () => {
    const failure = await failureOf(runner().run(agent({ model: "gpt-5.2" }), "A red fox"))
    expect(failure).toMatchObject({ message: expect.stringContaining("gpt-5.2") })
    expect(drawn()).toBe(0)
  },

  "errors within a stream": async () => {
    service().workersAi.failNext("flaggedOutput")
    const result = await runner().run(agent(), "A red fox", { stream: true })
    const reading = async () => {
      for await (const event of result) void event
      await result.completed
    }
    expect(await failureOf(reading())).toMatchObject({ message: expect.stringMatching(/content filter/) })
    expect(drawn()).toBe(1)
  },

  "hosted MCP tools, web search": async () => {
    const tools = [
      webSearchTool(),
      hostedMcpTool({ serverLabel: "other", serverUrl: "https://mcp.example/mcp", requireApproval: "never" })
    ]
    const { finalOutput } = await runner().run(agent({ tools }), "A red fox")
    await expectPictureIn(String(finalOutput))
  }
})
