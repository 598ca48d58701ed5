import { describe, expect, it } from "vitest"
import { FakeFluxModel } from "../support/layers/testLayers.ts"
import { errorFrom } from "../support/openai/answers.ts"
import { chat, completionFrom, says } from "../support/openai/chat.ts"
import { testApp } from "../support/testApp.ts"

const megabyte = 1024 * 1024
const authorization = "Bearer sk-test"
const body = JSON.stringify(says("A cat"))

const drawing = () => {
  const flux = FakeFluxModel.make()
  return { app: testApp({ flux: flux.layer }), drawn: flux.requests }
}

/** Sends a body in pieces, without saying how long it will be. */
const inPieces = (pieces: Iterable<Uint8Array<ArrayBuffer>>): RequestInit => {
  const iterator = pieces[Symbol.iterator]()
  const stream = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      const { done, value } = iterator.next()
      if (done) controller.close()
      else controller.enqueue(value)
    }
  })
  const headers = { authorization, "content-type": "application/json" }
  // Node asks for `duplex`, which the types of workerd lack.
  return { method: "POST", headers, body: stream, ...{ duplex: "half" } }
}

const nested = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`

describe("a body of JSON", () => {
  it.each([
    "application/json",
    "application/json; charset=utf-8",
    "application/x-www-form-urlencoded",
    "text/plain",
    "multipart/form-data; boundary=x",
    "nonsense"
  ])("is read under the content type %s", async (type) => {
    const { app, drawn } = drawing()
    await completionFrom(await chat(app, body, { "content-type": type }))
    expect(drawn).toMatchObject([{ prompt: "A cat" }])
  })

  it("is read without a content type", async () => {
    const { app, drawn } = drawing()
    const bytes = new TextEncoder().encode(body)
    const request = new Request("http://flux.test/v1/chat/completions", {
      method: "POST",
      headers: { authorization },
      body: bytes
    })
    expect(request.headers.has("content-type")).toBe(false)
    await completionFrom(await app.fetch(request))
    expect(drawn).toHaveLength(1)
  })

  it.each([
    ["a byte order mark", `\uFEFF${body}`],
    ["white space around it", `\r\n\t ${body} \n`],
    ["indentation", JSON.stringify(says("A cat"), null, 2)],
    ["a field twice, of which the last counts", body.replace("{", '{"n":99,"n":1,')]
  ])("is read with %s", async (_, text) => {
    const { app, drawn } = drawing()
    await completionFrom(await chat(app, text))
    expect(drawn).toMatchObject([{ prompt: "A cat" }])
  })

  it("is read in pieces that cut characters in two", async () => {
    const { app, drawn } = drawing()
    const bytes = new TextEncoder().encode(JSON.stringify(says("Eine Kätze 猫 🐈")))
    const pieces = Array.from(bytes, (byte) => Uint8Array.of(byte))
    await completionFrom(await app.fetch("/v1/chat/completions", inPieces(pieces)))
    expect(drawn).toMatchObject([{ prompt: "Eine Kätze 猫 🐈" }])
  })

  it("may be nested a little, and brackets in texts are not counted", async () => {
    const { app, drawn } = drawing()
    const text = JSON.stringify(says(`A cat ${nested(200)} "quoted\\" {{{{`, { tools: JSON.parse(nested(50)) }))
    await completionFrom(await chat(app, text))
    expect(drawn).toHaveLength(1)
  })

  it("may be nested 64 levels, and no further", async () => {
    const { app, drawn } = drawing()
    const nestedBody = (levels: number) =>
      chat(app, JSON.stringify(says("A cat", { tools: JSON.parse(nested(levels)) })))
    // The body itself is the first level.
    await completionFrom(await nestedBody(63))
    expect(await errorFrom(await nestedBody(64))).toMatchObject({
      status: 400,
      message: expect.stringMatching(/nested/)
    })
    expect(drawn).toHaveLength(1)
  })
})

describe("a body that can't be read", () => {
  it.each([
    ["empty", "", /empty/],
    ["white space", " \n", /empty/],
    ["broken", '{"messages":', /JSON/],
    ["a form", "prompt=A+cat", /JSON/],
    ["with a comma too many", '{"messages":[],}', /JSON/],
    ["with single quotes, as of a Windows shell", "{'messages':[]}", /JSON/],
    ["a list", `[${body}]`, /object/],
    ["a text", '"A cat"', /object/],
    ["a number", "42", /object/],
    ["null", "null", /object/],
    ["too deep", `{"messages":${nested(65)}}`, /nested/],
    ["much too deep", `{"messages":${nested(100_000)}}`, /nested/],
    ["deep and broken", "[".repeat(100_000), /nested/],
    ["binary", "\u0000\u0001\u0002", /JSON/]
  ])("is refused with 400 (%s)", async (_, text, message) => {
    const { app, drawn } = drawing()
    const failure = await errorFrom(await chat(app, text))
    expect(failure).toMatchObject({ status: 400, type: "invalid_request_error", code: null, shouldRetry: null })
    expect(failure.message).toMatch(message)
    expect(failure.message).not.toMatch(/SyntaxError|position|at line|node:|\.ts\b/)
    expect(drawn).toEqual([])
  })

  it("is refused where there is none at all", async () => {
    const { app } = drawing()
    const response = await app.fetch("/v1/chat/completions", { method: "POST", headers: { authorization } })
    expect(await errorFrom(response)).toMatchObject({ status: 400, message: expect.stringMatching(/empty/) })
  })
})

describe("a body that is too large", () => {
  const tooLarge = { status: 413, type: "invalid_request_error", code: "payload_too_large", shouldRetry: null }

  it("is refused by its length, before it is read", async () => {
    let read = 0
    const pieces = function* () {
      for (;;) {
        read += 1
        yield new Uint8Array(megabyte)
      }
    }
    const init = inPieces(pieces())
    const { app, drawn } = drawing()
    const response = await app.fetch("/v1/chat/completions", {
      ...init,
      headers: { authorization, "content-length": String(100 * megabyte) }
    })
    expect(await errorFrom(response)).toMatchObject(tooLarge)
    expect(read).toBeLessThan(5)
    expect(drawn).toEqual([])
  })

  it("is refused while it comes, where its length is not told", async () => {
    let read = 0
    const pieces = function* () {
      for (; read < 100; read++) yield new Uint8Array(megabyte).fill(0x20)
    }
    const { app, drawn } = drawing()
    expect(await errorFrom(await app.fetch("/v1/chat/completions", inPieces(pieces())))).toMatchObject(tooLarge)
    expect(read).toBeLessThan(40)
    expect(drawn).toEqual([])
  })

  it("is not one with four pictures of three megabytes", async () => {
    const { app } = drawing()
    const image = `data:image/jpeg;base64,${"A".repeat(4 * megabyte)}`
    await completionFrom(await chat(app, says("A cat", { ignored: [image, image, image, image] })))
  })
})
