import { at, type Client } from "../Client.ts"

const chat = at("POST /v1/chat/completions")
const responses = at("POST /v1/responses")

export const llamaIndex = {
  id: "llamaIndex",
  name: "LlamaIndex",
  packages: ["@llamaindex/openai"],
  setup: "`openai({ baseURL, apiKey, model })` and `openaiResponses(…)`, with `/v1`",
  features: {
    chat: chat.given(),
    "chat stream": chat.given(),
    "chat: a second turn": chat.given(),
    responses: responses.given("with the many empty fields that it sends"),
    "responses stream": responses.given(
      "it repeats the last piece of text for every event without text, whoever answers"
    ),
    "responses: the tool image_generation": responses.given("the picture is a part of the message"),
    "responses: trackPreviousResponses": responses.given("it remembers the id after a stream only"),
    errors: responses.given("thrown; not tried again"),
    embeddings: at("POST /v1/embeddings").refused("not a picture: 404")
  }
} as const satisfies Client
