import { describe, expect, it } from "vitest"
import { FluxModel } from "../../src/services/FluxModel.ts"
import { makeFakeKv } from "../support/FakeKv.ts"
import { imagesFrom } from "../support/openai/answers.ts"
import { chat, completionFrom, says } from "../support/openai/chat.ts"
import { generate } from "../support/openai/requests.ts"
import { testApp } from "../support/testApp.ts"
import { makeFakeWorkersAi } from "../support/workers-ai/FakeWorkersAi.ts"
import { aiBinding } from "../support/workers-ai/faces.ts"
import type { Face } from "../support/workers-ai/wire.ts"

const gemma = "@cf/google/gemma-4-26b-a4b-it"
const schnell = "@cf/black-forest-labs/flux-1-schnell"

/** A service over one face of Workers AI, which draws and improves prompts. */
const studio = (face: Face | "preview", env: Readonly<Record<string, string>> = { PROMPT_OPTIMIZATION: "true" }) => {
  const ai = makeFakeWorkersAi()
  const app = testApp({
    flux: FluxModel.layer,
    fetch: ai.fetch,
    bindings: { AI: aiBinding(ai), FLUX_CF_KV: makeFakeKv().namespace },
    env: { FLUX_BACKEND: face, ...env }
  })
  const wishes = () => ai.calls.flatMap(({ fields, model }) => (model === gemma ? [fields.messages] : []))
  const drawn = () => ai.calls.flatMap(({ fields, model }) => (model === schnell ? [fields.prompt] : []))
  return { ai, app, drawn, wishes }
}

const asked = (wish: string) => [expect.objectContaining({ role: "system" }), { role: "user", content: wish }]

describe.each<Face>(["rest", "binding"])("prompts that are improved without a key (%s)", (face) => {
  it("are drawn in a chat, without ratio and flags, and told with their cost", async () => {
    const { ai, app, drawn, wishes } = studio(face)
    ai.say = () => 'A fox under a shop sign that reads "Zum Bären".'
    const response = await chat(app, says('Ein Fuchs unter einem Schild "Zum Bären" --steps 4 1:1'))
    const { content, usage } = await completionFrom(response)
    expect(wishes()).toEqual([asked('Ein Fuchs unter einem Schild "Zum Bären"')])
    expect(drawn()).toEqual(['A fox under a shop sign that reads "Zum Bären".'])
    expect(content).toContain(`💬 Prompt model: ${gemma}  \n🌐 Optimized prompt: A fox under a shop sign`)
    expect(usage.neurons).toBeGreaterThan(173)
    expect(usage.neurons).toBeLessThan(190)
    expect(response.headers.get("x-flux-neurons")).toBe(String(usage.neurons))
  })

  it("are told as revised_prompt by the Images API, whose usage has their cost", async () => {
    const { app, drawn } = studio(face)
    const { data, usage } = await imagesFrom(await generate(app, { prompt: "一只狐狸", n: 2 }))
    const revised = "A detailed picture of 一只狐狸."
    expect(data.map(({ revised_prompt }) => revised_prompt)).toEqual([revised, revised])
    expect(drawn()).toEqual([revised, revised])
    expect(usage.neurons).toBeGreaterThan(345.6)
  })

  it("are estimated at the head of a stream, whose events tell what they cost", async () => {
    const { app, ai } = studio(face)
    ai.failNext({
      _tag: "Reply",
      status: 200,
      body: { choices: [{ message: { content: "A red fox." }, finish_reason: "stop" }], usage: { neurons: 7.25 } }
    })
    const response = await generate(app, { stream: true })
    expect(Number(response.headers.get("x-flux-neurons"))).toBeGreaterThan(172.8 + 11)
    const text = await response.text()
    expect(text.includes('"neurons":180.05') && text.includes('"revised_prompt":"A red fox."')).toBe(true)
  })

  it("are drawn as they were where it does not work, and the answer says why", async () => {
    const { ai, app, drawn } = studio(face)
    ai.failNext("planRequired")
    const { warnings } = await imagesFrom(await generate(app, { prompt: "Ein Fuchs" }))
    expect(warnings).toEqual(["The original prompt was drawn: this Cloudflare account may not use the prompt model."])
    expect(drawn()).toEqual(["Ein Fuchs"])
  })

  it("are so by wish: --improve where that is off, --raw where it is on, the last of them where both are said", async () => {
    const off = studio(face, {})
    await chat(off.app, says("a fox"))
    await chat(off.app, says("a fox --improve"))
    await generate(off.app, { prompt: "a fox --raw --improve" })
    await generate(off.app, { prompt: "a fox --improve --raw" })
    expect(off.drawn()).toEqual(["a fox", "A detailed picture of a fox.", "A detailed picture of a fox.", "a fox"])
    const on = studio(face)
    await chat(on.app, says("a fox --raw"))
    expect(on.drawn()).toEqual(["a fox"])
    expect(on.wishes()).toEqual([])
  })
})

describe("prompts in the preview", () => {
  it("are not improved by a model of Workers AI, and the answer says so", async () => {
    const { ai, app } = studio("preview")
    const { content, usage } = await completionFrom(await chat(app, says("a fox")))
    expect(content).toContain("💬 Prompt model: Original prompt (the preview asks no prompt model)  \n")
    expect(usage.neurons).toBe(0)
    expect(ai.calls).toEqual([])
  })

  it("are improved by an API that is set", async () => {
    const { app } = studio("preview", {
      PROMPT_OPTIMIZATION: "true",
      EXTERNAL_API_BASE: "https://llm.test",
      EXTERNAL_MODEL: "m"
    })
    const { content } = await completionFrom(await chat(app, says("a fox")))
    expect(content).not.toContain("the preview asks")
  })
})

describe("the page", () => {
  const serviceOf = async (face: Face | "preview", env?: Readonly<Record<string, string>>) => {
    const html = await (await studio(face, env).app.fetch("/")).text()
    return JSON.parse(/id="?service"?>(.*?)<\/script>/.exec(html)?.[1] ?? "{}")
  }

  it.each([
    ["rest", undefined, { optimization: true, canOptimize: true }],
    ["binding", {}, { optimization: false, canOptimize: true }],
    ["preview", undefined, { optimization: true, canOptimize: false }],
    ["rest", { EXTERNAL_MODEL: "gpt-4o" }, { optimization: false, canOptimize: false }],
    ["preview", { EXTERNAL_API_BASE: "https://llm.test", EXTERNAL_MODEL: "m" }, { canOptimize: true }]
  ] as const)("knows of %s with %j whether prompts can be improved", async (face, env, expected) => {
    expect(await serviceOf(face, env)).toMatchObject(expected)
  })

  it("asks for no setting of an API", async () => {
    const { app } = studio("rest")
    expect(await (await app.fetch("/health")).json()).toMatchObject({ ready: true, missing: [] })
  })
})
