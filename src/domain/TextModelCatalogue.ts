/** A text model of Workers AI that improves prompts: what it is told beside the messages, and what it costs. */
export interface TextModel {
  readonly id: string
  /** Neurons for a million tokens. */
  readonly neurons: { readonly input: number; readonly output: number }
  /** The most tokens that it may write. Thoughts count. */
  readonly maximumTokens: number
  /** What keeps it from thinking before it answers, or makes it think little. */
  readonly fields: Readonly<Record<string, unknown>>
}

/** What a model may write: a prompt of 120 words has about 200 tokens. */
const answerTokens = 400

/** What a model may write that thinks whatever it is told. Cut off in its thoughts it would be paid for nothing. */
const thoughtTokens = 2000

const plain = (id: string, input: number, output: number): TextModel => ({
  id,
  neurons: { input, output },
  maximumTokens: answerTokens,
  fields: {}
})

/** Thinks before it answers, but for this field. Other models may refuse it. */
const quiet = (id: string, input: number, output: number): TextModel => ({
  ...plain(id, input, output),
  fields: { chat_template_kwargs: { enable_thinking: false } }
})

const thinking = (id: string, input: number, output: number, fields: TextModel["fields"] = {}): TextModel => ({
  ...plain(id, input, output),
  maximumTokens: thoughtTokens,
  fields
})

/** The cheapest that knows all languages of this service, and whose thinking can be switched off. */
const gemma = quiet("@cf/google/gemma-4-26b-a4b-it", 9091, 27_273)

// https://developers.cloudflare.com/workers-ai/platform/pricing/
const textModels: ReadonlyArray<TextModel> = [
  gemma,
  plain("@cf/ibm-granite/granite-4.0-h-micro", 1542, 10_158),
  plain("@cf/meta/llama-3.2-1b-instruct", 2457, 18_252),
  plain("@cf/meta/llama-3.2-3b-instruct", 4625, 30_475),
  plain("@cf/meta/llama-3.1-8b-instruct-fp8-fast", 4119, 34_868),
  plain("@cf/meta/llama-3.1-8b-instruct-fp8", 13_778, 26_128),
  plain("@cf/meta/llama-4-scout-17b-16e-instruct", 24_545, 77_273),
  plain("@cf/meta/llama-3.3-70b-instruct-fp8-fast", 26_668, 204_805),
  plain("@cf/mistralai/mistral-small-3.1-24b-instruct", 31_876, 50_488),
  plain("@cf/aisingapore/gemma-sea-lion-v4-27b-it", 31_876, 50_488),
  quiet("@cf/zai-org/glm-4.7-flash", 5500, 36_400),
  quiet("@cf/qwen/qwen3.8-27b", 31_876, 204_805),
  thinking("@cf/qwen/qwen3-30b-a3b-fp8", 4636, 30_455),
  thinking("@cf/openai/gpt-oss-20b", 18_182, 27_273, { reasoning_effort: "low" })
]

/** The model that improves prompts where none is named. */
export const defaultTextModel = gemma

/** The model of this id. One that is not known is taken for one that costs as much as the dearest, and does not think. */
export const textModelOf = (id: string): TextModel =>
  textModels.find((model) => model.id === id) ?? plain(id, 31_876, 204_805)

// https://developers.cloudflare.com/changelog/post/2026-05-08-planned-model-deprecations/
// Linear: it is anchored, and what may be anything stands last.
const ended =
  /^(?:llama-2-.*|llama-3-8b-instruct(?:-awq)?|llama-3\.1-(?:8b-instruct(?:-awq)?|70b-instruct)|mistral-7b-instruct-v0\.[12]|gemma-7b-it|gemma-3-12b-it|hermes-2-pro.*|phi-2|qwen1\.5-.*|tinyllama.*|zephyr.*|openchat.*|falcon.*|discolm.*)$/

/** Whether Workers AI is known to offer a text model no more. */
export const isRetired = (id: string): boolean => ended.test(id.slice(id.lastIndexOf("/") + 1))

/** What so many tokens cost, in neurons. */
export const neuronsFor = (
  { neurons }: TextModel,
  tokens: { readonly input: number; readonly output: number }
): number => (neurons.input * tokens.input + neurons.output * tokens.output) / 1_000_000

// English has more than four bytes to a token; of Chinese or Japanese a character is three bytes and about one token.
const bytesPerToken = 3
const utf8 = new TextEncoder()

/** The most that an answer to this text costs, in neurons. */
export const estimateTextNeurons = (model: TextModel, text: string): number =>
  neuronsFor(model, { input: Math.ceil(utf8.encode(text).length / bytesPerToken), output: model.maximumTokens })
