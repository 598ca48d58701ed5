import { describe, expect, it } from "vitest"
import { FakeFluxModel } from "../support/layers/testLayers.ts"
import { callTool } from "../support/mcp.ts"
import { errorFrom, eventsFrom, imagesFrom } from "../support/openai/answers.ts"
import { chat, completionFrom, says } from "../support/openai/chat.ts"
import { generate } from "../support/openai/requests.ts"
import { testApp } from "../support/testApp.ts"

const drawing = () => {
  const flux = FakeFluxModel.make()
  return { app: testApp({ flux: flux.layer }), drawn: flux.requests }
}

describe("negative_prompt, guidance and strength", () => {
  it.each<object>([
    { negative_prompt: "dogs", guidance: 7 },
    { negative_prompt: "dogs", guidance: "7.0" },
    { negativePrompt: "dogs", guidanceScale: 7 },
    { negative_prompt: "dogs", cfg_scale: 7 },
    { extra_body: { negative_prompt: "dogs", guidance_scale: 7 } },
    { parameters: { negativePrompt: "dogs", cfg: "7" } },
    { prompt: "A cute cat --no dogs --guidance 7" }
  ])("reach a model that takes them, and no warning is told: %j", async (fields) => {
    const { app, drawn } = drawing()
    const { warnings } = await imagesFrom(await generate(app, { model: "phoenix", ...fields }))
    expect(drawn).toMatchObject([{ prompt: "A cute cat", negativePrompt: "dogs", guidance: 7 }])
    expect(warnings).toBeUndefined()
  })

  it("are left out where the model takes none, and named", async () => {
    const { app, drawn } = drawing()
    const fields = { negative_prompt: "dogs", guidance: 7, strength: 0.5 }
    const { warnings } = await imagesFrom(await generate(app, fields))
    expect(drawn[0]).not.toHaveProperty("negativePrompt")
    expect(drawn[0]).not.toHaveProperty("guidance")
    expect(warnings).toEqual([expect.stringMatching(/flux-1-schnell.*: negative_prompt, guidance, strength\./)])
    const [event] = await eventsFrom(await generate(app, { ...fields, stream: true }))
    expect(JSON.parse(event?.data ?? "").warnings).toEqual(warnings)
  })

  it("are each left out by itself", async () => {
    const { app, drawn } = drawing()
    const { warnings } = await imagesFrom(await generate(app, { model: "klein", negative_prompt: "dogs", guidance: 4 }))
    expect(drawn).toMatchObject([{ guidance: 4 }])
    expect(warnings).toEqual([expect.stringMatching(/: negative_prompt\./)])
  })

  it("beyond what the model takes are left out, and named", async () => {
    const { app, drawn } = drawing()
    const { warnings } = await imagesFrom(await generate(app, { model: "phoenix", guidance: 1 }))
    expect(drawn[0]).not.toHaveProperty("guidance")
    expect(warnings).toEqual([expect.stringMatching(/phoenix-1\.0.*: guidance\./)])
  })

  it.each<[object, string]>([
    [{ guidance: "much" }, "guidance"],
    [{ guidance: -1 }, "guidance"],
    [{ guidance: 101 }, "guidance"],
    [{ strength: 1.5 }, "strength"],
    [{ strength: "strong" }, "strength"],
    [{ negative_prompt: 7 }, "negative_prompt"],
    [{ negative_prompt: "x".repeat(2049) }, "negative_prompt"]
  ])("that can't be are a 400: %#", async (fields, param) => {
    const { app, drawn } = drawing()
    expect(await errorFrom(await generate(app, fields))).toMatchObject({ status: 400, param })
    expect(await errorFrom(await chat(app, says("A cat", fields)))).toMatchObject({ status: 400, param })
    expect(drawn).toEqual([])
  })

  it("are wishes in a chat, for OpenRouter and for tools too", async () => {
    const { app, drawn } = drawing()
    const fields = { model: "phoenix", negative_prompt: "dogs", guidance: 7 }
    await completionFrom(await chat(app, says("A cat", fields)))
    await completionFrom(await chat(app, says("A cat --no dogs --model phoenix --guidance 7")))
    const headers = { authorization: "Bearer sk-test", "content-type": "application/json" }
    const body = JSON.stringify({ prompt: "A cat", ...fields })
    await app.fetch("/v1/images", { method: "POST", headers, body })
    await callTool(app, "generate_image", { prompt: "A cat", ...fields })
    await app.fetch("/v1/responses", { method: "POST", headers, body: JSON.stringify({ input: "A cat", ...fields }) })
    expect(drawn).toHaveLength(5)
    for (const request of drawn) expect(request).toMatchObject({ negativePrompt: "dogs", guidance: 7 })
  })

  it("are told in a chat where they can't be met", async () => {
    const { app } = drawing()
    const { content } = await completionFrom(await chat(app, says("A cat --no dogs")))
    expect(content).toContain(
      "⚠️ Left out, because @cf/black-forest-labs/flux-1-schnell takes none or no such value: negative_prompt."
    )
  })
})

describe("what nothing here can do", () => {
  it.each<[object, string]>([
    [{ style: "vivid" }, "style"],
    [{ background: "transparent" }, "background"],
    [{ output_compression: 80 }, "output_compression"],
    [{ input_fidelity: "high" }, "input_fidelity"],
    [{ sampler: "Euler a", style_preset: "anime" }, "sampler, style_preset"],
    [{ extra_body: { style: "natural" } }, "extra_body.style"]
  ])("is named in a warning: %j", async (fields, told) => {
    const { app } = drawing()
    const { warnings } = await imagesFrom(await generate(app, fields))
    expect(warnings).toEqual([expect.stringContaining(`: ${told}.`)])
  })

  it.each<object>([
    { style: null, background: "auto" },
    { style: "", background: "opaque", output_compression: 100 },
    { moderation: "low", user: "u", input_fidelity: "low", background: "auto" }
  ])("is nothing where nothing is asked for: %j", async (fields) => {
    const { app } = drawing()
    expect((await imagesFrom(await generate(app, fields))).warnings).toBeUndefined()
  })
})
