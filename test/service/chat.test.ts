import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { linksIn, storedUnder } from "../support/links.ts"
import { pixelsOf, sourceTypeOf } from "../support/metadata.ts"
import { chat, completionFrom, contentFrom, parseChunk, says, streamFrom } from "../support/openai/chat.ts"
import { follow } from "../support/openai/follow.ts"
import { imageOf } from "../support/pictures.ts"
import { API_KEY, type RunningService, startService } from "../support/service.ts"

const START_MS = 60_000
const TEST_MS = 30_000
const schnell = "@cf/black-forest-labs/flux-1-schnell"
const klein = "@cf/black-forest-labs/flux-2-klein-4b"

/** Lets the next picture be one that the test knows. */
const drawNext = async ({ workersAi }: RunningService, face: "rest" | "binding", type: "image/jpeg" | "image/png") => {
  const { base64, bytes } = await imageOf({ width: 64, height: 48 }, { mediaType: type })
  const body = face === "rest" ? { result: { image: base64 }, success: true, errors: [] } : { image: base64 }
  workersAi.failNext({ _tag: "Reply", status: 200, body })
  return bytes
}

describe.each(["rest", "binding"] as const)("chat in workerd, drawn over %s", { timeout: TEST_MS }, (ai) => {
  let service: RunningService
  beforeAll(async () => {
    service = await startService({ ai, vars: { FLUX_NUM_STEPS: "6", LOG_LEVEL: "All" } })
  }, START_MS)
  afterEach(() => service.reset())
  afterAll(() => service.close())

  it("answers in seven lines, and schnell is told the prompt and the steps alone", async () => {
    const { content, model } = await completionFrom(await chat(service, says("A cute cat")))
    const [link = ""] = linksIn(content)
    expect(content).toBe(
      [
        "🎨 Original prompt: A cute cat  ",
        "💬 Prompt model: Original prompt  ",
        "🌐 Optimized prompt: A cute cat  ",
        "📐 Image size: 1024x1024  ",
        "🌟 Image generated!  ",
        "Here is the result:",
        "",
        `![Generated image](${link})`
      ].join("\n")
    )
    expect(model).toBe(schnell)
    expect(service.workersAi.calls).toMatchObject([{ face: ai, model: schnell, contentType: "application/json" }])
    expect(service.workersAi.calls[0]?.fields).toEqual({ prompt: "A cute cat", steps: 6 })
  })

  it("has a prompt improved by a text model, where that is wished", async () => {
    const { content, usage } = await completionFrom(await chat(service, says("A cute cat --improve")))
    const gemma = "@cf/google/gemma-4-26b-a4b-it"
    expect(content).toContain(`💬 Prompt model: ${gemma}  \n🌐 Optimized prompt: A detailed picture of A cute cat.  \n`)
    expect(service.workersAi.calls).toMatchObject([
      { face: ai, model: gemma },
      { face: ai, model: schnell, fields: { prompt: "A detailed picture of A cute cat." } }
    ])
    expect(usage.neurons).toBeGreaterThan(230)
  })

  it("sends a size to FLUX.2 as a form, and tells the seed it chose", async () => {
    const { content, model } = await completionFrom(await chat(service, says("A cute cat 3:2")))
    const [call] = service.workersAi.calls
    expect(call).toMatchObject({ model: klein, contentType: expect.stringMatching(/^multipart\/form-data; boundary=/) })
    const seed = String(call?.fields.seed)
    expect(call?.fields).toEqual({ prompt: "A cute cat", width: "768", height: "512", seed })
    expect(content).toContain(`\n📐 Image size: 768x512  \n🎲 Seed: ${seed}  \n`)
    expect(model).toBe(klein)
  })

  it("scales a picture that is sent along down to what the model takes, with the Images binding", async () => {
    const { dataUrl } = await imageOf({ width: 1200, height: 600 })
    const parts = [
      { type: "text", text: "Make it blue" },
      { type: "image_url", image_url: { url: dataUrl } }
    ]
    await completionFrom(await chat(service, says(parts)))
    expect(service.workersAi.calls).toHaveLength(1)
    expect(service.workersAi.calls[0]?.fields).toMatchObject({
      prompt: "Make it blue",
      input_image_0: { type: "image/jpeg", width: 512, height: 256 }
    })
  })

  it.each(["image/jpeg", "image/png"] as const)("keeps an %s in KV and hands out the very bytes", async (type) => {
    const drawn = await drawNext(service, ai, type)
    const [link = ""] = linksIn(await contentFrom(await chat(service, says("A cute cat"))))
    expect(link).toMatch(
      new RegExp(`^${service.url}/image/[\\w-]{22}-\\d{10}\\.${type === "image/png" ? "png" : "jpg"}$`)
    )
    const kept = Buffer.from((await (await service.kv()).get(storedUnder(link), "arrayBuffer")) ?? [])
    expect(await sourceTypeOf(kept)).toBe("trainedAlgorithmicMedia")
    expect(await pixelsOf(kept)).toEqual(await pixelsOf(drawn))
    const answer = await fetch(link)
    expect(answer.headers.get("content-type")).toBe(type)
    expect(Buffer.compare(Buffer.from(await answer.arrayBuffer()), kept)).toBe(0)
  })

  it("streams the text that it answers without a stream", async () => {
    const plain = await contentFrom(await chat(service, says("A cute cat --seed 7")))
    const streamed = await streamFrom(await chat(service, says("A cute cat --seed 7", { stream: true })))
    expect(streamed.error).toBeUndefined()
    const withoutLinks = (content: string) => content.replaceAll(/\/image\/[\w-]+/g, "/image/KEY")
    expect(withoutLinks(streamed.content)).toBe(withoutLinks(plain))
    const { keys } = await (await service.kv()).list()
    expect(keys.map(({ name }) => name).sort()).toEqual(
      [plain, streamed.content].flatMap((content) => linksIn(content).map(storedUnder)).sort()
    )
  })

  it("streams each line as its stage is reached, while the picture is still being drawn", async () => {
    const gate = service.workersAi.gate()
    const stream = follow(await chat(service, says("A cute cat", { stream: true })))
    const content = async () => parseChunk((await stream.next()) ?? "").choices[0]?.delta.content
    expect(await content()).toBe("")
    expect(await content()).toBe("🎨 Original prompt: A cute cat  \n")
    expect(await content()).toBe("💬 Prompt model: Original prompt  \n🌐 Optimized prompt: A cute cat  \n")
    await gate.arrived
    gate.release()
    expect(await content()).toMatch(/^📐 Image size: 1024x1024 {2}\n/)
    expect(linksIn((await content()) ?? "")).toHaveLength(1)
  })

  it("draws several pictures into one message, each under a link of its own", async () => {
    const content = await contentFrom(await chat(service, says("A cute cat 16:9 --n 3 --seed 5")))
    const links = linksIn(content)
    expect(new Set(links).size).toBe(3)
    expect(service.workersAi.calls.map(({ fields }) => fields.seed).sort()).toEqual(["5", "6", "7"])
    expect((await (await service.kv()).list()).keys).toHaveLength(3)
  })

  it("logs neither keys nor prompts, whatever happens", async () => {
    await chat(service, says("A secret wish"))
    await chat(service, says("A secret wish"), { authorization: "Bearer sk-wrong" })
    await chat(service, says("A secret wish"), { authorization: "", "x-api-key": API_KEY })
    service.workersAi.failNext("authentication")
    await chat(service, says("A secret wish 3:2", { stream: true })).then(streamFrom)
    service.workersAi.failNext("resetBeforeHeaders")
    await chat(service, says("A secret wish"))
    await expect.poll(() => service.logs().length).toBeGreaterThanOrEqual(4)
    expect(service.logs().join("\n")).not.toMatch(
      new RegExp([API_KEY, "sk-wrong", service.workersAi.apiToken, "secret wish"].join("|"))
    )
  })
})
