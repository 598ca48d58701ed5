import * as Schema from "effect/Schema"
import { expect } from "vitest"
import { eventsFrom } from "./answers.ts"
import { ChatCompletion, ChatCompletionChunk } from "./ChatCompletion.ts"
import { ErrorBody } from "./ErrorBody.ts"
import type { Service } from "./requests.ts"

/** A request as a client sends it: an object goes out as JSON, a text as it is. */
export const chat = (
  service: Service,
  body: object | string,
  headers: Readonly<Record<string, string>> = {}
): Promise<Response> =>
  service.fetch("/v1/chat/completions", {
    method: "POST",
    headers: { authorization: "Bearer sk-test", "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body)
  })

/** One message from the user, and what else the body says. */
export const says = (content: unknown, fields: object = {}) => ({ messages: [{ role: "user", content }], ...fields })

const Usage = Schema.Struct({
  prompt_tokens: Schema.Int,
  completion_tokens: Schema.Int,
  total_tokens: Schema.Int,
  neurons: Schema.Number,
  cost_usd: Schema.Number
})

const ChatImages = Schema.Array(
  Schema.Struct({
    type: Schema.Literal("image_url"),
    index: Schema.Int,
    image_url: Schema.Struct({ url: Schema.String })
  })
)

/** OpenAI's shapes with what this service tells beside them, and nothing else. */
const ExtendedCompletion = Schema.Struct({
  ...ChatCompletion.fields,
  choices: Schema.Tuple([
    Schema.Struct({
      index: Schema.Literal(0),
      message: Schema.Struct({
        role: Schema.Literal("assistant"),
        content: Schema.String,
        refusal: Schema.Null,
        images: Schema.optionalKey(ChatImages)
      }),
      logprobs: Schema.Null,
      finish_reason: Schema.Literal("stop")
    })
  ]),
  usage: Usage
})
const ExtendedChunk = Schema.Struct({
  ...ChatCompletionChunk.fields,
  choices: Schema.Array(
    Schema.Struct({
      index: Schema.Literal(0),
      delta: Schema.Struct({
        role: Schema.optionalKey(Schema.Literal("assistant")),
        content: Schema.optionalKey(Schema.String),
        images: Schema.optionalKey(ChatImages)
      }),
      logprobs: Schema.Null,
      finish_reason: Schema.NullOr(Schema.Literal("stop"))
    })
  ),
  usage: Schema.optionalKey(Usage)
})
export type Chunk = typeof ExtendedChunk.Type

const decodeOpenAiCompletion = Schema.decodeUnknownSync(ChatCompletion)
const decodeCompletion = Schema.decodeUnknownSync(ExtendedCompletion, { onExcessProperty: "error" })
const decodeOpenAiChunk = Schema.decodeUnknownSync(ChatCompletionChunk)
const decodeChunk = Schema.decodeUnknownSync(ExtendedChunk, { onExcessProperty: "error" })
const decodeError = Schema.decodeUnknownSync(ErrorBody, { onExcessProperty: "error" })

/** A good answer in JSON, held against OpenAI's shape, with its one message taken out. */
export const completionFrom = async (response: Response) => {
  const text = await response.text()
  expect(response.status, text.slice(0, 500)).toBe(200)
  expect(response.headers.get("content-type")).toMatch(/^application\/json\b/)
  const body: unknown = JSON.parse(text)
  decodeOpenAiCompletion(body)
  const completion = decodeCompletion(body)
  const { content, images } = completion.choices[0].message
  return { ...completion, content, images }
}

/** The text of a good answer in JSON. */
export const contentFrom = async (response: Response): Promise<string> => (await completionFrom(response)).content

/** One chunk, held against OpenAI's shape. */
export const parseChunk = (data: string): Chunk => {
  const chunk: unknown = JSON.parse(data)
  decodeOpenAiChunk(chunk)
  return decodeChunk(chunk)
}

/** A whole stream: its chunks in order, the text that they make up, and the error that it told, if any. */
export const streamFrom = async (response: Response) => {
  const events = (await eventsFrom(response)).map(({ data, event }) => {
    expect(event).toBe("message")
    return data
  })
  expect(events.at(-1)).toBe("[DONE]")
  const told = events.slice(0, -1)
  const errors = told.filter((data) => data.startsWith('{"error"')).map((data) => decodeError(JSON.parse(data)).error)
  if (errors.length > 0) expect(told.at(-1)).toMatch(/^\{"error"/)
  const chunks = told.filter((data) => !data.startsWith('{"error"')).map(parseChunk)
  const content = chunks.map((chunk) => chunk.choices[0]?.delta.content ?? "").join("")
  expect(errors.length).toBeLessThanOrEqual(1)
  return { chunks, content, error: errors[0] }
}
