import { nextChatPrompts } from "../../../src/http/chat/helpers/HelperFingerprintsNextChat.ts"
import { LINK, type Program } from "../Client.ts"

// The page sets the first, its event source adds the second.
const chatHeaders = {
  accept: "application/json, text/event-stream",
  authorization: "Bearer sk-test",
  "content-type": "application/json"
}
const plainHeaders = { ...chatHeaders, accept: "application/json" }

const sampling = { temperature: 0.5, presence_penalty: 0, frequency_penalty: 0, top_p: 1 }
const chat = (messages: ReadonlyArray<object>, stream = true) => ({
  messages,
  stream,
  model: "flux-1-schnell",
  ...sampling
})
const user = (content: string | undefined) => ({ role: "user", content })
const drawn = [
  user("A red fox 16:9"),
  { role: "assistant", content: `Here is the result:\n\n![Generated image](${LINK})` }
]

/** Source: `app/client/platforms/openai.ts`, `app/store/chat.ts` (706a18b). The web page that asks the service itself. */
export const nextChat: Program = {
  name: "NextChat",
  baseAddress: "http://localhost:8787",
  keyOption: "OpenAI API Key",
  baseOf: (pasted) => pasted.replace(/\/$/, ""),
  chatPath: "/v1/chat/completions",
  browser: true,
  requests: [
    {
      name: "chat",
      path: "/v1/chat/completions",
      headers: chatHeaders,
      json: chat([user("A red fox 16:9")]),
      expected: { _tag: "Picture" }
    },
    {
      name: "edit by phrase",
      path: "/v1/chat/completions",
      headers: chatHeaders,
      json: chat([...drawn, user("make it winter")]),
      expected: { _tag: "Picture", edit: true }
    },
    {
      name: "images (model `dall-e-3`)",
      path: "/v1/images/generations",
      headers: plainHeaders,
      json: {
        model: "dall-e-3",
        prompt: "A red fox",
        response_format: "b64_json",
        n: 1,
        size: "1024x1024",
        quality: "standard",
        style: "vivid"
      },
      expected: { _tag: "Images", fields: ["b64_json"] }
    },
    {
      name: "title",
      path: "/v1/chat/completions",
      headers: plainHeaders,
      json: chat([...drawn, user(nextChatPrompts.en?.topic)], false),
      expected: { _tag: "Text", content: /^A red fox$/ }
    },
    {
      name: "memory",
      path: "/v1/chat/completions",
      headers: chatHeaders,
      json: chat([...drawn, { role: "system", content: nextChatPrompts.cn?.summarize }]),
      expected: { _tag: "Text", content: /A red fox/ }
    },
    {
      name: "balance",
      method: "GET",
      path: "/dashboard/billing/usage?start_date=2026-11-01&end_date=2026-11-23",
      headers: plainHeaders,
      expected: { _tag: "NotFound" }
    }
  ]
}
