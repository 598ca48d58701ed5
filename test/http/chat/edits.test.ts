import { describe, expect, it } from "vitest"
import { FakeFluxModel, FakeImageStore, FakePromptOptimizer, type TestApp } from "../../support/layers/testLayers.ts"
import { errorFrom } from "../../support/openai/answers.ts"
import { chat, completionFrom, contentFrom, says } from "../../support/openai/chat.ts"
import { imageOf } from "../../support/pictures.ts"
import { testApp } from "../../support/testApp.ts"

const user = (content: unknown) => ({ role: "user", content })
const assistant = (content: unknown) => ({ role: "assistant", content })

const studio = (options: Parameters<typeof testApp>[0] = {}) => {
  const flux = FakeFluxModel.make()
  const store = FakeImageStore.make()
  const app = testApp({ testClock: true, ...options, flux: flux.layer, store: store.layer })
  const last = () => ({
    request: flux.requests.at(-1),
    inputs: flux.requests.at(-1)?.inputs.map((file) => file.base64)
  })
  /** Draws, and gives the exchange as the client keeps it, with the picture. */
  const drawn = async (prompt: string) => {
    const content = await contentFrom(await chat(app, says(prompt)))
    const name = /\/image\/([\w.-]+)\)/.exec(content)?.[1] ?? ""
    return { exchange: [user(prompt), assistant(content)], image: store.images.get(name)?.base64, content }
  }
  return { app, drawn, last, requests: flux.requests }
}

const goOn = (app: TestApp, messages: ReadonlyArray<unknown>, fields: object = {}) => chat(app, { messages, ...fields })

describe("a message about the picture before it", () => {
  it.each([
    "make it blue",
    "Make it blue",
    "Change the sky to night",
    "Mach es blau",
    '"make it blue"',
    "„Mach es blau“",
    "把它变成蓝色",
    "それを青くして",
    "Turn the cat around --edit",
    "A cat in the rain —edit"
  ])("changes that picture (%s)", async (prompt) => {
    const { app, drawn, last } = studio()
    const first = await drawn("A cat 16:9")
    const { content, model } = await completionFrom(await goOn(app, [...first.exchange, user(prompt)]))
    expect(last().inputs).toEqual([first.image])
    expect(model).toBe("@cf/black-forest-labs/flux-2-klein-4b")
    expect(last().request?.prompt).toBe(prompt.replace(/ [-—]+edit$/, ""))
    const { height = 1, width = 0 } = last().request?.size ?? {}
    expect(width / height).toBeCloseTo(16 / 9, 1)
    expect(content).toMatch(/!\[Generated image\]/)
  })

  it("means the newest", async () => {
    const { app, drawn, last } = studio()
    const [first, second] = [await drawn("A cat"), await drawn("A dog")]
    await goOn(app, [...first.exchange, ...second.exchange, user("make it blue")])
    expect(last().inputs).toEqual([second.image])
    expect(first.image).not.toBe(second.image)
  })

  it("finds it in the text parts of an answer", async () => {
    const { app, drawn, last } = studio()
    const { content, image } = await drawn("A cat")
    await goOn(app, [user("A cat"), assistant([{ type: "text", text: content }]), user("make it blue")])
    expect(last().inputs).toEqual([image])
  })

  it("is drawn as it is, without optimization", async () => {
    const { app, drawn, last } = studio({ optimizer: FakePromptOptimizer.layer })
    const { exchange } = await drawn("A cat")
    await goOn(app, [...exchange, user("make it blue")])
    expect(last().request?.prompt).toBe("make it blue")
  })

  it("keeps what its flags say", async () => {
    const { app, drawn, last } = studio()
    const { exchange } = await drawn("A cat")
    await goOn(app, [...exchange, user("make it blue --size 512x640 --seed 9")])
    expect(last().request).toMatchObject({ prompt: "make it blue", size: { width: 512, height: 640 }, seed: 9 })
  })

  it("is about an attached picture where there is one", async () => {
    const { app, drawn, last } = studio()
    const { exchange } = await drawn("A cat")
    const other = await imageOf({ width: 256, height: 256 }, { text: "other" })
    const parts = [
      { type: "text", text: "make it blue" },
      { type: "image_url", image_url: { url: other.dataUrl } }
    ]
    await goOn(app, [...exchange, user(parts)])
    expect(last().inputs).toEqual([other.base64])
  })

  it("knows links under PUBLIC_BASE_URL and under the address of the request", async () => {
    const { app, drawn, last } = studio({ env: { PUBLIC_BASE_URL: "https://pictures.example.com" } })
    const { content, exchange, image } = await drawn("A cat")
    expect(content).toContain("](https://pictures.example.com/image/")
    await goOn(app, [...exchange, user("make it blue")])
    expect(last().inputs).toEqual([image])
    const elsewhere = content.replace("https://pictures.example.com", "http://flux.test")
    await goOn(app, [user("A cat"), assistant(elsewhere), user("make it green")])
    expect(last().inputs).toEqual([image])
  })
})

describe("a message that is not about the picture before it", () => {
  it.each([
    "A blue cat",
    '"Make it blue" on a poster',
    'A cat that says "make it blue"',
    "I want you to make it blue",
    "makeitblue"
  ])("draws anew (%s)", async (prompt) => {
    const { app, drawn, last } = studio()
    const { exchange } = await drawn("A cat")
    await goOn(app, [...exchange, user(prompt)])
    expect(last()).toMatchObject({ inputs: [], request: { prompt } })
  })

  it("may begin like one where there is no picture of ours", async () => {
    const { app, drawn, last } = studio()
    const { content } = await drawn("A cat")
    const foreign = content.replace("http://flux.test", "https://elsewhere.example")
    await goOn(app, [user("A cat"), assistant(foreign), user("make it blue")])
    expect(last()).toMatchObject({ inputs: [], request: { prompt: "make it blue" } })
    await goOn(app, [user(content), user("make it blue")])
    expect(last().inputs).toEqual([])
  })

  it("is decided by EDIT_PHRASES", async () => {
    const { app, drawn, last } = studio({ env: { EDIT_PHRASES: "Repaint, and now" } })
    const { exchange, image } = await drawn("A cat")
    await goOn(app, [...exchange, user("make it blue")])
    expect(last().inputs).toEqual([])
    await goOn(app, [...exchange, user("And now in blue")])
    expect(last().inputs).toEqual([image])
  })
})

describe("a picture that can't be changed", () => {
  it.each([false, true])("is missing where --edit finds none (stream: %s)", async (stream) => {
    const { app, requests } = studio()
    const failure = await errorFrom(await goOn(app, [user("Blue --edit")], { stream }))
    expect(failure).toMatchObject({ status: 400, type: "invalid_request_error", param: "messages" })
    expect(requests).toEqual([])
  })

  it.each([false, true])("has expired (stream: %s)", async (stream) => {
    const { app, drawn, requests } = studio()
    const { exchange } = await drawn("A cat")
    await app.adjust("1803 seconds")
    const failure = await errorFrom(await goOn(app, [...exchange, user("make it blue")], { stream }))
    expect(failure).toMatchObject({ status: 404, code: "image_not_found", type: "invalid_request_error" })
    expect(failure.message).toContain("expired")
    expect(requests).toHaveLength(1)
  })

  it("can't be read", async () => {
    const { drawn } = studio()
    const { exchange } = await drawn("A cat")
    const app = testApp({ store: FakeImageStore.failing("get"), testClock: true })
    const failure = await errorFrom(await goOn(app, [...exchange, user("make it blue")]))
    expect(failure).toMatchObject({ status: 502, code: "upstream_error", shouldRetry: "false" })
  })
})
