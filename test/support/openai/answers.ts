import * as Schema from "effect/Schema"
import { expect } from "vitest"
import { ErrorBody } from "./ErrorBody.ts"
import { Image, ImagesResponse } from "./ImagesResponse.ts"

/** OpenAI's shape with what this service tells beside it, and nothing else. */
const ExtendedImagesResponse = Schema.Struct({
  ...ImagesResponse.fields,
  model: Schema.NonEmptyString,
  data: Schema.Array(Schema.Struct({ ...Image.fields, seed: Schema.optionalKey(Schema.Int) })),
  usage: Schema.Struct({
    input_tokens: Schema.Int,
    output_tokens: Schema.Int,
    total_tokens: Schema.Int,
    input_tokens_details: Schema.Struct({ text_tokens: Schema.Int, image_tokens: Schema.Int }),
    neurons: Schema.Number,
    cost_usd: Schema.Number
  }),
  errors: Schema.optionalKey(
    Schema.Array(
      Schema.Struct({ index: Schema.Int, code: Schema.NullOr(Schema.String), message: Schema.NonEmptyString })
    )
  ),
  warnings: Schema.optionalKey(Schema.Array(Schema.NonEmptyString))
})

const decodeImages = Schema.decodeUnknownSync(ImagesResponse)
const decodeExtended = Schema.decodeUnknownSync(ExtendedImagesResponse, { onExcessProperty: "error" })
const decodeError = Schema.decodeUnknownSync(ErrorBody, { onExcessProperty: "error" })

/** The pictures in a good answer of the Images API, held against OpenAI's shape. */
export const imagesFrom = async (response: Response): Promise<typeof ExtendedImagesResponse.Type> => {
  const text = await response.text()
  expect(response.status, text.slice(0, 500)).toBe(200)
  expect(response.headers.get("content-type")).toMatch(/^application\/json\b/)
  const body: unknown = JSON.parse(text)
  decodeImages(body)
  return decodeExtended(body)
}

/** The failure in an answer, with its status and its hint about trying again. */
export const errorFrom = async (response: Response) => {
  expect(response.headers.get("content-type")).toMatch(/^application\/json\b/)
  const { error } = decodeError(await response.json())
  return { status: response.status, shouldRetry: response.headers.get("x-should-retry"), ...error }
}

/** What a stream of server-sent events held, in order; an event without a name is a `message`. */
export type SsePart = { readonly comment: string } | { readonly event: string; readonly data: string }

/** Reads whole blocks of an event stream. */
export const parseSse = (text: string): ReadonlyArray<SsePart> =>
  text
    .split("\n\n")
    .filter((block) => block !== "")
    .map((block) => {
      const lines = block.split("\n")
      const field = (name: string) =>
        lines.filter((line) => line.startsWith(`${name}: `)).map((line) => line.slice(name.length + 2))
      const known = lines.every((line) => /^(?::|event: |data: )/.test(line))
      expect(known, `not an event: ${block.slice(0, 200)}`).toBe(true)
      if (block.startsWith(":")) return { comment: block.slice(1).trim() }
      return { event: field("event")[0] ?? "message", data: field("data").join("\n") }
    })

/** The parts of an event stream as they come in; nothing is read before it is asked for. */
export async function* ssePartsOf(response: Response): AsyncGenerator<SsePart, undefined> {
  let rest = ""
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    rest += chunk
    const end = rest.lastIndexOf("\n\n") + 2
    if (end > 1) yield* parseSse(rest.slice(0, end))
    if (end > 1) rest = rest.slice(end)
  }
  expect(rest, "the stream ended within an event").toBe("")
}

/** The events of a stream that was opened, without its comments. */
export const eventsFrom = async (response: Response) => {
  expect(response.status).toBe(200)
  expect(response.headers.get("content-type")).toMatch(/^text\/event-stream\b/)
  return parseSse(await response.text()).flatMap((part) => ("data" in part ? [part] : []))
}
