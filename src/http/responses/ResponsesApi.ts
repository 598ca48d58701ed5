import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as HttpApiSchema from "effect/http-api/HttpApiSchema"
import * as Schema from "effect/Schema"
import { Authorization } from "../Authorization.ts"
import { drawErrors } from "../drawErrors.ts"
import { declareErrors } from "../errors.ts"
import { drawingFields, optional } from "../fields.ts"
import { Background } from "../images/background.ts"
import { OutputFormat, ToldQuality } from "../images/ImagesSchemas.ts"
import { costFields } from "../toldCost.ts"

/** What of a request is read. Every other field is ignored; `null` and empty fields are no fields. */
export const ResponsesRequest = Schema.Struct({
  ...drawingFields,
  /** A text, or items: messages, `image_generation_call`, `item_reference`; others are passed over. */
  input: optional(Schema.Union([Schema.String, Schema.Array(Schema.Unknown)])),
  instructions: Schema.optional(Schema.Unknown),
  previous_response_id: optional(Schema.String),
  stream: optional(Schema.Boolean),
  background: optional(Schema.Boolean),
  tools: Schema.optional(Schema.Unknown),
  tool_choice: Schema.optional(Schema.Unknown),
  text: Schema.optional(Schema.Unknown),
  metadata: Schema.optional(Schema.Unknown),
  temperature: Schema.optional(Schema.Unknown),
  top_p: Schema.optional(Schema.Unknown),
  max_output_tokens: Schema.optional(Schema.Unknown),
  parallel_tool_calls: Schema.optional(Schema.Unknown),
  user: Schema.optional(Schema.Unknown)
}).annotate({ identifier: "ResponsesRequest" })
export type ResponsesRequest = typeof ResponsesRequest.Type

/** A picture as base64: only where the request has the tool `image_generation`. */
const ImageItem = Schema.Struct({
  id: Schema.String,
  type: Schema.Literal("image_generation_call"),
  status: Schema.Literal("completed"),
  result: Schema.String,
  action: Schema.Literals(["generate", "edit"]),
  background: Background,
  output_format: OutputFormat,
  quality: ToldQuality,
  size: Schema.String,
  /** What was drawn. */
  revised_prompt: Schema.String
})
export type ImageItem = typeof ImageItem.Type

const TextPart = Schema.Struct({
  type: Schema.Literal("output_text"),
  text: Schema.String,
  annotations: Schema.Array(Schema.Unknown),
  logprobs: Schema.Array(Schema.Unknown)
})

/** The answer in words, with a link to each picture. */
const MessageItem = Schema.Struct({
  id: Schema.String,
  type: Schema.Literal("message"),
  status: Schema.Literals(["completed", "in_progress"]),
  role: Schema.Literal("assistant"),
  content: Schema.Array(TextPart)
})
export type MessageItem = typeof MessageItem.Type

/** Tokens are estimated (four bytes of UTF-8 are one); neurons are what Workers AI bills, estimated from its price list. */
const ResponsesUsage = Schema.Struct({
  input_tokens: Schema.Int,
  input_tokens_details: Schema.Struct({ cached_tokens: Schema.Int }),
  output_tokens: Schema.Int,
  output_tokens_details: Schema.Struct({ reasoning_tokens: Schema.Int }),
  total_tokens: Schema.Int,
  ...costFields
})
export type ResponsesUsage = typeof ResponsesUsage.Type

/** What of a request its answer repeats. */
const echoFields = {
  instructions: Schema.NullOr(Schema.String),
  metadata: Schema.Record(Schema.String, Schema.String),
  temperature: Schema.Number,
  top_p: Schema.Number,
  max_output_tokens: Schema.NullOr(Schema.Number),
  parallel_tool_calls: Schema.Boolean,
  previous_response_id: Schema.NullOr(Schema.String),
  text: Schema.Struct({ format: Schema.Struct({ type: Schema.String }) }),
  tool_choice: Schema.String,
  tools: Schema.Array(Schema.Struct({ type: Schema.Literal("image_generation") })),
  user: Schema.NullOr(Schema.String)
}
const ResponseEcho = Schema.Struct(echoFields)
export type ResponseEcho = typeof ResponseEcho.Type

/** An answer. Its id, and those of its items, hold the keys of the pictures: by them a later request finds what to change. */
export const ResponseObject = Schema.Struct({
  id: Schema.String,
  object: Schema.Literal("response"),
  created_at: Schema.Int,
  /** Not told; OpenRouter's SDK fails without it and the two penalties. */
  completed_at: Schema.Null,
  status: Schema.Literals(["completed", "in_progress", "failed", "cancelled"]),
  error: Schema.NullOr(Schema.Struct({ code: Schema.String, message: Schema.String })),
  incomplete_details: Schema.Null,
  model: Schema.String,
  output: Schema.Array(Schema.Union([MessageItem, ImageItem])),
  usage: Schema.NullOr(ResponsesUsage),
  background: Schema.Boolean,
  /** Nothing is stored but the pictures, for a while. */
  store: Schema.Literal(false),
  frequency_penalty: Schema.Literal(0),
  presence_penalty: Schema.Literal(0),
  ...echoFields
}).annotate({ identifier: "Response" })
export type ResponseObject = typeof ResponseObject.Type

/** The events are OpenAI's, in their order; only what all have in common is described here. */
const ResponseStreamEvent = Schema.Struct({ type: Schema.String, sequence_number: Schema.Int }).annotate({
  identifier: "ResponseStreamEvent"
})

const DeletedResponse = Schema.Struct({
  id: Schema.String,
  object: Schema.Literal("response"),
  deleted: Schema.Literal(true)
})
export type DeletedResponse = typeof DeletedResponse.Type

/** What can go wrong where the answer of a job is told. */
export const responseErrors = declareErrors(
  "InvalidApiKey",
  "JobNotFound",
  "BindingMissing",
  "ConfigurationError",
  "LedgerUnavailable",
  "ImageNotReady",
  "UpstreamError",
  "GenerationInterrupted"
)

const params = { id: Schema.String }
const error = responseErrors.responses

/** The Responses API. Nothing is stored of an answer but its pictures, and the result of a job for a short while. */
export class ResponsesApi extends HttpApiGroup.make("responses")
  .add(
    HttpApiEndpoint.post("createResponse", "/v1/responses", {
      payload: ResponsesRequest,
      success: [
        ResponseObject,
        ResponseObject.pipe(HttpApiSchema.status(202)),
        HttpApiSchema.StreamSse({
          events: Schema.Struct({ event: Schema.String, data: Schema.fromJsonString(ResponseStreamEvent) })
        })
      ],
      error: drawErrors.responses
    }),
    HttpApiEndpoint.get("getResponse", "/v1/responses/:id", { params, success: ResponseObject, error }),
    HttpApiEndpoint.delete("deleteResponse", "/v1/responses/:id", { params, success: DeletedResponse, error }),
    HttpApiEndpoint.post("cancelResponse", "/v1/responses/:id/cancel", { params, success: ResponseObject, error })
  )
  .middleware(Authorization) {}
