import * as Option from "effect/Option"
import * as Schema from "effect/Schema"

/** What a chat model said. */
export interface Completion {
  readonly content: string
  /** Whether it declined in the field that there is for it. */
  readonly refused: boolean
  /** Whether it came to an end of its own, as far as that is told. */
  readonly whole: boolean
}

const textPart = Schema.Struct({ type: Schema.Literals(["text", "output_text"]), text: Schema.String })
const isTextPart = Schema.is(
  Schema.Union([textPart, Schema.Struct({ text: Schema.String, type: Schema.optional(Schema.Undefined) })])
)
const isRefusalPart = Schema.is(Schema.Struct({ type: Schema.Literal("refusal") }))

const Message = Schema.Struct({
  content: Schema.optional(Schema.NullOr(Schema.Union([Schema.String, Schema.Array(Schema.Unknown)]))),
  refusal: Schema.optional(Schema.NullOr(Schema.String))
})
type Message = typeof Message.Type

const Choice = Schema.Struct({
  message: Schema.optional(Message),
  delta: Schema.optional(Message),
  finish_reason: Schema.optional(Schema.NullOr(Schema.String))
})

const Choices = Schema.Struct({ choices: Schema.Array(Choice) })
const decode = Schema.decodeUnknownOption(Schema.fromJsonString(Choices))
const decodeChoices = Schema.decodeUnknownOption(Choices)

/**
 * Reads the body of a chat completion: as JSON, also after lines of comment that keep a connection open, or as the stream
 * that was not asked for. `undefined` where it is neither, or breaks off.
 */
export const readCompletion = (body: string): Completion | undefined => {
  const text = body.replace(/^\uFEFF/, "").trim()
  const lines = text.split(/\r\n|[\n\r]/)
  const said = lines.filter((line) => !line.startsWith(":"))
  return said.some((line) => /^data:/.test(line)) && !text.startsWith("{")
    ? readStream(said)
    : readJson(said.join("\n"))
}

const readJson = (text: string): Completion | undefined => firstOf(Option.getOrUndefined(decode(text)))

/** Reads a chat completion that is no text any more. */
export const completionIn = (value: unknown): Completion | undefined =>
  firstOf(Option.getOrUndefined(decodeChoices(value)))

const firstOf = (completion: typeof Choices.Type | undefined): Completion | undefined => {
  const [choice] = completion?.choices ?? []
  return choice?.message ? { ...read(choice.message), ...ended(choice.finish_reason) } : undefined
}

const readStream = (lines: ReadonlyArray<string>): Completion | undefined => {
  let content = ""
  let refused = false
  let finish: string | undefined
  for (const line of lines) {
    const data = /^data:(.*)$/.exec(line)?.[1]?.trim()
    if (data === undefined || data === "") continue
    if (data === "[DONE]") {
      finish ??= "stop"
      break
    }
    const chunk = Option.getOrUndefined(decode(data))
    // An error in the middle, or half of a chunk.
    if (!chunk) return undefined
    const [choice] = chunk.choices
    const message = choice?.delta ?? choice?.message
    if (message) {
      const part = read(message)
      content += part.content
      refused ||= part.refused
    }
    finish = choice?.finish_reason ?? finish
  }
  return finish === undefined
    ? undefined
    : { content, refused: refused || finish === "content_filter", ...ended(finish) }
}

const read = ({ content, refusal }: Message): Pick<Completion, "content" | "refused"> => {
  const parts = Array.isArray(content) ? content : []
  return {
    // What a model thought is in parts of other types.
    content:
      typeof content === "string"
        ? content
        : parts
            .filter(isTextPart)
            .map(({ text }) => text)
            .join(""),
    refused: Boolean(refusal) || parts.some(isRefusalPart)
  }
}

/** What was cut off may be the thoughts before the prompt, or half of it. */
const ended = (reason: string | null | undefined): Pick<Completion, "whole"> => ({ whole: reason !== "length" })
