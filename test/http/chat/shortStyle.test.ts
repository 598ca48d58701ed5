import * as Effect from "effect/Effect"
import { describe, expect, it } from "vitest"
import { ContentPolicyViolation } from "../../../src/domain/Errors.ts"
import { FakeFluxModel, FakeImageStore, FakePromptOptimizer } from "../../support/layers/testLayers.ts"
import { chat, completionFrom, contentFrom, says, streamFrom } from "../../support/openai/chat.ts"
import { testApp } from "../../support/testApp.ts"

const short = (options: Parameters<typeof testApp>[0] = {}) =>
  testApp({ ...options, env: { CHAT_STYLE: "short", ...options.env } })

const image = String.raw`!\[([^\]]*)\]\(http://flux\.test/image/[\w-]{22}-\d{10}\.jpg\)`

describe("a short answer", () => {
  it("is the picture with the prompt as its text, and one line", async () => {
    const content = await contentFrom(await chat(short(), says("A cute cat 16:9 --seed 42")))
    expect(content).toMatch(new RegExp(`^${image}\n\n1024×576 · seed 42 · klein$`))
    expect(new RegExp(image).exec(content)?.[1]).toBe("A cute cat")
  })

  it("tells no seed where there is none, in any language", async () => {
    const content = await contentFrom(await chat(short({ env: { LOCALE: "ja" } }), says("猫")))
    expect(content).toMatch(new RegExp(`^${image}\n\n1024×1024 · schnell$`))
  })

  it("has the prompt as it was written, not as it was improved", async () => {
    const content = await contentFrom(
      await chat(short({ optimizer: FakePromptOptimizer.layer }), says("eine Katze 1:1"))
    )
    expect(content).toContain("![eine Katze](")
  })

  it("says after the first picture what was done otherwise, each in a line of its own", async () => {
    const flux = FakeFluxModel.make({ preview: true })
    const app = short({
      flux: flux.layer,
      optimizer: FakePromptOptimizer.failing("timeout"),
      store: FakeImageStore.failing("put")
    })
    const content = await contentFrom(await chat(app, says("A cat --steps 50 --n 2")))
    const [first = "", second = ""] = content.split(/\n\n(?=!)/)
    expect(first.split("  \n").map((line) => line.slice(0, 30))).toEqual([
      expect.stringMatching(/^!\[A cat\]\(data:/),
      expect.stringMatching(/^🧪 /),
      expect.stringMatching(/^⚠️ The picture could not be/),
      expect.stringMatching(/^⚠️ Original prompt \(optimi/),
      expect.stringMatching(/^⚠️ 50 steps were left out/)
    ])
    expect(first).toMatch(/\)\n\n1024×1024 · schnell {2}\n/)
    expect(second.match(/⚠️/g)).toHaveLength(1)
  })

  it("tells which of several pictures failed", async () => {
    const before: FakeFluxModel.Options["before"] = ({ index }) =>
      index === 1 ? Effect.fail(new ContentPolicyViolation({ subject: "output" })) : Effect.void
    const app = short({ flux: FakeFluxModel.make({ before }).layer })
    const content = await contentFrom(await chat(app, says("A cat", { n: 3 })))
    expect(content).toMatch(
      new RegExp(`^${image}\n\n1024×1024 · schnell\n\n⚠️ Image 2 of 3 failed: .*\n\n${image}\n\n1024×1024 · schnell$`)
    )
  })

  it.each(["A cat", "A cat --n 3 --seed 7", "A [cat](x) `in` $a$ *b* <i>", "A cat --steps 50"])(
    "of %j is in a stream what it is in JSON, with the picture in one piece",
    async (prompt) => {
      const whole = await completionFrom(await chat(short({ testClock: true }), says(prompt)))
      const body = says(prompt, { stream: true, stream_options: { include_usage: true } })
      const stream = await streamFrom(await chat(short({ testClock: true }), body))
      const masked = (text: string) => text.replace(/\/image\/[\w-]+/g, "/image/KEY")
      expect(masked(stream.content)).toBe(masked(whole.content))
      const pieces = stream.chunks.flatMap(({ choices }) => choices[0]?.delta.content ?? [])
      const images = pieces.filter((piece) => piece.startsWith("!["))
      expect(images).toEqual(stream.content.match(/!\[[^\]]*\]\([^)]*\)/g))
    }
  )

  it("can be edited by saying so", async () => {
    const flux = FakeFluxModel.make()
    const app = short({ flux: flux.layer })
    const content = await contentFrom(await chat(app, says("A cat")))
    const user = { role: "user", content: "A cat" }
    const messages = [user, { role: "assistant", content }, { role: "user", content: "make it winter" }]
    expect((await chat(app, { messages })).status).toBe(200)
    expect(flux.requests[1]?.inputs).toHaveLength(1)
  })

  it("does not speak of pictures to a background request", async () => {
    const app = short()
    const drawn = await contentFrom(await chat(app, says("A red fox in the snow")))
    const ask = `Generate a concise, 3-5 word title summarizing the chat history.\n\n${drawn}`
    const { usage } = await completionFrom(await chat(app, says(ask)))
    expect(usage.neurons).toBe(0)
  })
})

describe("a failure of a short answer", () => {
  it("is told in the stream", async () => {
    const before = () => Effect.fail(new ContentPolicyViolation({ subject: "prompt" }))
    const app = short({ flux: FakeFluxModel.make({ before }).layer })
    const stream = await streamFrom(await chat(app, says("A cat", { stream: true })))
    expect(stream.content).toMatch(/^\s*⚠️ The image could not be generated: \S/)
  })
})
