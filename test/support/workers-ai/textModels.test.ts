import { describe, expect, it } from "vitest"
import { makeFakeWorkersAi } from "./FakeWorkersAi.ts"

const gemma = "@cf/google/gemma-4-26b-a4b-it"
const granite = "@cf/ibm-granite/granite-4.0-h-micro"
const messages = [{ role: "user", content: "a fox" }]
const quiet = { chat_template_kwargs: { enable_thinking: false } }

const ask = async (model: string, inputs: Readonly<Record<string, unknown>>) => {
  const answer = await makeFakeWorkersAi().run(model, inputs, { returnRawResponse: true })
  if (!(answer instanceof Response)) throw new Error("No response.")
  return { status: answer.status, body: await answer.json() }
}

describe("the text models of the fake Workers AI", () => {
  it.each([
    ["an unknown field", granite, { messages, prompt_style: "x" }, 5006],
    ["a switch for thinking that the model lacks", granite, { messages, ...quiet }, 5006],
    ["no messages", gemma, { prompt: "a fox" }, 5006],
    ["content that is null", gemma, { messages: [{ role: "user", content: null }] }, 5006],
    ["a temperature out of bounds", gemma, { messages, temperature: 9 }, 5006],
    ["a model that has ended", "@cf/google/gemma-3-12b-it", { messages }, 5028],
    ["a model of the paid plan", "@cf/zai-org/glm-5.2", { messages }, 5035]
  ])("refuse %s", async (_, model, inputs, internalCode) => {
    expect((await ask(model, inputs)).body).toMatchObject({ internalCode })
  })

  it("think first where they are not told otherwise, and come to no answer with few tokens", async () => {
    expect((await ask(gemma, { messages, max_tokens: 400 })).body).toMatchObject({
      choices: [{ message: { content: null }, finish_reason: "length" }],
      usage: { completion_tokens: 400 }
    })
    expect((await ask(gemma, { messages, max_tokens: 400, ...quiet })).body).toMatchObject({
      choices: [{ message: { content: "A detailed picture of a fox." }, finish_reason: "stop" }]
    })
  })

  it("write 256 tokens where nothing is said", async () => {
    const fake = makeFakeWorkersAi()
    fake.say = () => "fox ".repeat(1000)
    const { choices }: { choices: ReadonlyArray<{ finish_reason: string }> } = await fake
      .run(granite, { messages })
      .then(Object)
    expect(choices[0]?.finish_reason).toBe("length")
  })
})
