import type OpenAI from "openai"
import type { Answer } from "./Client.ts"

/** A field that OpenAI's own SDK can send. */
export interface Field {
  readonly answer: Answer
  /** What is sent. */
  readonly value: unknown
  readonly note?: string
  /** It changes nothing, and the answer says so. */
  readonly told?: boolean
}

/** The fields of a request, all that the types of the SDK know: one more in a new version is a type error here. */
export interface FieldTable {
  readonly endpoint: string
  /** The field that holds the fields, if it is not the body. */
  readonly within?: "tools"
  readonly fields: Readonly<Record<string, Field>>
}

const given = (value: unknown, note?: string): Field => ({ answer: "given", value, ...(note && { note }) })
const refused = (value: unknown, note: string): Field => ({ answer: "refused", value, note })
const ignored = (value: unknown, note: string): Field => ({ answer: "ignored", value, note })

const told = (value: unknown, note: string): Field => ({
  ...ignored(value, `${note}, which the answer says`),
  told: true
})

const text = "it shapes text, and no text is written"
const nothing = "nothing is cached or stored for a request"
const opaque = "these models draw opaque pictures, and the answer says so; `transparent` needs a partner model"
const whole = "these models give no partial pictures"
const animation = "no model here draws animations or SVG"
const account = "it tells people apart for OpenAI; keys do so here"
const noTools = "the service calls no functions and runs no other tools"

type Images = Readonly<Record<keyof OpenAI.ImageGenerateParamsNonStreaming, Field>>
const images = {
  prompt: given("A red fox"),
  model: given("klein"),
  n: given(2),
  size: given("320x256", "any size that the model can draw"),
  quality: given("high", "the number of steps"),
  response_format: given("url"),
  output_format: given("png", "`jpeg`, `png`, `webp`; `gif` and `svg` are refused"),
  stream: given(true),
  output_compression: told(50, "pictures are as the model gives them"),
  partial_images: ignored(2, whole),
  background: ignored("opaque", opaque),
  moderation: ignored("low", "the filter of the model can't be set"),
  style: told("vivid", "the prompt says the style"),
  user: ignored("somebody", account),
  safety_identifier: ignored("somebody", account),
  complexity: ignored("low", animation),
  frame_count: ignored(4, animation),
  frame_duration_ms: ignored(100, animation),
  svg: ignored({}, animation)
} satisfies Images

type Chat = Readonly<Record<keyof OpenAI.ChatCompletionCreateParamsNonStreaming, Field>>
const chat = {
  messages: given(
    [{ role: "user", content: "A grey wolf" }],
    "the last one is the prompt; pictures before it can be changed"
  ),
  model: given("klein"),
  n: given(2, "several pictures in one message"),
  seed: given(7),
  stream: given(true),
  modalities: given(["image", "text"], "with `image`: the pictures beside the text too"),
  response_format: given({ type: "json_object" }, "JSON is asked of a text model: a background request"),
  tool_choice: given("required", "so is a forced tool"),
  stream_options: ignored({ include_usage: true }, "read where there is a stream"),
  tools: ignored([{ type: "function", function: { name: "weather" } }], noTools),
  functions: ignored([{ name: "weather" }], noTools),
  function_call: ignored("auto", noTools),
  parallel_tool_calls: ignored(true, noTools),
  web_search_options: ignored({}, noTools),
  temperature: ignored(0.5, text),
  top_p: ignored(0.5, text),
  frequency_penalty: ignored(1, text),
  presence_penalty: ignored(1, text),
  logit_bias: ignored({ "50256": -100 }, text),
  logprobs: ignored(true, text),
  top_logprobs: ignored(2, text),
  max_tokens: ignored(1000, text),
  max_completion_tokens: ignored(1000, text),
  stop: ignored(["."], text),
  verbosity: ignored("low", text),
  prediction: ignored({ type: "content", content: "a" }, text),
  reasoning_effort: ignored("low", text),
  audio: ignored({ format: "mp3", voice: "alloy" }, "there is no sound"),
  store: ignored(true, nothing),
  metadata: ignored({ a: "b" }, nothing),
  prompt_cache_key: ignored("a", nothing),
  prompt_cache_options: ignored({}, nothing),
  prompt_cache_retention: ignored("24h", nothing),
  service_tier: ignored("flex", "there is one"),
  moderation: ignored({}, "the filter of the model can't be set"),
  safety_identifier: ignored("somebody", account),
  user: ignored("somebody", account)
} satisfies Chat

type Responses = Readonly<Record<keyof OpenAI.Responses.ResponseCreateParamsNonStreaming, Field>>
const responses = {
  input: given("A grey wolf", "a text or items"),
  model: given("klein"),
  stream: given(true),
  tools: given([{ type: "image_generation" }], "`image_generation`: the picture as base64; others are ignored"),
  text: given({ format: { type: "json_object" } }, "JSON is asked of a text model: a background request"),
  background: given(true, "a job, where `LEDGER` and `RUNNER` are bound"),
  previous_response_id: given("resp_unknown", "an unknown one is said in the text"),
  instructions: given("You paint in oil.", "read as a system message, and repeated"),
  metadata: given({ a: "b" }, "repeated"),
  temperature: given(0.5, `repeated; ${text}`),
  top_p: given(0.5, `repeated; ${text}`),
  max_output_tokens: given(1000, `repeated; ${text}`),
  parallel_tool_calls: given(false, `repeated; ${noTools}`),
  user: given("somebody", `repeated; ${account}`),
  tool_choice: given("none", "repeated; `required` draws where the tool is given"),
  max_tool_calls: ignored(3, noTools),
  store: ignored(true, "answers are not stored, and `store` is `false` in each"),
  stream_options: ignored({}, "read where there is a stream"),
  include: ignored(["message.output_text.logprobs"], text),
  reasoning: ignored({ effort: "low" }, text),
  truncation: ignored("auto", text),
  top_logprobs: ignored(2, text),
  conversation: ignored("conv_a", nothing),
  context_management: ignored([], nothing),
  prompt: ignored({ id: "pmpt_a" }, "there are no stored prompts"),
  prompt_cache_key: ignored("a", nothing),
  prompt_cache_options: ignored({}, nothing),
  prompt_cache_retention: ignored("24h", nothing),
  service_tier: ignored("flex", "there is one"),
  moderation: ignored({}, "the filter of the model can't be set"),
  access_programs: ignored({}, account),
  image: ignored({}, "the tool says what the picture is to be"),
  safety_identifier: ignored("somebody", account)
} satisfies Responses

type ImageTool = Readonly<Record<Exclude<keyof OpenAI.Responses.Tool.ImageGeneration, "type">, Field>>
const imageTool = {
  size: given("320x256"),
  quality: given("high", "the number of steps"),
  output_format: given("png", "`jpeg`, `png`, `webp`; `gif` and `svg` are refused"),
  input_image_mask: refused(
    { image_url: "data:image/png;base64,AA==" },
    "where it is no whole picture, or there is none to change; else it is drawn by the model for masks"
  ),
  model: ignored("gpt-image-2", "the model of the request draws"),
  action: ignored("generate", "what is asked for says whether a picture is changed"),
  background: ignored("opaque", opaque),
  output_compression: told(50, "pictures are as the model gives them"),
  partial_images: ignored(2, whole),
  moderation: ignored("low", "the filter of the model can't be set"),
  input_fidelity: told("high", "the model can't be told"),
  complexity: ignored("low", animation),
  frame_count: ignored(4, animation),
  frame_duration_ms: ignored(100, animation),
  svg: ignored({}, animation)
} satisfies ImageTool

export const fieldTables: ReadonlyArray<FieldTable> = [
  { endpoint: "POST /v1/chat/completions", fields: chat },
  { endpoint: "POST /v1/images/generations", fields: images },
  { endpoint: "POST /v1/responses", fields: responses },
  { endpoint: "POST /v1/responses", within: "tools", fields: imageTool }
]
