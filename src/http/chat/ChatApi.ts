import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as HttpApiSchema from "effect/http-api/HttpApiSchema"
import * as Schema from "effect/Schema"
import { Authorization } from "../Authorization.ts"
import { drawErrors } from "../drawErrors.ts"
import { drawingFields, optional, type unmetField } from "../fields.ts"
import { JobObject } from "../jobs/JobObject.ts"
import { costFields } from "../toldCost.ts"

/** What of a chat request is read. Every other field is ignored, and so is the content of all but the last user message. */
export const ChatCompletionRequest = Schema.Struct({
  ...drawingFields,
  messages: Schema.Array(
    Schema.Struct({
      role: Schema.String,
      content: Schema.optional(Schema.Unknown),
      /** Pictures beside the text, as Ollama and OpenRouter have them. */
      images: Schema.optional(Schema.Unknown)
    })
  ),
  stream: optional(Schema.Boolean),
  stream_options: optional(Schema.Struct({ include_usage: optional(Schema.Boolean) })),
  modalities: optional(Schema.Array(Schema.String)),
  /** Only tells a connection test from a prompt. */
  max_tokens: Schema.optional(Schema.Unknown),
  max_completion_tokens: Schema.optional(Schema.Unknown),
  response_format: Schema.optional(Schema.Unknown),
  tool_choice: Schema.optional(Schema.Unknown),
  tools: Schema.optional(Schema.Unknown),
  /** A picture whose transparent part is drawn anew in the one that is changed. */
  mask: Schema.optional(Schema.Unknown)
}).annotate({ identifier: "ChatCompletionRequest" })
export type ChatCompletionRequest = typeof ChatCompletionRequest.Type & Schema.Struct.Type<typeof unmetField>

/** A picture beside the text, as OpenRouter's clients read it. */
export const ChatImage = Schema.Struct({
  type: Schema.Literal("image_url"),
  index: Schema.Int,
  image_url: Schema.Struct({ url: Schema.String })
})
export type ChatImage = typeof ChatImage.Type

/** Tokens are estimated (four bytes of UTF-8 are one); neurons are what Workers AI bills, estimated from its price list. */
export const ChatUsage = Schema.Struct({
  prompt_tokens: Schema.Int,
  completion_tokens: Schema.Int,
  total_tokens: Schema.Int,
  ...costFields
})
export type ChatUsage = typeof ChatUsage.Type

export const ChatCompletion = Schema.Struct({
  id: Schema.String,
  object: Schema.Literal("chat.completion"),
  created: Schema.Int,
  model: Schema.String,
  /** Optional for OpenAI; OpenRouter's SDK fails without it. */
  system_fingerprint: Schema.Literal("flux-api-worker"),
  choices: Schema.Array(
    Schema.Struct({
      index: Schema.Int,
      message: Schema.Struct({
        role: Schema.Literal("assistant"),
        content: Schema.String,
        refusal: Schema.Null,
        images: Schema.optionalKey(Schema.Array(ChatImage))
      }),
      logprobs: Schema.Null,
      finish_reason: Schema.Literal("stop")
    })
  ),
  usage: ChatUsage
}).annotate({ identifier: "ChatCompletion" })
export type ChatCompletion = typeof ChatCompletion.Type

export const ChatCompletionChunk = Schema.Struct({
  id: Schema.String,
  object: Schema.Literal("chat.completion.chunk"),
  created: Schema.Int,
  model: Schema.String,
  choices: Schema.Array(
    Schema.Struct({
      index: Schema.Int,
      delta: Schema.Struct({
        role: Schema.optionalKey(Schema.Literal("assistant")),
        content: Schema.optionalKey(Schema.String),
        images: Schema.optionalKey(Schema.Array(ChatImage))
      }),
      logprobs: Schema.Null,
      finish_reason: Schema.NullOr(Schema.Literal("stop"))
    })
  ),
  usage: Schema.optionalKey(ChatUsage)
}).annotate({ identifier: "ChatCompletionChunk" })
export type ChatCompletionChunk = typeof ChatCompletionChunk.Type

export class ChatApi extends HttpApiGroup.make("chat")
  .add(
    HttpApiEndpoint.post("createChatCompletion", "/v1/chat/completions", {
      payload: ChatCompletionRequest,
      success: [
        ChatCompletion,
        JobObject.pipe(HttpApiSchema.status(202)),
        HttpApiSchema.StreamSse({
          events: Schema.Struct({ event: Schema.tag("message"), data: Schema.fromJsonString(ChatCompletionChunk) })
        })
      ],
      error: drawErrors.responses
    })
  )
  .middleware(Authorization) {}
