import { at, type Client } from "../Client.ts"

const models = at("GET /v1/models")
const chat = at("POST /v1/chat/completions")
const generations = at("POST /v1/images/generations")
const edits = at("POST /v1/images/edits")
const variations = at("POST /v1/images/variations")
const responses = at("POST /v1/responses")
const response = at("GET /v1/responses/{id}")

export const openai = {
  id: "openai",
  name: "OpenAI SDK for JavaScript (`openai`)",
  packages: ["openai-4", "openai-5", "openai-6", "openai-7"],
  setup: "`baseURL` with `/v1`, `apiKey`",
  features: {
    "list of models": models.given(),
    "one model": at("GET /v1/models/{model}").given(),
    chat: chat.given(),
    "chat stream": chat.given("with its usage"),
    "chat stream with the SDK's helper": chat.given({ from: "5" }),
    "chat: a change by words": chat.given("“make it winter” changes the picture before it"),
    "chat: an attached picture": chat.given(),
    "chat: JSON answers": chat.given("a background request: answered with JSON, nothing is drawn"),
    "chat: tools": chat.ignored("the service draws; it calls no functions"),
    images: generations.given("`url` and `b64_json`, or the one that is asked for"),
    "image stream": generations.given({
      note: "one event a picture; these models give no partial ones",
      from: "5"
    }),
    "every model name of the SDK's own list": generations.given(
      "`dall-e-…`, `gpt-image-…`: drawn with the default model"
    ),
    "edit of one file": edits.given(),
    "edit of several files": edits.given(),
    "edit stream": edits.given({ from: "5" }),
    "edit with a mask": edits.given(
      "by the model for masks, a small one; with another model it is a 400 with `param: mask`"
    ),
    variations: variations.refused("FLUX draws from words; use an edit. 404"),
    "responses: text": responses.given(),
    "responses: the tool image_generation": responses.given("the picture as base64 beside the text"),
    "responses stream": responses.given(),
    "responses stream with the SDK's helper": responses.given({ from: "5" }),
    "responses: previous_response_id": responses.given("as long as the picture is kept"),
    "responses: its own output as input": responses.given(),
    "responses: background": response.given("until two minutes after its end"),
    "responses: what was said before": at("GET /v1/responses/{id}/input_items").refused("nothing is stored: 404"),
    "typed errors": chat.given("`AuthenticationError`, `NotFoundError`, `BadRequestError` with `code` and `param`"),
    "errors within a stream": chat.given("thrown after a text that says what happened"),
    abort: chat.given("what has not begun is not drawn"),
    "everything else": at("POST /v1/embeddings and others").refused("not a picture: 404 `unknown_url`")
  }
} as const satisfies Client
