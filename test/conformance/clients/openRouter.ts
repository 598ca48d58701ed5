import { at, type Client } from "../Client.ts"

const images = at("POST /v1/images")
const chat = at("POST /v1/chat/completions")
const responses = at("POST /v1/responses")

export const openRouterProvider = {
  id: "openRouterProvider",
  name: "OpenRouter's provider for the AI SDK",
  packages: ["@openrouter/ai-sdk-provider"],
  setup: "`createOpenRouter({ baseURL, apiKey })`, with `/v1`",
  features: {
    "`generateText`": chat.given(),
    "`generateText` with the modality image": chat.given("the picture is in `files` too"),
    "`streamText` with the modality image": chat.given(),
    "`generateImage`": images.given("with `aspectRatio`, `n` and `seed`"),
    "`generateImage`: size": images.given(),
    "`generateImage` from files": images.given("`input_references`"),
    errors: images.given("`APICallError` with status and sentence")
  }
} as const satisfies Client

export const openRouterSdk = {
  id: "openRouterSdk",
  name: "OpenRouter's SDK",
  packages: ["@openrouter/sdk"],
  setup: "`new OpenRouter({ serverURL, apiKey })`, with `/v1`",
  features: {
    images: images.given("with their cost"),
    "image stream": images.given(),
    "images from others": images.given("`inputReferences`"),
    "errors within an image stream": images.given("an event of the type `error`"),
    chat: chat.given(),
    "chat stream": chat.given(),
    responses: responses.given(),
    "responses stream": responses.given(),
    errors: images.given(
      "thrown with `statusCode` and `body`; as `ResponseValidationError`, for OpenRouter's own codes are numbers and OpenAI's are words"
    ),
    "lists of models": at("GET /v1/models").refused(
      "the SDK takes no list without OpenRouter's own fields (prices of tokens, context lengths); `/v1/images/models` is a 404"
    ),
    credits: at("GET /v1/credits").refused("there are none: 404. `GET /v1/usage` tells what a key has used")
  }
} as const satisfies Client
