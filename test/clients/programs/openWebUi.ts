import { ATTACHED, LINK, type Program, type RecordedRequest } from "../Client.ts"

const headers = {
  accept: "*/*",
  authorization: "Bearer sk-test",
  "content-type": "application/json",
  "user-agent": "Python/3.11 aiohttp/3.12.15",
  "x-openwebui-user-name": "Alice",
  "x-openwebui-chat-id": "6a1b1c52-9be4-4b8e-9d63-0d4b7f4d1f57"
}
const { "content-type": _json, ...formHeaders } = headers
const path = "/chat/completions"
const model = "flux-1-schnell"

const user = (content: unknown) => ({ role: "user", content })
const drawn = [user("A red fox"), { role: "assistant", content: `Here is the result:\n\n![Generated image](${LINK})` }]

const history =
  "### Chat History:\n<chat_history>\nUSER: A red fox\nASSISTANT: 🎨 Original prompt: A red fox\n</chat_history>"

/** One user message, never streamed. */
const task = (name: string, text: string, content: object): RecordedRequest => ({
  name,
  path,
  headers,
  json: { model, messages: [user(`### Task:\n${text}\n\n${history}`)], stream: false, max_tokens: 1000 },
  expected: { _tag: "Text", content }
})

/** Source: `backend/open_webui/routers/{openai,images,tasks}.py` (02530d5, 074d488). The server asks, and pages with direct connections. */
export const openWebUi: Program = {
  name: "Open WebUI",
  baseAddress: "http://localhost:8787/v1",
  keyOption: "API Key",
  baseOf: (pasted) => pasted,
  chatPath: path,
  modelsPath: "/models",
  browser: true,
  requests: [
    { name: "models", method: "GET", path: "/models", headers, expected: { _tag: "Models" } },
    {
      name: "chat",
      path,
      headers,
      json: { stream: true, model, messages: [user("A red fox 16:9")] },
      expected: { _tag: "Picture" }
    },
    {
      name: "attached picture",
      path,
      headers,
      json: {
        stream: true,
        model,
        messages: [
          user([
            { type: "text", text: "Turn it into a watercolour" },
            { type: "image_url", image_url: { url: ATTACHED } }
          ])
        ]
      },
      expected: { _tag: "Picture", edit: true }
    },
    {
      name: "edit by phrase",
      path,
      headers,
      json: { stream: true, model, messages: [...drawn, user("Make it winter")] },
      expected: { _tag: "Picture", edit: true }
    },
    {
      name: 'image engine "OpenAI"',
      path: "/images/generations",
      headers,
      json: { model, prompt: "A red fox", n: 1, size: "512x512", response_format: "b64_json" },
      expected: { _tag: "Images", fields: ["b64_json"] }
    },
    {
      name: "image edits",
      path: "/images/edits",
      headers: formHeaders,
      form: {
        fields: { model, prompt: "Make it winter", n: "1", size: "512x512", response_format: "b64_json" },
        files: { name: "image[]", filenames: ["0d4b7f4d.png", "9d63c1a2.png"] }
      },
      expected: { _tag: "Images", fields: ["b64_json"] }
    },
    task(
      "title",
      "Generate a concise, 3-5 word title with an emoji summarizing the chat history.\n### Guidelines:\n- JSON only",
      { title: "A red fox" }
    ),
    task(
      "tags",
      "Generate 1-3 broad tags categorizing the main themes of the chat history, along with 1-3 more specific subtopic tags.",
      { tags: ["General"] }
    ),
    task(
      "follow-up questions",
      "Suggest 3-5 relevant follow-up questions or prompts that the user might naturally ask next in this conversation as a **user**",
      { follow_ups: [] }
    ),
    task(
      "search queries",
      "Analyze the chat history to determine the necessity of generating search queries, in the given language.",
      { queries: [] }
    ),
    task("completion while typing", "You are an autocompletion system. Continue the text in `<text>`", { text: "" })
  ]
}
