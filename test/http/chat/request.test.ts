import { describe, expect, it } from "vitest"
import { FakeFluxModel, type TestApp } from "../../support/layers/testLayers.ts"
import { errorFrom } from "../../support/openai/answers.ts"
import { chat, completionFrom, contentFrom, says } from "../../support/openai/chat.ts"
import { imageOf } from "../../support/pictures.ts"
import { testApp } from "../../support/testApp.ts"

const drawing = (options: Parameters<typeof testApp>[0] = {}) => {
  const flux = FakeFluxModel.make()
  return { app: testApp({ ...options, flux: flux.layer }), drawn: flux.requests }
}

const promptOf = async (app: TestApp, body: object) => {
  const content = await contentFrom(await chat(app, body))
  return /^🌐 Optimized prompt: (.*) {2}$/m.exec(content)?.[1]
}

const text = (text: string) => ({ type: "text", text })
const imageUrl = (url: string) => ({ type: "image_url", image_url: { url } })

describe("the prompt of a chat request", () => {
  it.each([
    ["the only message", says("A cat"), "A cat"],
    [
      "the last of several",
      {
        messages: [
          { role: "user", content: "A dog" },
          { role: "assistant", content: "Here" },
          ...says("A cat").messages
        ]
      },
      "A cat"
    ],
    [
      "no other role's",
      {
        messages: [
          { role: "system", content: "You draw horses." },
          { role: "developer", content: "Draw a house." },
          { role: "user", content: "A dog" },
          { role: "assistant", content: null, tool_calls: [{ id: "1" }] },
          { role: "tool", content: "A mouse", tool_call_id: "1" },
          { role: "user", content: "A cat" }
        ]
      },
      "A cat"
    ],
    ["text parts put together", says([text("A cat"), text("in the rain")]), "A cat in the rain"],
    ["parts of the Responses API", says([{ type: "input_text", text: "A cat" }]), "A cat"],
    [
      "parts without those that are no text",
      says([
        { type: "input_audio", input_audio: { data: "AAAA", format: "wav" } },
        text("A cat"),
        { type: "file", file: { file_id: "x" } },
        { type: "text" },
        null,
        "loose"
      ]),
      "A cat"
    ],
    ["other messages without content", { messages: [{ role: "system" }, ...says("A cat").messages] }, "A cat"]
  ])("is the text of %s", async (_, body, prompt) => {
    const { app, drawn } = drawing()
    expect(await promptOf(app, body)).toBe(prompt)
    expect(drawn.map((request) => request.prompt.replace(/\s+/g, " "))).toEqual([prompt])
  })

  it.each([
    ["no messages", {}, "messages"],
    ["messages that are no list", { messages: "A cat" }, "messages"],
    ["an empty list", { messages: [] }, "messages"],
    ["no message from the user", { messages: [{ role: "system", content: "A cat" }] }, "messages"],
    ["a message without a role", { messages: [{ content: "A cat" }] }, "messages.0.role"],
    ["an empty prompt", says(""), "messages"],
    ["white space", says(" \n\t "), "messages"],
    ["null", says(null), "messages"],
    ["no content", { messages: [{ role: "user" }] }, "messages"],
    ["an empty list of parts", says([]), "messages"],
    ["a number", says(42), "messages"],
    ["only a ratio", says("16:9"), "messages"],
    ["only flags", says("--ar 16:9 --n 2 --raw"), "messages"],
    ["only pictures", says([imageUrl("https://example.com/cat.png")]), "messages"],
    ["a flag with a wrong value", says("A cat --n 11"), "--n"],
    ["a picture that is no address", says([text("Blue"), imageUrl("cat.png")]), "messages"],
    ["a picture that is broken", says([text("Blue"), imageUrl("data:image/png;base64,AAAA")]), "messages"],
    ["a picture over http", says([text("Blue"), imageUrl("http://example.com/cat.png")]), "messages"],
    ["a picture in a private network", says([text("Blue"), imageUrl("https://192.168.0.1/cat.png")]), "messages"],
    ["n below 1", says("A cat", { n: 0 }), "n"],
    ["n above 10", says("A cat", { n: 11 }), "n"],
    ["n that is no whole number", says("A cat", { n: 1.5 }), "n"],
    ["n that is a text", says("A cat", { n: "two" }), "n"],
    ["a size that is none", says("A cat", { size: "huge" }), "size"],
    ["a negative seed", says("A cat", { seed: -2 }), "seed"],
    ["steps below 1", says("A cat", { steps: 0 }), "steps"],
    ["stream that is a text", says("A cat", { stream: "yes" }), "stream"],
    ["a model that is no name", says("A cat", { model: 1 }), "model"]
  ])("is refused with 400 where there is %s", async (_, body, param) => {
    const { app, drawn } = drawing()
    for (const stream of [undefined, true]) {
      const failure = await errorFrom(await chat(app, { ...(stream && { stream }), ...body }))
      expect(failure).toMatchObject({ status: 400, type: "invalid_request_error", param })
    }
    expect(drawn).toEqual([])
  })
})

describe("the fields of a chat request", () => {
  it.each([
    ["NextChat", { temperature: 0.5, presence_penalty: 0, frequency_penalty: 0, top_p: 1, max_tokens: 4000 }],
    ["LobeChat", { user: "u1", reasoning_effort: "low", stream_options: { include_usage: true } }],
    ["LangChain", { stream: false, tools: [], tool_choice: "auto", parallel_tool_calls: true, stop: ["x"] }],
    ["the future", { metadata: { a: 1 }, store: true, response_format: { type: "text" }, nobody_knows: [[{}]] }]
  ])("are ignored where they say nothing of pictures (%s)", async (_, fields) => {
    const { app, drawn } = drawing()
    await completionFrom(await chat(app, says("A cat", fields)))
    expect(drawn).toHaveLength(1)
  })

  it.each([
    ["seed -1", says("A cat", { seed: -1 })],
    ["--seed -1", says("A cat --seed -1")],
    ["--seed random, which beats the field", says("A cat --seed random", { seed: 42 })]
  ])("leave the seed open: %s", async (_, body) => {
    const { app, drawn } = drawing()
    await completionFrom(await chat(app, body))
    expect(drawn).toMatchObject([{ model: { id: "@cf/black-forest-labs/flux-1-schnell" }, prompt: "A cat" }])
    expect(drawn[0]?.seed).toBeUndefined()
  })

  it("may be null", async () => {
    const nulls = { model: null, n: null, size: null, seed: null, steps: null, stream: null, stream_options: null }
    const { app, drawn } = drawing()
    await completionFrom(await chat(app, says("A cat", { ...nulls, modalities: null, tools: null })))
    expect(drawn).toMatchObject([{ size: { width: 1024, height: 1024 } }])
  })
})

describe("the pictures of a chat request", () => {
  it("go to a model that takes some, which draws in their ratio", async () => {
    const cat = await imageOf({ width: 512, height: 256 }, { mediaType: "image/png", text: "cat" })
    const dog = await imageOf({ width: 256, height: 256 }, { mediaType: "image/webp", text: "dog" })
    const { app, drawn } = drawing()
    const answer = await completionFrom(
      await chat(
        app,
        says([imageUrl(cat.dataUrl), text("Both together"), { type: "input_image", image_url: dog.dataUrl }], {
          model: "flux-1-schnell"
        })
      )
    )
    expect(answer.model).toBe("@cf/black-forest-labs/flux-2-klein-4b")
    const [request] = drawn
    expect(request?.inputs.map(({ base64 }) => base64)).toEqual([cat.base64, dog.base64])
    expect((request?.size.width ?? 0) / (request?.size.height ?? 1)).toBeCloseTo(2, 1)
    expect(answer.content).toContain(`📐 Image size: ${request?.size.width}x${request?.size.height}  \n`)
  })

  it("are fetched where they are public", async () => {
    const cat = await imageOf({ width: 256, height: 256 })
    const asked: Array<string> = []
    const fetch: typeof globalThis.fetch = async (input) => {
      asked.push(input instanceof Request ? input.url : String(input))
      return new Response(cat.bytes)
    }
    const { app, drawn } = drawing({ fetch })
    await completionFrom(await chat(app, says([text("Blue"), imageUrl("https://example.com/cat.jpg")])))
    expect(asked).toEqual(["https://example.com/cat.jpg"])
    expect(drawn[0]?.inputs.map(({ base64 }) => base64)).toEqual([cat.base64])
  })

  it("are not improved upon in words", async () => {
    const { app, drawn } = drawing({ env: { PROMPT_OPTIMIZATION: "true" } })
    const cat = await imageOf({ width: 256, height: 256 })
    const content = await contentFrom(await chat(app, says([text("Blue"), imageUrl(cat.dataUrl)])))
    expect(content).toContain("💬 Prompt model: Original prompt  \n")
    expect(drawn).toMatchObject([{ prompt: "Blue" }])
  })

  it("are at most four", async () => {
    const cat = await imageOf({ width: 256, height: 256 })
    const { app, drawn } = drawing()
    const five = Array.from({ length: 5 }, () => imageUrl(cat.dataUrl))
    const failure = await errorFrom(await chat(app, says([text("Blue"), ...five])))
    expect(failure).toMatchObject({ status: 400, type: "invalid_request_error" })
    expect(drawn).toEqual([])
  })

  it("are refused where no model takes any", async () => {
    const cat = await imageOf({ width: 256, height: 256 })
    const { app } = drawing({ env: { FLUX_SIZED_MODEL: "off" } })
    const failure = await errorFrom(await chat(app, says([text("Blue"), imageUrl(cat.dataUrl)])))
    expect(failure).toMatchObject({ status: 400 })
    expect(failure.message).toContain("FLUX_SIZED_MODEL")
  })
})
