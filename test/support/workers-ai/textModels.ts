import { utf8 } from "./bytes.ts"
import type { Inputs } from "./inputs.ts"
import type { Rule } from "./models.ts"
import { badInput, checkField } from "./validate.ts"
import { aiError, type Face, resultBody, type SampleImage, type UpstreamError } from "./wire.ts"

/** A text model: what it takes, how it answers, and what it bills. */
interface TextModel {
  readonly fields: Readonly<Record<string, Rule>>
  readonly shape: "response" | "choices"
  /** Whether it thinks before it answers: never, always, or where `enable_thinking` is not `false`. */
  readonly thinks: "never" | "always" | "unless told"
  /** Neurons for a million tokens. */
  readonly input: number
  readonly output: number
}

const rules: Readonly<Record<string, Rule>> = {
  messages: { type: "array" },
  max_tokens: { type: "integer", minimum: 1 },
  temperature: { type: "number", minimum: 0, maximum: 5 },
  top_p: { type: "number", minimum: 0.001, maximum: 1 },
  seed: { type: "integer", minimum: 1, maximum: 9_999_999_999 }
}
const chatRules: Readonly<Record<string, Rule>> = { ...rules, reasoning_effort: { type: "string" } }
const quietable: Readonly<Record<string, Rule>> = { ...chatRules, chat_template_kwargs: { type: "object" } }

const textModels: ReadonlyMap<string, TextModel> = new Map<string, TextModel>([
  [
    "@cf/google/gemma-4-26b-a4b-it",
    { fields: quietable, shape: "choices", thinks: "unless told", input: 9091, output: 27_273 }
  ],
  [
    "@cf/ibm-granite/granite-4.0-h-micro",
    { fields: rules, shape: "choices", thinks: "never", input: 1542, output: 10_158 }
  ],
  [
    "@cf/mistralai/mistral-small-3.1-24b-instruct",
    { fields: rules, shape: "response", thinks: "never", input: 31_876, output: 50_488 }
  ],
  ["@cf/openai/gpt-oss-20b", { fields: chatRules, shape: "choices", thinks: "always", input: 18_182, output: 27_273 }]
])

const ended: ReadonlyArray<string> = ["@cf/google/gemma-3-12b-it", "@cf/meta/llama-3.1-8b-instruct"]
const paid: ReadonlyArray<string> = ["@cf/zai-org/glm-5.2", "@cf/moonshotai/kimi-k2.7-code"]

/** Whether a call is one for text. */
export const isTextModel = (model: string): boolean =>
  textModels.has(model) || ended.includes(model) || paid.includes(model)

/** A call that its model accepts: what the person says, and how it is answered. */
export interface TextJob {
  readonly model: string
  readonly wish: string
  readonly words: number
  readonly maximum: number
  readonly thinking: boolean
}

const isMessage = (value: unknown): value is { readonly role: string; readonly content: string } => {
  const { content, role }: Readonly<Record<string, unknown>> = Object(value)
  return typeof content === "string" && typeof role === "string" && ["system", "user", "assistant"].includes(role)
}

/** Four letters are about one token. */
const tokensOf = (text: string): number => Math.ceil(text.length / 4)

/** Holds `inputs` against the schema of a text model. */
export const planText = (model: string, inputs: Inputs): TextJob | UpstreamError => {
  if (ended.includes(model)) {
    return aiError(410, 5028, "This model was deprecated on 2026-05-30. Please use an alternative model")
  }
  if (paid.includes(model)) return aiError(403, 5035, "Model is not available on the Workers Free plan.")
  const schema = textModels.get(model)
  if (schema === undefined) return aiError(400, 5007, `No such model ${model} or task`, "No such model: ")
  if (inputs._tag === "Unreadable") return inputs.error
  if (inputs._tag === "Form") return badInput("required properties at '/' are 'messages'")
  const { fields } = inputs
  const unknown = Object.keys(fields).filter((name) => !Object.hasOwn(schema.fields, name))
  if (unknown.length > 0) {
    return badInput(`Additional or unevaluated properties '/${unknown.join(", /")}' at '/' not allowed`)
  }
  for (const [name, rule] of Object.entries(schema.fields)) {
    const error = Object.hasOwn(fields, name) ? checkField(name, rule, fields[name]) : undefined
    if (error !== undefined) return error
  }
  const messages: ReadonlyArray<unknown> = Array.isArray(fields.messages) ? fields.messages : []
  if (messages.length === 0) return badInput("required properties at '/' are 'messages'")
  if (!messages.every(isMessage)) return badInput("Type mismatch of '/messages/0/content', 'string' not in 'null'")
  const told: Readonly<Record<string, unknown>> = Object(fields.chat_template_kwargs)
  return {
    model,
    wish: messages.findLast(({ role }) => role === "user")?.content ?? "",
    words: messages.reduce((sum, { content }) => sum + tokensOf(content), 0),
    maximum: Number(fields.max_tokens ?? 256),
    thinking: schema.thinks === "always" || (schema.thinks === "unless told" && told.enable_thinking !== false)
  }
}

const thoughtTokens = 600

/**
 * The answer to a text job, as bytes of JSON: what `say` makes of the wish. A model that thinks and may not write enough
 * comes to no answer, and bills what it thought.
 */
export const writeText = (face: Face, job: TextJob, say: (wish: string) => string): SampleImage => {
  const { input, output, shape } = textModels.get(job.model) ?? { input: 0, output: 0, shape: "choices" as const }
  const answer = say(job.wish)
  const needed = tokensOf(answer) + (job.thinking ? thoughtTokens : 0)
  const cut = needed > job.maximum
  const written = Math.min(needed, job.maximum)
  const neurons = Math.round((job.words * input + written * output) / 10_000) / 100
  const usage = { prompt_tokens: job.words, completion_tokens: written, total_tokens: job.words + written }
  const content = cut && job.thinking ? null : cut ? answer.slice(0, 4 * job.maximum) : answer
  const result =
    shape === "response"
      ? { response: content, usage }
      : {
          id: "chatcmpl-fake",
          object: "chat.completion",
          created: 1,
          model: job.model,
          choices: [
            {
              index: 0,
              message: {
                role: "assistant",
                content,
                ...(job.thinking && { reasoning_content: "They want a picture." })
              },
              finish_reason: cut ? "length" : "stop"
            }
          ],
          usage: { ...usage, neurons }
        }
  return {
    bytes: utf8(JSON.stringify(resultBody(face, result))),
    delivery: { form: "raw", contentType: "application/json" },
    // Whether the binding passes the header on is not known.
    neurons: face === "rest" ? neurons : undefined
  }
}
