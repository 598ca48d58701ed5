import { LINK, type Program } from "../Client.ts"
import { openAiNodeHeaders } from "./openAiNode.ts"

const headers = openAiNodeHeaders("langchainjs-openai/1.0.0 (node/22.20.0; linux; x64)")
const path = "/chat/completions"
const model = "flux-1-schnell"

const user = (content: string) => ({ role: "user", content })
const drawn = [user("A red fox"), { role: "assistant", content: `Here is the result:\n\n![Generated image](${LINK})` }]
const chat = (messages: ReadonlyArray<object>) => ({
  model,
  user: "66f1c0a2b7e4d5a1c3f0e9d8",
  stream: true,
  stream_options: { include_usage: true },
  messages
})
const titleSchema = { name: "title", schema: { type: "object", properties: { title: { type: "string" } } } }

/** Source: `packages/api/src/endpoints/models.ts` (003bf57) and @librechat/agents 3.2.21. The server asks. */
export const libreChat: Program = {
  name: "LibreChat",
  baseAddress: "http://localhost:8787/v1",
  baseOption: "baseURL",
  keyOption: "`apiKey`",
  baseOf: (pasted) => pasted.replace(/\/+$/, ""),
  chatPath: path,
  modelsPath: "/models",
  browser: false,
  requests: [
    {
      name: "models",
      method: "GET",
      path: "/models",
      headers: {
        authorization: "Bearer sk-test",
        accept: "application/json, text/plain, */*",
        "user-agent": "axios/1.12.1"
      },
      expected: { _tag: "Models" }
    },
    { name: "chat", path, headers, json: chat([user("A red fox 16:9")]), expected: { _tag: "Picture" } },
    {
      name: "edit by phrase",
      path,
      headers,
      json: chat([...drawn, user("Make it winter")]),
      expected: { _tag: "Picture", edit: true }
    },
    {
      name: "title",
      path,
      headers,
      json: {
        model,
        stream: false,
        messages: [
          user(
            "Provide a concise, 5-word-or-less title for the conversation, using title case conventions. Only return the " +
              "title itself.\n\nConversation:\nUser: A red fox\nAI: 🎨 Original prompt: A red fox"
          )
        ]
      },
      expected: { _tag: "Text", content: /^A red fox$/i }
    },
    {
      name: "title by a schema",
      path,
      headers,
      json: {
        model,
        stream: false,
        response_format: { type: "json_schema", json_schema: titleSchema },
        messages: [
          user(
            "Analyze this conversation and provide:\n1. The detected language of the conversation\n2. A concise title in the " +
              "detected language (5 words or less, no punctuation or quotation)\n\nUser: A red fox\nAI: done"
          )
        ]
      },
      expected: { _tag: "Text", content: { title: "A red fox", language: "English" } }
    }
  ]
}
