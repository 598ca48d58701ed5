import { describe, expect, it } from "vitest"
import { FakeFluxModel } from "../../support/layers/testLayers.ts"
import { errorFrom } from "../../support/openai/answers.ts"
import { chat, completionFrom, says } from "../../support/openai/chat.ts"
import { imageOf } from "../../support/pictures.ts"
import { testApp } from "../../support/testApp.ts"

const cat = await imageOf({ width: 256, height: 256 }, { text: "cat" })
const dog = await imageOf({ width: 256, height: 256 }, { text: "dog", mediaType: "image/png" })
const base64 = cat.base64
const url = cat.dataUrl

const drawing = () => {
  const flux = FakeFluxModel.make()
  const inputs = () => flux.requests.at(-1)?.inputs.map((file) => file.base64)
  return { app: testApp({ flux: flux.layer }), drawn: flux.requests, inputs }
}

const text = { type: "text", text: "In the snow" }

describe("a picture in a message", () => {
  it.each<[string, object]>([
    ["OpenAI's chat", { type: "image_url", image_url: { url } }],
    ["OpenAI's responses", { type: "input_image", image_url: url }],
    ["another case of letters", { type: "IMAGE_URL", image_url: { url } }],
    ["the spelling of JavaScript", { type: "imageUrl", imageUrl: { url } }],
    ["Anthropic", { type: "image", source: { type: "base64", media_type: "image/jpeg", data: base64 } }],
    ["Anthropic, by address", { type: "image", source: { type: "url", url } }],
    ["the AI SDK", { type: "image", image: url }],
    ["the AI SDK, as a file", { type: "file", mediaType: "image/jpeg", data: base64 }],
    ["Gemini", { inline_data: { mime_type: "image/jpeg", data: base64 } }],
    ["Gemini in JavaScript", { inlineData: { mimeType: "image/jpeg", data: base64 } }],
    ["a file with its data", { type: "file", file: { filename: "cat.jpg", file_data: url } }],
    ["base64 with nothing before it", { type: "image_url", image_url: { url: base64 } }],
    ["MCP", { type: "image", data: base64, mimeType: "image/jpeg" }]
  ])("is used as %s sends it", async (_, part) => {
    const { app, inputs } = drawing()
    await completionFrom(await chat(app, says([text, part])))
    expect(inputs()).toEqual([cat.base64])
    await completionFrom(await chat(app, says([part, text])))
    expect(inputs()).toEqual([cat.base64])
  })

  it.each<[string, object]>([
    ["image_url", { type: "image_url" }],
    ["image_url", { type: "image_url", image_url: {} }],
    ["image_url", { type: "image_url", image_url: { url: "" } }],
    ["input_image", { type: "input_image", file_id: "file-123" }],
    ["image_file", { type: "image_file", image_file: { file_id: "file-123" } }],
    ["image", { type: "image", source: { type: "file", file_id: "file_1" } }],
    ["image_asset_pointer", { type: "image_asset_pointer", asset_pointer: "sediment://file_1" }],
    ["input_picture", { type: "input_picture", picture: 7 }],
    ["file", { type: "file", file: { filename: "cat.png", file_id: "file-1" } }],
    ["image_url", { type: "image_url", image_url: { url: "attachment:cat.png" } }]
  ])("that can't be got at is a 400 that names the type %s (%#)", async (type, part) => {
    const { app, drawn } = drawing()
    for (const stream of [false, true]) {
      const failure = await errorFrom(await chat(app, says([text, part], { stream })))
      expect(failure).toMatchObject({ status: 400, param: "messages" })
      expect(failure.message).toContain(`'${type}'`)
    }
    expect(drawn).toEqual([])
  })

  it.each<[string, unknown]>([
    ["a sound", { type: "input_audio", input_audio: { data: "AAAA", format: "wav" } }],
    ["a document", { type: "file", file: { filename: "notes.pdf", file_id: "file-1" } }],
    ["a text of another kind", { type: "reasoning", text: "images" }],
    ["nothing", {}]
  ])("is not what %s is", async (_, part) => {
    const { app, inputs } = drawing()
    await completionFrom(await chat(app, says([text, part])))
    expect(inputs()).toEqual([])
  })

  it("may stand beside the text, as Ollama sends it, and one part need not be in a list", async () => {
    const { app, drawn, inputs } = drawing()
    await completionFrom(await chat(app, { messages: [{ role: "user", content: "In the snow", images: [base64] }] }))
    expect(inputs()).toEqual([cat.base64])
    await completionFrom(await chat(app, says(text)))
    expect(drawn.at(-1)).toMatchObject({ prompt: "In the snow", inputs: [] })
  })
})

describe("a picture of an earlier message", () => {
  const user = (content: unknown) => ({ role: "user", content })
  const assistant = (content: unknown, fields: object = {}) => ({ role: "assistant", content, ...fields })
  const part = (dataUrl: string) => ({ type: "image_url", image_url: { url: dataUrl } })
  const edit = user("make it winter")

  it.each<[string, ReadonlyArray<object>, string]>([
    ["the user's own", [user([text, part(cat.dataUrl)]), assistant("Nice."), edit], cat.base64],
    ["one without an answer", [user([part(cat.dataUrl), text]), edit], cat.base64],
    ["the newest of two turns", [user([text, part(cat.dataUrl)]), user([text, part(dog.dataUrl)]), edit], dog.base64],
    ["the last of one message", [user([text, part(cat.dataUrl), part(dog.dataUrl)]), edit], dog.base64],
    [
      "an assistant's part",
      [user("A cat"), assistant([{ type: "text", text: "Here" }, part(cat.dataUrl)]), edit],
      cat.base64
    ],
    [
      "an assistant's picture beside the text",
      [user([text, part(dog.dataUrl)]), assistant("Here", { images: [part(cat.dataUrl)] }), edit],
      cat.base64
    ],
    [
      "the user's after the assistant's",
      [assistant([part(cat.dataUrl)]), user([text, part(dog.dataUrl)]), edit],
      dog.base64
    ]
  ])("is edited: %s", async (_, messages, expected) => {
    const { app, inputs } = drawing()
    await completionFrom(await chat(app, { messages }))
    expect(inputs()).toEqual([expected])
  })

  it("is left alone where nothing asks for a change, and where the system has sent it", async () => {
    const { app, inputs } = drawing()
    await completionFrom(await chat(app, { messages: [user([text, part(cat.dataUrl)]), user("A blue house")] }))
    expect(inputs()).toEqual([])
    await completionFrom(await chat(app, { messages: [{ role: "system", content: [part(cat.dataUrl)] }, edit] }))
    expect(inputs()).toEqual([])
  })

  it("that can't be got at is not passed over", async () => {
    const { app, drawn } = drawing()
    const lost = { type: "input_image", file_id: "file-1" }
    const failure = await errorFrom(
      await chat(app, { messages: [user([text, part(cat.dataUrl)]), user([text, lost]), edit] })
    )
    expect(failure).toMatchObject({ status: 400, param: "messages" })
    expect(failure.message).toContain("'input_image'")
    expect(drawn).toEqual([])
  })
})
