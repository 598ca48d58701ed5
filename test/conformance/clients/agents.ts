import { at, type Client } from "../Client.ts"

const responses = at("POST /v1/responses")

export const agents = {
  id: "agents",
  name: "OpenAI Agents SDK",
  packages: ["@openai/agents"],
  setup: "an `OpenAIProvider` with `baseURL` (with `/v1`) and `apiKey`",
  features: {
    "a run": responses.given("the agent's output is the text with the link"),
    "a streamed run": responses.given(),
    instructions: responses.given("read as a system message"),
    "imageGenerationTool, whole and streamed": responses.given("the picture as `image_generation_call`"),
    "a second turn by history": responses.given("the SDK sends the call without its bytes; its id is enough"),
    "a second turn by previousResponseId": responses.given("as long as the picture is kept"),
    outputType: responses.given("a background request: JSON of the asked form, nothing is drawn"),
    "chat completions": at("POST /v1/chat/completions").given("`useResponses: false`"),
    "function tools": responses.ignored("the service calls no functions"),
    errors: responses.given("thrown with the sentence"),
    "errors within a stream": responses.given("thrown"),
    "hosted MCP tools, web search": responses.ignored("the service runs no other tools")
  }
} as const satisfies Client
