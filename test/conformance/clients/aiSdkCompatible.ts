import { at, type Client } from "../Client.ts"

const chat = at("POST /v1/chat/completions")

export const aiSdkCompatible = {
  id: "aiSdkCompatible",
  name: "AI SDK, with `@ai-sdk/openai-compatible`",
  packages: ["ai-5", "ai-6", "ai-7"],
  beside: ["ai-sdk-openai-compatible-1", "ai-sdk-openai-compatible-2", "ai-sdk-openai-compatible-3"],
  setup: "`createOpenAICompatible({ name, baseURL, apiKey })`, with `/v1`",
  features: {
    "`generateText`": chat.given(),
    "`streamText`": chat.given("with its usage, where `includeUsage` is set"),
    "a second turn": chat.given(),
    "`generateImage`": at("POST /v1/images/generations").given(),
    "`generateImage` from files": at("POST /v1/images/edits").given({ from: "6" }),
    errors: chat.given()
  }
} as const satisfies Client
