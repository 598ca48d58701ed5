import { ATTACHED, LINK, type Program } from "../Client.ts"

const headers = {
  authorization: "Bearer sk-test",
  "content-type": "application/json",
  "user-agent": "ai/6.0.0 ai-sdk-provider-utils/4.0.0 ai-sdk-openai-compatible/2.0.91 runtime/browser"
}
const path = "/chat/completions"

const system = {
  role: "system",
  content:
    "Current model: flux-1-schnell\nCurrent date: 2026-11-22\n Additional info for this conversation: \n\nYou are a helpful assistant."
}
const chat = (messages: ReadonlyArray<object>, more: object = {}) => ({
  model: "flux-1-schnell",
  messages,
  temperature: 0.7,
  stream: true,
  ...more
})
const user = (content: unknown) => ({ role: "user", content })
const attached = (text: string) => [
  { type: "text", text },
  { type: "image_url", image_url: { url: ATTACHED } }
]
const drawn = [user("A red fox"), { role: "assistant", content: `Here is the result:\n\n![Generated image](${LINK})` }]
const weather = {
  type: "function",
  function: { name: "get_weather", parameters: { type: "object", properties: { city: { type: "string" } } } }
}

/** Source: `src/shared/utils/llm_utils.ts`, `src/renderer/packages/prompts.ts`, `model-tester.ts` (0d3139e). Its web version. */
export const chatbox: Program = {
  name: "Chatbox",
  baseAddress: "http://localhost:8787",
  keyOption: "API Key",
  baseOf: (pasted) => {
    const host = pasted
      .trim()
      .replace(/\/$/, "")
      .replace(/\/chat\/completions$/, "")
    return host.endsWith("/v1") ? host : `${host}/v1`
  },
  chatPath: path,
  modelsPath: "/models",
  browser: true,
  requests: [
    { name: "models", method: "GET", path: "/models", headers, expected: { _tag: "Models" } },
    { name: "chat", path, headers, json: chat([system, user("A red fox 3:2")]), expected: { _tag: "Picture" } },
    {
      name: "attached picture",
      path,
      headers,
      json: chat([system, user(attached("Turn it into a watercolour"))]),
      expected: { _tag: "Picture", edit: true }
    },
    {
      name: "edit by phrase",
      path,
      headers,
      json: chat([system, ...drawn, user("Remove the tail")]),
      expected: { _tag: "Picture", edit: true }
    },
    {
      name: "name of the conversation",
      path,
      headers,
      json: chat([
        user(
          "Based on the chat history, give this conversation a name.\nKeep it short - 10 words max, no quotes.\nUse English.\n" +
            "Just provide the name, nothing else.\n\nHere's the conversation:\n\n```\nA red fox\n\n---------\n\n🎨 Original prompt: A red fox\n```\n\n" +
            "Only give the name, nothing else.\n\nThe name is:"
        )
      ]),
      expected: { _tag: "Text", content: /^A red fox$/ }
    },
    {
      name: "summary",
      path,
      headers,
      json: chat([
        ...drawn,
        user("Provide a detailed summary for continuing this conversation.\n\nFocus on what is helpful.")
      ]),
      expected: { _tag: "Text", content: /A red fox/ }
    },
    {
      name: "model test",
      path,
      headers,
      json: chat([user("Hi")], { stream: false }),
      expected: { _tag: "Text", content: /^Ready/ }
    },
    {
      name: "vision test",
      path,
      headers,
      json: chat([user(attached("What color is in this image?"))], { stream: false }),
      expected: { _tag: "Text", content: /^Ready/ }
    },
    {
      name: "tool test",
      path,
      headers,
      json: chat([user("What is the weather in San Francisco?")], { stream: false, tools: [weather] }),
      expected: { _tag: "Text", content: /^Ready/ }
    }
  ]
}
