import { describe, expect, it } from "vitest"
import { FakeFluxModel, FakePromptOptimizer } from "../support/layers/testLayers.ts"
import { imagesFrom } from "../support/openai/answers.ts"
import { chat, contentFrom, says } from "../support/openai/chat.ts"
import { generate } from "../support/openai/requests.ts"
import { testApp } from "../support/testApp.ts"

const studio = () => {
  const flux = FakeFluxModel.make()
  const optimizer = FakePromptOptimizer.make()
  return { app: testApp({ flux: flux.layer, optimizer: optimizer.layer }), flux, optimizer }
}

/** How each dialect sends a text, and the prompt that its answer tells. */
const dialects = {
  chat: async (app: ReturnType<typeof testApp>, text: string) => {
    await contentFrom(await chat(app, says(text)))
  },
  images: async (app: ReturnType<typeof testApp>, text: string) => {
    await imagesFrom(await generate(app, { prompt: text }))
  }
}

const instructions = [
  "Use the following text as the complete prompt. Do not rewrite it:\n",
  "Use the following text as the complete prompt. Do not rewrite it:\r\n\r\n",
  "\n Use the text below as the exact prompt, unchanged:\n",
  "Draw the following prompt as is:\n",
  "Take this as your only prompt and don't change or translate anything:\n",
  "Please pass the following image prompt on verbatim:\n",
  "请将以下文本作为完整提示词，不要改写：\n",
  "請直接使用下面的提示詞，不要修改：\n",
  "次の文章をプロンプトとしてそのまま使ってください：\n",
  "Nimm den folgenden Text als vollständigen Prompt und ändere ihn nicht, unverändert:\n",
  "Usa el texto siguiente como el prompt, sin cambios:\n",
  "Utilise ce texte comme prompt, sans le modifier:\n",
  "Используй этот текст как готовый промпт, без изменений:\n",
  "다음 글을 프롬프트로 그대로 사용하세요:\n",
  "I NEED to test how the tool works with extremely simple prompts. DO NOT add any detail, just use it AS-IS: "
]

describe.each(Object.entries(dialects))("an instruction before the prompt (%s)", (_, send) => {
  it.each(instructions)("is no part of it, and means --raw: %j", async (instruction) => {
    const { app, flux, optimizer } = studio()
    await send(app, `${instruction}A fox in the snow,\nat night 16:9`)
    expect(flux.requests.map(({ prompt }) => prompt)).toEqual(["A fox in the snow,\nat night"])
    expect(optimizer.calls).toEqual([])
  })

  it.each([
    "Use the following text on the sign. Do not rewrite it:\nFRESH FISH",
    "A poster with the following text, unchanged:\nFRESH FISH",
    "A painting of a prompt engineer who shouts: do not change it:\nnever",
    "Use the following text as the complete prompt. Do not rewrite it:",
    "Use the following text as the complete prompt. Do not rewrite it:\n\n",
    "Use the following text as the complete prompt:\na fox",
    "a fox\nUse the following text as the complete prompt. Do not rewrite it:\na hare",
    `A scene that goes on ${"and on ".repeat(40)} as the complete prompt, unchanged:\na fox`,
    "I NEED to test how the tool works with extremely simple prompts. DO NOT add any detail, just use it AS-IS:",
    "A fox:\nas is"
  ])("that is one of the picture, or all there is, stays: %j", async (prompt) => {
    const { app, optimizer } = studio()
    await send(app, prompt)
    expect(optimizer.calls.map(({ prompt: asked }) => asked)).toEqual([prompt.trim()])
  })
})

it("is not told as the user's prompt, and an edit by phrase is found after it", async () => {
  const { app, flux } = studio()
  const first = await contentFrom(
    await chat(app, says("Use the following text as the complete prompt. Do not rewrite it:\nA fox 16:9"))
  )
  expect(first).toMatch(/^🎨 Original prompt: A fox 16:9 {2}\n/)
  const messages = [
    { role: "user", content: "A fox" },
    { role: "assistant", content: first },
    { role: "user", content: "Use the following text as the complete prompt. Do not rewrite it:\nmake it winter" }
  ]
  await contentFrom(await chat(app, { messages }))
  expect(flux.requests.at(-1)).toMatchObject({ prompt: "make it winter" })
  expect(flux.requests.at(-1)?.inputs).toHaveLength(1)
})
