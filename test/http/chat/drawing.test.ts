import { describe, expect, it } from "vitest"
import { FakeFluxModel, FakePromptOptimizer } from "../../support/layers/testLayers.ts"
import { errorFrom } from "../../support/openai/answers.ts"
import { chat, completionFrom, contentFrom, says } from "../../support/openai/chat.ts"
import { testApp } from "../../support/testApp.ts"

const schnell = "@cf/black-forest-labs/flux-1-schnell"
const klein = "@cf/black-forest-labs/flux-2-klein-4b"
const klein9 = "@cf/black-forest-labs/flux-2-klein-9b"
const dev = "@cf/black-forest-labs/flux-2-dev"

const drawing = (env: Readonly<Record<string, string>> = {}) => {
  const flux = FakeFluxModel.make()
  return { app: testApp({ flux: flux.layer, env }), drawn: flux.requests }
}

describe("the model that draws", () => {
  it.each([
    [undefined, schnell],
    ["flux", schnell],
    ["SCHNELL", schnell],
    [schnell, schnell],
    ["black-forest-labs/flux-1-schnell", schnell],
    ["dall-e-3", schnell],
    ["gpt-image-1", schnell],
    ["gpt-image-2.6-2026-11-01", schnell],
    ["klein", klein],
    ["flux-2-klein-9b", klein9],
    ["Cat-Painter", klein9],
    ["cat-painter:image", klein9]
  ])("for %s is %s", async (model, id) => {
    const { app, drawn } = drawing({ MODEL_ALIASES: "cat-painter=klein-9b" })
    expect((await completionFrom(await chat(app, says("A cat", { model })))).model).toBe(id)
    expect(drawn).toMatchObject([{ model: { id } }])
  })

  it.each(["gpt-4o-mini", "gpt-3.5-turbo", "flux-9", ""])("is never a silent default (%j)", async (model) => {
    const { app, drawn } = drawing()
    const wanted = says("A cat", { model })
    // An empty name is none at all.
    if (model === "") return expect((await completionFrom(await chat(app, wanted))).model).toBe(schnell)
    for (const body of [wanted, { ...wanted, stream: true }]) {
      const failure = await errorFrom(await chat(app, body))
      expect(failure).toMatchObject({ status: 404, code: "model_not_found", param: "model", shouldRetry: null })
      expect(failure.message).toContain(model)
    }
    expect(drawn).toEqual([])
  })

  it.each([
    ["a size that it can't", "A cat 16:9", klein],
    ["a seed that it can't take", "A cat --seed 7", klein],
    ["nothing that it can't", "A cat 1:1", schnell]
  ])("is FLUX_SIZED_MODEL where the named one is asked for %s", async (_, prompt, id) => {
    const { app } = drawing()
    expect((await completionFrom(await chat(app, says(prompt, { model: "flux" })))).model).toBe(id)
  })
})

describe("the size that is drawn", () => {
  it.each([
    ["A cat 1:1", "1024x1024"],
    ["A cat 1:2", "512x1024"],
    ["A cat 3:2", "768x512"],
    ["A cat 3:4", "768x1024"],
    ["A cat 16:9", "1024x576"],
    ["A cat 9:16", "576x1024"],
    ["A cat16:9", "1024x576"],
    ["一只猫16：9", "1024x576"],
    ["A cat --ar 16:9", "1024x576"],
    ["A cat —ar 16:9", "1024x576"],
    ["A cat --size 640x384", "640x384"],
    ["The clock says 10:30", "1024x1024"]
  ])("for %s is %s", async (prompt, size) => {
    const { app, drawn } = drawing()
    expect(await contentFrom(await chat(app, says(prompt)))).toContain(`📐 Image size: ${size}  \n`)
    expect(drawn.map((request) => `${request.size.width}x${request.size.height}`)).toEqual([size])
  })

  it.each([
    ["auto", "1024x1024"],
    ["", "1024x1024"],
    ["1024x576", "1024x576"],
    ["512*512", "512x512"]
  ])("for the field size %j is %s", async (size, expected) => {
    const { app } = drawing()
    expect(await contentFrom(await chat(app, says("A cat", { size })))).toContain(`📐 Image size: ${expected}  \n`)
  })

  it("is the nearest that can be drawn, and the answer says so", async () => {
    const { app, drawn } = drawing()
    const content = await contentFrom(await chat(app, says("A cat --size 4000x2000")))
    expect(drawn).toMatchObject([{ size: { width: 1920, height: 960 } }])
    expect(content).toMatch(/^⚠️ .*4000x2000.*1920x960/m)
  })

  it("is the only one there is with FLUX_SIZED_MODEL=off, and the answer says so", async () => {
    const { app, drawn } = drawing({ FLUX_SIZED_MODEL: "off" })
    const content = await contentFrom(await chat(app, says("A cat 16:9 --seed 7")))
    expect(drawn).toMatchObject([{ model: { id: schnell }, prompt: "A cat", size: { width: 1024, height: 1024 } }])
    expect(content).toMatch(/^⚠️ .*1024x576.*1024x1024/m)
    expect(content).toMatch(/^⚠️ The seed was left out/m)
    expect(content).not.toContain("🎲")
  })
})

describe("flags", () => {
  it("say all that the fields can", async () => {
    const { app, drawn } = drawing()
    const prompt = "A cat --ar 3:2 --seed 42 --n 2 --steps 8 --model flux-2-dev"
    const { content, model } = await completionFrom(await chat(app, says(prompt)))
    expect(drawn).toHaveLength(2)
    expect(drawn[0]).toMatchObject({
      model: { id: dev },
      prompt: "A cat",
      size: { width: 768, height: 512 },
      steps: 8,
      seed: 42
    })
    expect(new Set(drawn.map(({ seed }) => seed)).size).toBe(2)
    expect(content).toContain("🎲 Seed: 42  \n")
    expect(model).toBe(dev)
  })

  it("beat the fields", async () => {
    const fields = { size: "512x512", seed: 1, n: 3, steps: 2, model: "klein" }
    const { app, drawn } = drawing()
    await chat(app, says("A cat --ar 3:2 --seed 42 --n 1 --steps 8 --model flux-2-dev", fields))
    expect(drawn).toMatchObject([{ model: { id: dev }, size: { width: 768, height: 512 }, steps: 8, seed: 42 }])
  })

  it("leave the fields that they say nothing of", async () => {
    const fields = { size: "512x512", seed: 1, n: 1, steps: 2, model: "flux-2-dev" }
    const { app, drawn } = drawing()
    await chat(app, says("A cat", fields))
    expect(drawn).toMatchObject([{ model: { id: dev }, size: { width: 512, height: 512 }, steps: 2, seed: 1 }])
  })

  it("that nobody knows stay text", async () => {
    const { app, drawn } = drawing()
    await chat(app, says("A cat --stylize 100 --n 1"))
    expect(drawn.map(({ prompt }) => prompt)).toEqual(["A cat --stylize 100"])
  })

  it("in the middle are text", async () => {
    const { app, drawn } = drawing()
    await chat(app, says("A sign with --n 2 on it"))
    expect(drawn.map(({ prompt }) => prompt)).toEqual(["A sign with --n 2 on it"])
  })

  it.each([
    ["A cat --raw", "A cat"],
    ["A cat", "Optimized: A cat"]
  ])("decide on optimization (%s)", async (wanted, prompt) => {
    const flux = FakeFluxModel.make()
    await chat(testApp({ flux: flux.layer, optimizer: FakePromptOptimizer.layer }), says(wanted))
    expect(flux.requests).toMatchObject([{ prompt }])
  })

  it.each([
    ["A cat --steps 8 --model klein", /⚠️ 8 steps were left out/],
    ["A cat --steps 9", /⚠️ 9 steps were left out.*at most 8/]
  ])("that the model can't take are left out, and said (%s)", async (prompt, notice) => {
    const { app, drawn } = drawing()
    expect(await contentFrom(await chat(app, says(prompt)))).toMatch(notice)
    expect(drawn).toHaveLength(1)
    expect(drawn[0]?.steps).not.toBe(8)
  })

  it("tell the seed that was chosen, and it draws the same again", async () => {
    const { app, drawn } = drawing()
    const content = await contentFrom(await chat(app, says("A cat", { model: "klein" })))
    const seed = /^🎲 Seed: (\d+) {2}$/m.exec(content)?.[1]
    await chat(app, says(`A cat --seed ${seed}`, { model: "klein" }))
    expect(drawn[0]?.seed).toBe(Number(seed))
    expect(drawn[1]?.seed).toBe(Number(seed))
  })
})

describe("a prompt that is too long", () => {
  it("is refused before anything is drawn", async () => {
    const { app, drawn } = drawing()
    const failure = await errorFrom(await chat(app, says("x".repeat(2049), { stream: true })))
    expect(failure).toMatchObject({ status: 400, type: "invalid_request_error" })
    expect(failure.message).toContain("2048")
    expect(drawn).toEqual([])
  })

  it("is told in characters, not in the units that the model counts", async () => {
    const { app } = drawing()
    const failure = await errorFrom(await chat(app, says("😀".repeat(1025))))
    expect(failure.message).toMatch(/has 1025 characters;.* at most 1024 of them/)
  })
})
