import { ATTACHED, LINK, type Program } from "../Client.ts"
import { openAiNodeHeaders } from "./openAiNode.ts"

const headers = openAiNodeHeaders("OpenAI/JS 4.104.0")
const { "content-type": _json, ...formHeaders } = headers
const path = "/chat/completions"
const model = "flux-1-schnell"

const user = (content: unknown) => ({ role: "user", content })
const drawn = [user("A red fox"), { role: "assistant", content: `Here is the result:\n\n![Generated image](${LINK})` }]
const chat = (messages: ReadonlyArray<object>) => ({
  model,
  messages,
  temperature: 1,
  top_p: 1,
  presence_penalty: 0,
  frequency_penalty: 0,
  stream: true,
  user: "user_2x9",
  stream_options: { include_usage: true }
})

/** Source: `packages/model-runtime`, `packages/prompts` of @lobehub/chat 1.143.3. The server asks, or the page in its client mode. */
export const lobeChat: Program = {
  name: "LobeChat",
  baseAddress: "http://localhost:8787/v1",
  keyOption: "API Key",
  // openai-node joins what it is given with the path.
  baseOf: (pasted) => pasted.replace(/\/$/, ""),
  chatPath: path,
  modelsPath: "/models",
  browser: true,
  requests: [
    { name: "models", method: "GET", path: "/models", headers, expected: { _tag: "Models" } },
    { name: "chat", path, headers, json: chat([user("A red fox 16:9")]), expected: { _tag: "Picture" } },
    {
      name: "attached picture",
      path,
      headers,
      json: chat([
        user([
          { type: "text", text: "Turn it into a watercolour" },
          { type: "image_url", image_url: { url: ATTACHED, detail: "auto" } }
        ])
      ]),
      expected: { _tag: "Picture", edit: true }
    },
    {
      name: "edit by phrase",
      path,
      headers,
      json: chat([...drawn, user("Make it winter")]),
      expected: { _tag: "Picture", edit: true }
    },
    {
      name: "models named `…:image`",
      path,
      headers,
      json: {
        model: `${model}:image`,
        messages: [user([{ type: "text", text: "A red fox" }])],
        stream: false
      },
      expected: { _tag: "Picture", beside: true }
    },
    {
      name: "image page",
      path: "/images/generations",
      headers,
      json: { model, n: 1, prompt: "A red fox", size: "1024x1024" },
      expected: { _tag: "Images", fields: ["url", "b64_json"] }
    },
    {
      name: "image edits",
      path: "/images/edits",
      headers: formHeaders,
      form: {
        fields: { model, n: "1", prompt: "Make it winter", input_fidelity: "high" },
        files: { name: "image", filenames: ["image.png"] }
      },
      expected: { _tag: "Images", fields: ["url", "b64_json"] }
    },
    {
      name: "topic",
      path,
      headers,
      json: chat([
        {
          role: "system",
          content:
            "You are a professional conversation summarizer. Generate a concise title that captures the essence of the conversation."
        },
        user("user: A red fox\nassistant: 🎨 Original prompt: A red fox")
      ]),
      expected: { _tag: "Text", content: /^A red fox$/ }
    },
    {
      name: "history compression",
      path,
      headers,
      json: chat([
        {
          role: "system",
          content: "You're an assistant who's good at extracting key takeaways from conversations and summarizing them."
        },
        user("<chat_history>\n<user>A red fox</user>\n<assistant>done</assistant>\n</chat_history>")
      ]),
      expected: { _tag: "Text", content: /A red fox/ }
    }
  ]
}
