import * as Schema from "effect/Schema"
import type OpenAI from "openai"
import { describe, expect, expectTypeOf, it } from "vitest"
import { ChatCompletion, ChatCompletionChunk } from "./ChatCompletion.ts"
import { ErrorBody } from "./ErrorBody.ts"
import { ImageEditCompletedEvent, ImageGenCompletedEvent } from "./ImageStreamEvent.ts"
import { ImagesResponse } from "./ImagesResponse.ts"
import { Model, ModelList } from "./Model.ts"

const tokens = { input_tokens: 1, output_tokens: 2, total_tokens: 3 }
const usage = { ...tokens, input_tokens_details: { text_tokens: 1, image_tokens: 0 } }
const images = {
  created: 1_790_000_000,
  data: [{ b64_json: "AAAA" }, { url: "https://example.com/image/a.jpg" }],
  quality: "medium",
  size: "1024x1024",
  usage
}
const completed = {
  type: "image_generation.completed",
  b64_json: "AAAA",
  background: "opaque",
  created_at: 1_790_000_000,
  output_format: "jpeg",
  quality: "auto",
  size: "1024x1024",
  usage
}
const choice = {
  index: 0,
  message: { role: "assistant", content: "", refusal: null },
  logprobs: null,
  finish_reason: "stop"
}
const chat = { id: "a", object: "chat.completion", created: 1_790_000_000, model: "m", choices: [choice] }
const chunk = { ...chat, object: "chat.completion.chunk", choices: [{ index: 0, delta: {}, finish_reason: null }] }
const model = { id: "m", object: "model", created: 1_790_000_000, owned_by: "o" }
const error = { message: "m", type: "t", param: null, code: null }

describe("the shapes of OpenAI", () => {
  it("are the types of the SDK", () => {
    expectTypeOf<typeof ImagesResponse.Type>().toExtend<OpenAI.ImagesResponse>()
    expectTypeOf<typeof ImageGenCompletedEvent.Type>().toExtend<OpenAI.ImageGenCompletedEvent>()
    expectTypeOf<typeof ImageEditCompletedEvent.Type>().toExtend<OpenAI.ImageEditCompletedEvent>()
    expectTypeOf<typeof ChatCompletion.Type>().toExtend<OpenAI.ChatCompletion>()
    expectTypeOf<typeof ChatCompletionChunk.Type>().toExtend<OpenAI.ChatCompletionChunk>()
    expectTypeOf<typeof Model.Type>().toExtend<OpenAI.Model>()
    expectTypeOf<(typeof ErrorBody.Type)["error"]>().toExtend<OpenAI.ErrorObject>()
  })

  it.each([
    ["images", ImagesResponse, images],
    ["a picture's event", ImageGenCompletedEvent, completed],
    ["an edit's event", ImageEditCompletedEvent, { ...completed, type: "image_edit.completed" }],
    ["a chat completion", ChatCompletion, chat],
    ["a chunk", ChatCompletionChunk, chunk],
    ["the chunk with the usage", ChatCompletionChunk, { ...chunk, choices: [] }],
    ["a list of models", ModelList, { object: "list", data: [model] }],
    ["an error", ErrorBody, { error }]
  ])("take %s", (_name, schema, value) => {
    expect(Schema.is(schema)(value)).toBe(true)
  })

  it.each([
    ["a picture without link and bytes", ImagesResponse, { ...images, data: [{}] }],
    ["bytes that are no base64", ImagesResponse, { ...images, data: [{ b64_json: "%" }] }],
    ["null for what is absent", ImagesResponse, { ...images, data: [{ b64_json: "AAAA", url: null }] }],
    ["a quality that only requests have", ImagesResponse, { ...images, quality: "auto" }],
    ["a size that only requests have", ImagesResponse, { ...images, size: "auto" }],
    ["milliseconds", ImagesResponse, { ...images, created: 1_790_000_000_000 }],
    ["usage without details", ImagesResponse, { ...images, usage: tokens }],
    ["the event of an edit", ImageGenCompletedEvent, { ...completed, type: "image_edit.completed" }],
    ["an event without usage", ImageGenCompletedEvent, { ...completed, usage: undefined }],
    ["a chat without choices", ChatCompletion, { ...chat, choices: [] }],
    ["a chat without finish_reason", ChatCompletion, { ...chat, choices: [{ ...choice, finish_reason: null }] }],
    ["a chunk without finish_reason", ChatCompletionChunk, { ...chunk, choices: [{ index: 0, delta: {} }] }],
    ["a model without owner", Model, { ...model, owned_by: undefined }],
    ["an error without param", ErrorBody, { error: { ...error, param: undefined } }],
    ["an error as text", ErrorBody, { error: "m" }]
  ])("refuse %s", (_name, schema, value) => {
    expect(Schema.is(schema)(value)).toBe(false)
  })
})
