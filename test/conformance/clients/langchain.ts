import { at, type Client } from "../Client.ts"

const chat = at("POST /v1/chat/completions")
const responses = at("POST /v1/responses")
const generations = at("POST /v1/images/generations")

export const langchain = {
  id: "langchain",
  name: "LangChain (`ChatOpenAI`, `DallEAPIWrapper`)",
  packages: ["@langchain/openai"],
  setup: "`configuration: { baseURL }` with `/v1`, `apiKey`; `baseUrl` for `DallEAPIWrapper`",
  features: {
    invoke: chat.given(),
    stream: chat.given("with its usage"),
    "a second turn": chat.given(),
    withStructuredOutput: chat.given("a background request: JSON of the asked form, nothing is drawn"),
    "errors, chat": chat.given("thrown; not tried again"),
    "useResponsesApi: invoke": responses.given(),
    "useResponsesApi: stream": responses.given(),
    "useResponsesApi: the tool image_generation": responses.given("in `additional_kwargs.tool_outputs`"),
    "useResponsesApi: a second turn": responses.given("sent back with all bytes"),
    "useResponsesApi: errors within a stream": responses.given("thrown"),
    DallEAPIWrapper: generations.given("the link; `dall-e-3` is drawn with the default model"),
    "DallEAPIWrapper: b64_json": generations.given(),
    "DallEAPIWrapper: n": generations.given("one request a picture, each drawn anew")
  }
} as const satisfies Client
