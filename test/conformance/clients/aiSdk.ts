import { at, type Client } from "../Client.ts"

const chat = at("POST /v1/chat/completions")
const generations = at("POST /v1/images/generations")
const edits = at("POST /v1/images/edits")
const responses = at("POST /v1/responses")

export const aiSdk = {
  id: "aiSdk",
  name: "AI SDK, with `@ai-sdk/openai`",
  packages: ["ai-5", "ai-6", "ai-7"],
  beside: ["ai-sdk-openai-2", "ai-sdk-openai-3", "ai-sdk-openai-4"],
  setup: "`createOpenAI({ baseURL, apiKey })`, with `/v1`",
  features: {
    "`generateText` with `openai(model)`": responses.given("what the provider does unless told otherwise"),
    "`streamText` with `openai(model)`": responses.given(),
    "`tools.imageGeneration`, whole and streamed": responses.given("the picture is the result of the tool"),
    "a second turn by reference": responses.given(
      "`store` as it is: the SDK sends ids alone, and the ids hold the picture's key"
    ),
    "a second turn by content": responses.given("`store: false`"),
    "a second turn with the tool": responses.given(),
    "an attached picture": responses.given(),
    "`generateObject`": responses.given("a background request: JSON of the asked form, nothing is drawn"),
    "tools of the program": responses.ignored("the service calls no functions"),
    "`openai.chat`": chat.given(),
    "`streamText` with `openai.chat`": chat.given(),
    "`generateImage`": generations.given(),
    "`generateImage` from files": edits.given({ from: "6" }),
    errors: responses.given("`APICallError` with status and sentence; not tried again"),
    "errors within a stream": responses.given("an `error` part after a text that says what happened"),
    embeddings: at("POST /v1/embeddings").refused("not a picture: 404")
  }
} as const satisfies Client
