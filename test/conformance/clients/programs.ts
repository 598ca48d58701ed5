import { at, type Client } from "../Client.ts"

const responses = at("POST /v1/responses")
const chat = at("POST /v1/chat/completions")

export const opencode = {
  id: "programs/opencode",
  name: "opencode",
  packages: ["opencode-linux-x64"],
  setup: 'a provider with `npm: "@ai-sdk/openai"` and `options: { baseURL, apiKey }`, with `/v1`',
  features: {
    "opencode run": responses.given("the text with the link"),
    "its title": responses.given("a background request: answered without drawing"),
    "opencode run --continue": responses.given("changes the picture before it"),
    "the provider @ai-sdk/openai-compatible": chat.given(),
    "its tools": responses.ignored("the service calls none"),
    "opencode mcp list": at("POST /mcp").given('`type: "remote"`, with the key in `headers`')
  }
} as const satisfies Client

export const promptfoo = {
  id: "programs/promptfoo",
  name: "promptfoo",
  packages: ["promptfoo"],
  setup: "`apiBaseUrl` with `/v1`, `apiKey`",
  features: {
    "`openai:chat:…`": chat.given(),
    "`openai:responses:…`": responses.given(),
    "`openai:image:…`": at("POST /v1/images/generations").given("a link")
  }
} as const satisfies Client
