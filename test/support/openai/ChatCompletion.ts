import * as Schema from "effect/Schema"
import { Count, Seconds } from "./fields.ts"

const FinishReason = Schema.Literals(["stop", "length", "tool_calls", "content_filter", "function_call"])

const CompletionUsage = Schema.Struct({ prompt_tokens: Count, completion_tokens: Count, total_tokens: Count })

/** `openai.chat.completions.create` without `stream`. */
export const ChatCompletion = Schema.Struct({
  id: Schema.NonEmptyString,
  object: Schema.Literal("chat.completion"),
  created: Seconds,
  model: Schema.NonEmptyString,
  system_fingerprint: Schema.optionalKey(Schema.String),
  choices: Schema.mutable(
    Schema.Array(
      Schema.Struct({
        index: Count,
        message: Schema.Struct({
          role: Schema.Literal("assistant"),
          content: Schema.NullOr(Schema.String),
          refusal: Schema.NullOr(Schema.String)
        }),
        logprobs: Schema.Null,
        finish_reason: FinishReason
      })
    ).check(Schema.isMinLength(1))
  ),
  usage: Schema.optionalKey(CompletionUsage)
})

/** One chunk of `openai.chat.completions.create` with `stream`; `choices` is empty in the one with the usage. */
export const ChatCompletionChunk = Schema.Struct({
  id: Schema.NonEmptyString,
  object: Schema.Literal("chat.completion.chunk"),
  created: Seconds,
  model: Schema.NonEmptyString,
  choices: Schema.mutable(
    Schema.Array(
      Schema.Struct({
        index: Count,
        delta: Schema.Struct({
          role: Schema.optionalKey(Schema.Literal("assistant")),
          content: Schema.optionalKey(Schema.NullOr(Schema.String))
        }),
        logprobs: Schema.optionalKey(Schema.Null),
        finish_reason: Schema.NullOr(FinishReason)
      })
    )
  ),
  usage: Schema.optionalKey(Schema.NullOr(CompletionUsage))
})
