import { describe, expect, it } from "vitest"
import { nextChatPrompts } from "../../../src/http/chat/helpers/HelperFingerprintsNextChat.ts"
import { FakeFluxModel, FakeImageStore, FakePromptOptimizer } from "../../support/layers/testLayers.ts"
import { errorFrom } from "../../support/openai/answers.ts"
import { chat, completionFrom, says, streamFrom } from "../../support/openai/chat.ts"
import { testApp } from "../../support/testApp.ts"

const user = (content: unknown) => ({ role: "user", content })
const system = (content: unknown) => ({ role: "system", content })
const drawnBefore = [
  user("A cute cat in the rain 16:9"),
  { role: "assistant", content: "🎨 …\n![Generated image](http://x/y)" }
]

const openWebUi = (task: string) =>
  `### Task:\n${task}\n### Chat History:\n<chat_history>\nUSER: A cute cat in the rain\nASSISTANT: done\n</chat_history>`

/** Requests as clients make them by themselves, and what they read in the answer. */
const helperRequests: ReadonlyArray<readonly [string, object, RegExp | object]> = [
  [
    "Open WebUI: title",
    says(openWebUi("Generate a concise, 3-5 word title with an emoji summarizing the chat history."), {
      max_tokens: 1000
    }),
    { title: "A cute cat in the rain" }
  ],
  [
    "Open WebUI: tags",
    says(openWebUi("Generate 1-3 broad tags categorizing the main themes of the chat history")),
    { tags: ["General"] }
  ],
  [
    "Open WebUI: follow-ups",
    says(openWebUi("Suggest 3-5 relevant follow-up questions or prompts that the user might naturally ask next")),
    { follow_ups: [] }
  ],
  [
    "Open WebUI: queries",
    says(
      openWebUi(
        "Analyze the chat history to determine the necessity of generating search queries, in the given language."
      )
    ),
    { queries: [] }
  ],
  [
    "NextChat: title",
    { messages: [...drawnBefore, user(nextChatPrompts.en?.topic)], temperature: 0.5, stream: false },
    /^A cute cat in the rain$/
  ],
  ["NextChat: title in Chinese", { messages: [...drawnBefore, user(nextChatPrompts.cn?.topic)] }, /cat/],
  ["NextChat: memory", { messages: [...drawnBefore, system(nextChatPrompts.en?.summarize)] }, /A cute cat in the rain/],
  [
    "Chatbox: name",
    says(
      "Based on the chat history, give this conversation a name.\nKeep it short - 10 words max, no quotes.\n\n```\nA cute cat\n```\n\nOnly give the name, nothing else.\n\nThe name is:"
    ),
    /^\S/
  ],
  ["Chatbox: test", says("Hi"), /^\S/],
  [
    "Cherry Studio: topic",
    {
      messages: [
        system("Summarize the conversation into a title in English within 10 words"),
        user('[{"role":"user","mainText":"A cute cat"},{"role":"assistant","mainText":"done"}]')
      ]
    },
    /^A cute cat$/
  ],
  ["Cherry Studio: check", { messages: [system("test"), user("hi")] }, /^\S/],
  [
    "LobeChat: title",
    {
      messages: [
        system("You are a professional conversation summarizer. Generate a concise title that captures the essence."),
        user("user: A cute cat\nassistant: done")
      ]
    },
    /^A cute cat$/
  ],
  [
    "LibreChat: title",
    says(
      "Provide a concise, 5-word-or-less title for the conversation, using title case conventions. Only return the title itself.\n\nConversation:\nUser: A cute cat\nAI: done"
    ),
    /cute cat/i
  ],
  ["any client: JSON", says("A cat", { response_format: { type: "json_object" } }), {}],
  ["any client: JSON by a schema", says("A cat", { response_format: { type: "json_schema", json_schema: {} } }), {}],
  ["any client: a forced tool", says("A cat", { tool_choice: { type: "function", function: { name: "f" } } }), /^\S/],
  ["any client: some tool", says("A cat", { tool_choice: "required" }), /^\S/],
  ["any client: text alone", says("A cat", { modalities: ["text"] }), /^\S/],
  [
    "a program that no list knows: title",
    {
      messages: [...drawnBefore, user("Write a concise 3-7 word title for this conversation, without punctuation.")],
      max_tokens: 50
    },
    /^A cute cat in the rain$/
  ],
  [
    "a program that no list knows: title by a system message",
    {
      messages: [
        system("You are a title generator. You output ONLY a thread title of at most 50 characters. Nothing else."),
        user("Generate a title for this conversation:"),
        user([{ type: "text", text: "A cute cat in the rain 16:9" }])
      ]
    },
    /^A cute cat in the rain$/
  ],
  [
    "a program that no list knows: questions in JSON",
    says(
      'Human: A cute cat\nAssistant: done\nPlease predict the three most likely questions that human would ask. The output must be an array in JSON format:\n["question1","question2"]'
    ),
    []
  ],
  [
    "a program that no list knows: fields of a schema",
    says("Suggest questions the user might ask next in this chat.\n\nHuman: A cat\nAI: done", {
      response_format: {
        type: "json_schema",
        json_schema: { name: "q", schema: { type: "object", properties: { questions: { type: "array" } } } }
      }
    }),
    { questions: [] }
  ],
  ["a program that no list knows: ping", says("ping", { max_tokens: 1 }), /^Ready/],
  ["a program that no list knows: one token", says("hi", { max_completion_tokens: "1" }), /^Ready/],
  ["any client: an answer to go on with", { messages: [user("A cat"), { role: "assistant", content: "A" }] }, /^\S/]
]

const quiet = (env: Readonly<Record<string, string>> = {}) => {
  const flux = FakeFluxModel.make()
  const store = FakeImageStore.make()
  const optimizer = FakePromptOptimizer.make()
  const app = testApp({ env, flux: flux.layer, store: store.layer, optimizer: optimizer.layer })
  const nothingHappened = () => {
    expect(flux.requests).toEqual([])
    expect(optimizer.calls).toEqual([])
    expect(store.images.size).toBe(0)
  }
  return { app, nothingHappened, requests: flux.requests }
}

describe("a request that a client makes by itself", () => {
  it.each(helperRequests)("is answered with text, and nothing is drawn (%s)", async (_, body, expected) => {
    const { app, nothingHappened } = quiet()
    const response = await chat(app, { ...body, stream: false })
    expect(response.headers.get("x-flux-neurons")).toBe("0")
    const { content, images, usage } = await completionFrom(response)
    if (expected instanceof RegExp) expect(content).toMatch(expected)
    else expect(JSON.parse(content)).toMatchObject(expected)
    expect(content).not.toContain("![")
    expect(images).toBeUndefined()
    expect(usage.neurons).toBe(0)
    const stream = await streamFrom(await chat(app, { ...body, stream: true }))
    expect(stream.content).toBe(content)
    expect(stream.error).toBeUndefined()
    expect(stream.chunks.at(-1)?.choices[0]?.finish_reason).toBe("stop")
    nothingHappened()
  })

  it("is answered under the name of the model that it asks for", async () => {
    const { app } = quiet()
    expect((await completionFrom(await chat(app, says("Hi", { model: "flux" })))).model).toBe("flux")
    expect((await completionFrom(await chat(app, says("Hi")))).model).toBe("@cf/black-forest-labs/flux-1-schnell")
  })

  it("needs a key all the same", async () => {
    const { app } = quiet()
    expect((await chat(app, says("Hi"), { authorization: "Bearer wrong" })).status).toBe(401)
  })

  it("is answered where nothing is set up to draw", async () => {
    const app = testApp({ env: { CF_API_TOKEN: "" }, bindings: {} })
    await completionFrom(await chat(app, says("Hi")))
  })

  it("is drawn with HELPER_REQUESTS=draw", async () => {
    for (const [name, body] of helperRequests) {
      const { app, requests } = quiet({ HELPER_REQUESTS: "draw" })
      await completionFrom(await chat(app, { ...body, stream: false }))
      expect(requests, name).toHaveLength(1)
    }
  })

  it("meets a wrong HELPER_REQUESTS as a configuration error without its value", async () => {
    const { app, nothingHappened } = quiet({ HELPER_REQUESTS: "perhaps-secret" })
    const failure = await errorFrom(await chat(app, says("A cat")))
    expect(failure).toMatchObject({ status: 500, code: "configuration_error", param: "HELPER_REQUESTS" })
    expect(failure.message).not.toContain("perhaps-secret")
    nothingHappened()
  })
})

describe("a note of the system after the user's message", () => {
  it.each(["system", "developer"])("of the role %s does not stop the drawing", async (role) => {
    const { app, requests } = quiet()
    const messages = [...drawnBefore, user("A dog"), { role, content: "Answer in German, and be brief." }]
    const { content } = await completionFrom(await chat(app, { messages }))
    expect(content).toContain("![")
    expect(requests.map(({ prompt }) => prompt)).toEqual(["Optimized: A dog"])
  })
})

describe("a prompt that only looks like such a request", () => {
  it.each([
    "A poster that says: Based on the chat history, give this conversation a name.",
    "hi there, a cat please",
    "Hi-tech robot",
    "A portrait of a professional conversation summarizer",
    "Task: draw a cat"
  ])("is drawn (%s)", async (prompt) => {
    const { app, requests } = quiet()
    await completionFrom(await chat(app, says(prompt)))
    expect(requests).toHaveLength(1)
  })
})
