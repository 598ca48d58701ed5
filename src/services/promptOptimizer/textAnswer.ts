import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { neuronsFor, type TextModel } from "../../domain/TextModelCatalogue.ts"
import { roundNeurons } from "../../domain/Usage.ts"
import { answerIn, failureIn, isRecord } from "../fluxModel/answer.ts"
import type { UpstreamFailure } from "../fluxModel/failure.ts"
import type { UpstreamAnswer } from "../fluxModel/Transport.ts"
import { neuronsOf } from "../fluxModel/toldNeurons.ts"
import { type Completion, completionIn } from "./completion.ts"

/** What Workers AI said when it did not write, with what the call cost where that was told. */
export interface TextFailure extends UpstreamFailure {
  readonly _tag: "Failure"
  readonly neurons: number | undefined
}

/** What a text model of Workers AI answered. */
export interface TextAnswer {
  readonly _tag: "Answer"
  /** `undefined` where there is no text in it. */
  readonly completion: Completion | undefined
  /** What the call cost: as it was told, else by the tokens that were. */
  readonly neurons: number | undefined
  /** The model that says that it answered, where one does. */
  readonly answeredBy: string | undefined
}

const TokenCount = Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1e9 }))
const decodeTokens = Schema.decodeUnknownOption(
  Schema.Struct({ prompt_tokens: TokenCount, completion_tokens: TokenCount })
)
const decodeOutput = Schema.decodeUnknownOption(
  Schema.Array(Schema.Struct({ type: Schema.optional(Schema.Unknown), content: Schema.optional(Schema.Unknown) }))
)

/**
 * Reads an answer in each of the forms that text models have: `choices` as in OpenAI's chat, `response` of the older ones,
 * `output` as in OpenAI's responses; with the envelope of the REST API or without.
 */
export const readTextAnswer = (answer: UpstreamAnswer, model: TextModel): TextAnswer | TextFailure => {
  const { body, neurons: inHeader, status } = answer
  const whole = answerIn(body)
  const result = isRecord(whole?.result) ? whole.result : whole
  const fields: Readonly<Record<string, unknown>> = isRecord(result) ? result : {}
  const neurons = inHeader ?? neuronsOf(fields.usage) ?? neuronsOf(whole?.usage) ?? byTokens(fields.usage, model)
  const failure = failureIn(whole, body, status)
  const ok = status >= 200 && status <= 299
  if (!ok || whole?.success === false || failure.code !== undefined) return { _tag: "Failure", ...failure, neurons }
  return {
    _tag: "Answer",
    completion: completionIn(fields) ?? inResponse(fields.response) ?? inOutput(fields.output),
    neurons,
    answeredBy: typeof fields.model === "string" ? fields.model : undefined
  }
}

const byTokens = (usage: unknown, model: TextModel): number | undefined =>
  Option.match(decodeTokens(usage), {
    onNone: () => undefined,
    onSome: ({ completion_tokens, prompt_tokens }) =>
      roundNeurons(neuronsFor(model, { input: prompt_tokens, output: completion_tokens }))
  })

const inResponse = (response: unknown): Completion | undefined =>
  typeof response === "string" ? { content: response, refused: false, whole: true } : undefined

/** The first message; what the model thought is beside it. */
const inOutput = (output: unknown): Completion | undefined => {
  const items = Option.getOrUndefined(decodeOutput(output)) ?? []
  const message = items.find(({ type }) => type === "message")
  return message && completionIn({ choices: [{ message: { content: message.content } }] })
}
