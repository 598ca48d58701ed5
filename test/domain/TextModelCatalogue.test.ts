import { describe, expect, it } from "vitest"
import { defaultTextModel, estimateTextNeurons, neuronsFor, textModelOf } from "../../src/domain/TextModelCatalogue.ts"

describe("text models", () => {
  it("are told not to think where that can be said, and nothing else", () => {
    expect(defaultTextModel).toMatchObject({
      id: "@cf/google/gemma-4-26b-a4b-it",
      maximumTokens: 400,
      fields: { chat_template_kwargs: { enable_thinking: false } }
    })
    expect(textModelOf("@cf/ibm-granite/granite-4.0-h-micro").fields).toEqual({})
  })

  it("may write more where they think whatever they are told", () => {
    expect(textModelOf("@cf/openai/gpt-oss-20b").maximumTokens).toBeGreaterThan(defaultTextModel.maximumTokens)
  })

  it.each([
    ["@cf/google/gemma-4-26b-a4b-it", 8.64],
    ["@cf/ibm-granite/granite-4.0-h-micro", 2.29],
    ["@cf/mistralai/mistral-small-3.1-24b-instruct", 23.51]
  ])("cost what the price list says: %s", (id, neurons) => {
    expect(neuronsFor(textModelOf(id), { input: 500, output: 150 })).toBeCloseTo(neurons, 2)
  })

  it("cost as much as the dearest where they are not known", () => {
    const known = textModelOf("@cf/meta/llama-3.3-70b-instruct-fp8-fast")
    expect(estimateTextNeurons(textModelOf("@cf/new/model"), "a fox")).toBeGreaterThanOrEqual(
      estimateTextNeurons(known, "a fox")
    )
  })

  it("are estimated by the bytes of the text: a character may be a token of its own", () => {
    const [short, long] = ["a".repeat(300), "狐".repeat(300)].map((text) => estimateTextNeurons(defaultTextModel, text))
    expect(Number(long) - Number(short)).toBeCloseTo((200 * 9091) / 1e6, 4)
  })
})
