import * as Effect from "effect/Effect"
import { describe, expect, it } from "vitest"
import { ContentPolicyViolation, UpstreamError } from "../../../src/domain/Errors.ts"
import { readImageHeader } from "../../../src/domain/ImageHeader.ts"
import { FakeFluxModel, FakeImageStore, FakePromptOptimizer, testTime } from "../../support/layers/testLayers.ts"
import { chat, completionFrom, contentFrom, says } from "../../support/openai/chat.ts"
import { testApp } from "../../support/testApp.ts"

const schnell = "@cf/black-forest-labs/flux-1-schnell"

const linksIn = (content: string) => Array.from(content.matchAll(/!\[[^\]]*\]\((\S+?)\)/g), ([, url = ""]) => url)

describe("the answer of POST /v1/chat/completions", () => {
  it("tells the stages and shows the picture", async () => {
    const store = FakeImageStore.make()
    const app = testApp({ store: store.layer, optimizer: FakePromptOptimizer.layer, testClock: true })
    const response = await chat(app, says("A cute cat", { model: "flux" }))
    const completion = await completionFrom(response)
    const [name] = [...store.images.keys()]
    expect(completion.content).toBe(
      [
        "🎨 Original prompt: A cute cat  ",
        "💬 Prompt model: test-optimizer  ",
        "🌐 Optimized prompt: Optimized: A cute cat  ",
        "📐 Image size: 1024x1024  ",
        "🌟 Image generated!  ",
        "Here is the result:",
        "",
        `![Generated image](http://flux.test/image/${name})`
      ].join("\n")
    )
    expect(completion).toMatchObject({ model: schnell, created: testTime / 1000 })
    expect(completion.choices[0]).toMatchObject({ index: 0, finish_reason: "stop" })
    expect(completion.choices[0].message).not.toHaveProperty("images")
    expect(completion.id).toMatch(/^chatcmpl-[\w-]{22}$/)
  })

  it("keeps the ratio in the original prompt, takes it from the drawn one, and tells the seed where there is one", async () => {
    const app = testApp()
    expect(await contentFrom(await chat(app, says("A cute cat 3:2")))).toMatch(
      new RegExp(
        [
          "^🎨 Original prompt: A cute cat 3:2 {2}",
          "💬 Prompt model: Original prompt {2}",
          "🌐 Optimized prompt: A cute cat {2}",
          "📐 Image size: 768x512 {2}",
          "🎲 Seed: \\d+ {2}",
          "🌟 Image generated! {2}",
          "Here is the result:",
          "",
          "!\\[Generated image\\]\\(http://flux\\.test/image/[\\w-]{22}-\\d{10}\\.jpg\\)$"
        ].join("\n")
      )
    )
  })

  it("links to the picture whose size it tells", async () => {
    const app = testApp()
    const content = await contentFrom(await chat(app, says("A cute cat --size 640x384")))
    const [link = ""] = linksIn(content)
    const picture = await app.fetch(link)
    expect(content).toContain("📐 Image size: 640x384  \n")
    expect(readImageHeader(new Uint8Array(await picture.arrayBuffer()))).toMatchObject({ width: 640, height: 384 })
  })

  it.each(["https://pictures.example.com", "https://pictures.example.com/"])(
    "links to PUBLIC_BASE_URL %s",
    async (base) => {
      const app = testApp({ env: { PUBLIC_BASE_URL: base } })
      const [link] = linksIn(await contentFrom(await chat(app, says("A cute cat"))))
      expect(link).toMatch(/^https:\/\/pictures\.example\.com\/image\/[\w-]+\.jpg$/)
    }
  )

  it("keeps whatever the prompt says on its own line, as text", async () => {
    const prompt = "A cat\n\n# Big\n![x](https://evil.example/a.png) <b>bold</b>"
    const content = await contentFrom(await chat(testApp(), says(prompt)))
    expect(content.split("\n")).toHaveLength(8)
    expect(linksIn(content)).toHaveLength(1)
    expect(content).not.toContain("<b>")
  })

  it.each(["not_configured", "timeout", "refused", "unavailable", "unusable_answer"] as const)(
    "draws the original prompt where optimization fails (%s), and says so",
    async (reason) => {
      const flux = FakeFluxModel.make()
      const app = testApp({ flux: flux.layer, optimizer: FakePromptOptimizer.failing(reason) })
      const content = await contentFrom(await chat(app, says("A cute cat")))
      expect(content).toMatch(/^💬 Prompt model: Original prompt \(.+\) {2}\n🌐 Optimized prompt: A cute cat {2}$/m)
      expect(flux.requests).toMatchObject([{ prompt: "A cute cat" }])
    }
  )

  it("says that optimization is not configured where a name belongs to no API", async () => {
    const app = testApp({ env: { PROMPT_OPTIMIZATION: "true", EXTERNAL_MODEL: "gpt-4o" } })
    expect(await contentFrom(await chat(app, says("A cute cat")))).toMatch(/Original prompt \(.*not configured.*\)/)
  })

  it("marks previews", async () => {
    const app = testApp({ flux: FakeFluxModel.make({ preview: true }).layer })
    const response = await chat(app, says("A cute cat"))
    const { content, usage } = await completionFrom(response)
    expect(content).toMatch(/^🧪 .*preview/m)
    expect(content).toMatch(/\.png\)$/)
    expect(usage.neurons).toBe(0)
  })

  it("shows n pictures in one message, each with its own link", async () => {
    const flux = FakeFluxModel.make()
    const { content, usage } = await completionFrom(await chat(testApp({ flux: flux.layer }), says("A cat", { n: 3 })))
    expect(new Set(linksIn(content)).size).toBe(3)
    expect(content.match(/📐 Image size: 1024x1024/g)).toHaveLength(3)
    expect(content.match(/🎨/g)).toHaveLength(1)
    expect(flux.requests.map(({ index }) => index).sort()).toEqual([0, 1, 2])
    expect(usage.neurons).toBe(518.4)
  })

  it("tells which of several pictures failed and shows the others", async () => {
    const before: FakeFluxModel.Options["before"] = ({ index }) =>
      index === 1 ? Effect.fail(new ContentPolicyViolation({ subject: "output" })) : Effect.void
    const { content, usage } = await completionFrom(
      await chat(testApp({ flux: FakeFluxModel.make({ before }).layer }), says("A cat", { n: 3 }))
    )
    expect(linksIn(content)).toHaveLength(2)
    expect(content).toMatch(/\)\n\n⚠️ Image 2 of 3 failed: .*content filter.*\n\n📐/)
    expect(usage.neurons).toBe(345.6)
  })

  it("fails with the first error where all of several pictures fail", async () => {
    const before: FakeFluxModel.Options["before"] = ({ index }) =>
      Effect.fail(new UpstreamError({ message: `failure ${index}` }))
    const response = await chat(testApp({ flux: FakeFluxModel.make({ before }).layer }), says("A cat", { n: 2 }))
    expect(response.status).toBe(502)
    expect(await response.text()).toContain("failure 0")
  })

  it("hands a picture that could not be stored over in the text and beside it, and says so", async () => {
    const app = testApp({ store: FakeImageStore.failing("put") })
    const { content, images } = await completionFrom(await chat(app, says("A cat")))
    const [url = ""] = linksIn(content)
    expect(content).toContain("⚠️ The picture could not be stored")
    expect(readImageHeader(Uint8Array.fromBase64(url.replace("data:image/jpeg;base64,", "")))).toMatchObject({
      width: 1024
    })
    expect(images?.map(({ image_url }) => image_url.url === url)).toEqual([true])
  })
})

describe("the usage that an answer tells", () => {
  it.each([
    ["A cute cat", 3],
    ["猫", 1],
    ["🐈 x", 2]
  ])("estimates tokens by the bytes of %s", async (prompt, promptTokens) => {
    const { content, usage } = await completionFrom(await chat(testApp(), says(prompt)))
    const completionTokens = Math.ceil(Buffer.byteLength(content) / 4)
    expect(usage).toEqual({
      prompt_tokens: promptTokens,
      completion_tokens: completionTokens,
      total_tokens: promptTokens + completionTokens,
      neurons: 172.8,
      cost_usd: 0.001901
    })
  })

  it("tells the neurons in a header too", async () => {
    const response = await chat(testApp(), says("A cat 16:9"))
    const { usage } = await completionFrom(response)
    expect(usage.neurons).toBeGreaterThan(0)
    expect(response.headers.get("x-flux-neurons")).toBe(String(usage.neurons))
  })
})
