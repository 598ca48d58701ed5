import * as Effect from "effect/Effect"
import { describe, expect, it } from "vitest"
import { UpstreamError } from "../../../src/domain/Errors.ts"
import { FakeFluxModel, FakeImageStore, FakePromptOptimizer, testTime } from "../../support/layers/testLayers.ts"
import { type Chunk, chat, completionFrom, parseChunk, says, streamFrom } from "../../support/openai/chat.ts"
import { follow } from "../../support/openai/follow.ts"
import { testApp } from "../../support/testApp.ts"

const streamed = (prompt: string, fields: object = {}) => says(prompt, { stream: true, ...fields })

const deltas = (chunks: ReadonlyArray<Chunk>) => chunks.map(({ choices }) => choices[0]?.delta)

/** A model whose drawings wait. */
const heldModel = () => {
  const { promise, resolve: release } = Promise.withResolvers<void>()
  return { flux: FakeFluxModel.make({ before: () => Effect.promise(() => promise) }).layer, release }
}

describe("a chat stream", () => {
  it("has the role, the text, the reason to stop, and [DONE], all under one name", async () => {
    const app = testApp({ testClock: true, optimizer: FakePromptOptimizer.layer })
    const { chunks, error } = await streamFrom(await chat(app, streamed("A cute cat")))
    expect(error).toBeUndefined()
    expect(deltas(chunks)[0]).toEqual({ role: "assistant", content: "" })
    const texts = deltas(chunks).slice(1, -1)
    expect(texts.every((delta) => delta?.content && delta.role === undefined)).toBe(true)
    expect(deltas(chunks).at(-1)).toEqual({})
    expect(chunks.map(({ choices }) => choices[0]?.finish_reason)).toEqual([...chunks.slice(1).map(() => null), "stop"])
    const names = chunks.map(({ created, id, model, object }) => ({ created, id, model, object }))
    expect(new Set(names.map((name) => JSON.stringify(name))).size).toBe(1)
    expect(names[0]).toMatchObject({ created: testTime / 1000, model: "@cf/black-forest-labs/flux-1-schnell" })
    expect(names[0]?.id).toMatch(/^chatcmpl-/)
    expect(chunks.every((chunk) => !("usage" in chunk))).toBe(true)
  })

  it("has the usage after the reason to stop, without choices, where it is asked for", async () => {
    const app = testApp()
    const body = streamed("A cute cat 16:9", { stream_options: { include_usage: true } })
    const { chunks, content } = await streamFrom(await chat(app, body))
    const { usage } = await completionFrom(await chat(app, says("A cute cat 16:9")))
    const last = chunks.at(-1)
    expect(last?.choices).toEqual([])
    expect(last?.usage?.completion_tokens).toBe(Math.ceil(Buffer.byteLength(content) / 4))
    expect(last?.usage?.prompt_tokens).toBe(usage.prompt_tokens)
    expect(last?.usage?.neurons).toBe(usage.neurons)
    expect(chunks.at(-2)?.choices[0]?.finish_reason).toBe("stop")
    expect(chunks.filter((chunk) => "usage" in chunk)).toHaveLength(1)
  })

  it.each([{ include_usage: false }, {}, null])("has no usage with stream_options %j", async (stream_options) => {
    const { chunks } = await streamFrom(await chat(testApp(), streamed("A cat", { stream_options })))
    expect(chunks.every((chunk) => !("usage" in chunk) && chunk.choices.length === 1)).toBe(true)
  })

  it("has each picture whole in one delta", async () => {
    const { chunks, content } = await streamFrom(await chat(testApp(), streamed("A cat", { n: 2 })))
    const images = deltas(chunks).flatMap((delta) => (delta?.content?.includes("![") ? [delta.content] : []))
    expect(images).toHaveLength(2)
    expect(content.match(/!\[/g)).toHaveLength(2)
    for (const image of images) expect(image).toMatch(/^!\[[^[\]\n]+\]\(https?:\/\/[^\s()]+\)$/)
  })

  it("tells of itself in its headers", async () => {
    const response = await chat(testApp(), streamed("A cat"), { origin: "https://chat.example" })
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": expect.stringMatching(/^text\/event-stream\b/),
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
      "access-control-allow-origin": "*",
      "x-request-id": expect.stringMatching(/^req_/),
      "x-flux-neurons": "172.8"
    })
    expect(response.headers.has("content-length")).toBe(false)
    await streamFrom(response)
  })

  it.each(["application/json", "application/json, text/event-stream", "text/event-stream", "text/html", "*/*"])(
    "is given where `stream` says so, whatever is accepted (%s)",
    async (accept) => {
      const app = testApp()
      await streamFrom(await chat(app, streamed("A cat"), { accept }))
      for (const stream of [false, null, undefined]) {
        await completionFrom(await chat(app, says("A cat", { stream }), { accept }))
      }
    }
  )
})

describe("a chat stream under way", () => {
  it("opens at once and tells each stage when it is reached", async () => {
    const { flux, release } = heldModel()
    const live = follow(await chat(testApp({ flux }), streamed("A cat")))
    const delta = async () => parseChunk((await live.next()) ?? "").choices[0]?.delta
    expect(await delta()).toEqual({ role: "assistant", content: "" })
    expect(await delta()).toEqual({ content: "🎨 Original prompt: A cat  \n" })
    expect(await delta()).toEqual({ content: "💬 Prompt model: Original prompt  \n🌐 Optimized prompt: A cat  \n" })
    release()
    expect((await delta())?.content).toMatch(/^📐 Image size/)
  })

  it("shows a picture that is ready before those after it", async () => {
    const second = Promise.withResolvers<void>()
    const before: FakeFluxModel.Options["before"] = ({ index }) =>
      index === 0 ? Effect.void : Effect.promise(() => second.promise)
    const live = follow(await chat(testApp({ flux: FakeFluxModel.make({ before }).layer }), streamed("A cat --n 2")))
    let text = ""
    while (!text.includes("![")) text += parseChunk((await live.next()) ?? "").choices[0]?.delta.content ?? ""
    second.resolve()
    let more = ""
    for (let data = await live.next(); data !== "[DONE]" && data !== undefined; data = await live.next()) {
      more += parseChunk(data).choices[0]?.delta.content ?? ""
    }
    expect(more).toMatch(/^\n\n📐[\s\S]*!\[/)
  })

  it("has an empty delta every five seconds in which nothing happens", async () => {
    const { flux, release } = heldModel()
    const app = testApp({ flux, testClock: true })
    const live = follow(await chat(app, streamed("A cat")))
    for (let lines = 0; lines < 3; lines++) await live.next()
    for (let beats = 0; beats < 3; beats++) {
      const next = live.next()
      await app.adjust("5 seconds")
      const { choices, id } = parseChunk((await next) ?? "")
      expect(choices).toEqual([{ index: 0, delta: {}, logprobs: null, finish_reason: null }])
      expect(id).toMatch(/^chatcmpl-/)
    }
    release()
    const next = await live.next()
    expect(next).toContain("📐")
  })

  it.each(["stream", "JSON"])("stops drawing when the client goes away (%s)", async (mode) => {
    const begun = Promise.withResolvers<void>()
    const stopped = Promise.withResolvers<void>()
    const before = () =>
      Effect.sync(begun.resolve).pipe(
        Effect.andThen(Effect.never),
        Effect.onInterrupt(() => Effect.sync(stopped.resolve))
      )
    const app = testApp({ flux: FakeFluxModel.make({ before }).layer })
    const client = new AbortController()
    if (mode === "stream") {
      const live = follow(await chat(app, streamed("A cat")))
      for (let lines = 0; lines < 3; lines++) await live.next()
      const pending = live.next()
      await begun.promise
      await live.cancel()
      expect(await pending).toBeUndefined()
    } else {
      const answer = chat(
        { fetch: (path, init) => app.fetch(path, { ...init, signal: client.signal }) },
        says("A cat")
      ).catch(() => undefined)
      await begun.promise
      client.abort()
      await answer
    }
    await stopped.promise
  })
})

describe("a chat stream that fails", () => {
  const failing = FakeFluxModel.failing(new UpstreamError({ message: "Workers AI is on fire." }))

  it("tells it as text, then as an error without choices, then ends", async () => {
    const live = follow(
      await chat(testApp({ flux: failing }), streamed("A cat", { stream_options: { include_usage: true } }))
    )
    const events: Array<string> = []
    for (let data = await live.next(); data !== undefined; data = await live.next()) events.push(data)
    const [text = "", error = "", done] = events.slice(-3)
    expect(parseChunk(text).choices[0]).toMatchObject({
      delta: { content: expect.stringMatching(/^\n\n⚠️ .*Workers AI is on fire\.$/) },
      finish_reason: null
    })
    expect(JSON.parse(error)).toEqual({
      error: { message: "Workers AI is on fire.", type: "upstream_error", param: null, code: "upstream_error" }
    })
    expect(done).toBe("[DONE]")
    expect(events.join("")).not.toContain('"stop"')
  })

  it("tells of a bug without its inside", async () => {
    const flux = FakeFluxModel.make({ before: () => Effect.die(new Error("secret detail at /src/x.ts")) }).layer
    const app = testApp({ flux })
    const { content, error } = await streamFrom(await chat(app, streamed("A cat")))
    expect(error).toMatchObject({ type: "server_error", code: "internal_error" })
    expect(content).toContain(error?.message)
    expect(content).not.toContain("secret detail")
    expect(app.logs.join("\n")).toContain("secret detail")
  })

  it("does not fail for one of several pictures", async () => {
    const before: FakeFluxModel.Options["before"] = ({ index }) =>
      index === 0 ? Effect.fail(new UpstreamError({ message: "No luck." })) : Effect.void
    const app = testApp({ flux: FakeFluxModel.make({ before }).layer })
    const { chunks, content, error } = await streamFrom(await chat(app, streamed("A cat", { n: 2 })))
    expect(error).toBeUndefined()
    expect(content).toMatch(/⚠️ Image 1 of 2 failed: No luck\.\n\n📐/)
    expect(chunks.at(-1)?.choices[0]?.finish_reason).toBe("stop")
  })

  it("hands over what could not be stored, beside the text in a chunk of its own", async () => {
    const { chunks, content, error } = await streamFrom(
      await chat(testApp({ store: FakeImageStore.failing("put") }), streamed("A cat"))
    )
    expect(error).toBeUndefined()
    expect(content).toMatch(/!\[Generated image\]\(data:image\/jpeg;base64,[\w+/=]+\)$/)
    const beside = deltas(chunks).flatMap((delta) => (delta?.images ? [delta] : []))
    expect(beside.map((delta) => Object.keys(delta))).toEqual([["images"]])
    const url = beside[0]?.images?.[0]?.image_url.url ?? "-"
    expect(content.includes(url)).toBe(true)
  })
})
