import { describe, expect, it } from "vitest"
import { FakeFluxModel } from "../support/layers/testLayers.ts"
import { errorFrom } from "../support/openai/answers.ts"
import { chat, contentFrom, says } from "../support/openai/chat.ts"
import { edit, editForm, generate } from "../support/openai/requests.ts"
import { imageOf } from "../support/pictures.ts"
import { testApp } from "../support/testApp.ts"

const megabyte = 1024 * 1024

const drawing = () => {
  const flux = FakeFluxModel.make()
  return { app: testApp({ flux: flux.layer, env: { PUBLIC_BASE_URL: "https://flux.example" } }), drawn: flux.requests }
}

type App = ReturnType<typeof drawing>["app"]

const ways: ReadonlyArray<readonly [string, (app: App, prompt: string) => Promise<Response>]> = [
  ["chat", (app, prompt) => chat(app, says(prompt))],
  ["chat in parts", (app, prompt) => chat(app, says([{ type: "text", text: prompt }]))],
  ["a stream", (app, prompt) => chat(app, says(prompt, { stream: true }))],
  ["generations", (app, prompt) => generate(app, { prompt })],
  ["a form", async (app, prompt) => edit(app, editForm([await imageOf({ width: 64, height: 64 })], { prompt }))],
  ["edits", async (app, prompt) => edit(app, { prompt, image: (await imageOf({ width: 64, height: 64 })).dataUrl })]
]

describe.each(ways)("a prompt by %s", (_way, send) => {
  it.each([
    ["10 MB of blanks", " ".repeat(10 * megabyte)],
    ["1 MB of blanks", " ".repeat(megabyte)],
    ["3 MB of line ends", "\n".repeat(3 * megabyte)],
    ["1 MB of letters", "a".repeat(megabyte)],
    ["2 MB of quotes", '"'.repeat(2 * megabyte)],
    ["1 MB of characters of three bytes", "猫".repeat(megabyte)],
    ["one character too many", "a".repeat(32_769)],
    ["one emoji too many", "🐈".repeat(32_769)],
    ["flags", "--n 2 ".repeat(100_000)],
    ["base64", `data:image/png;base64,${"A".repeat(6 * megabyte)}`]
  ])("of %s is a 400 before anything is done with it", async (_name, prompt) => {
    const { app, drawn } = drawing()
    const error = await errorFrom(await send(app, prompt))
    expect(error).toMatchObject({ status: 400, type: "invalid_request_error" })
    expect(error.message).toMatch(/32 KB|2 MB of text/)
    expect(error.message.length).toBeLessThan(500)
    expect(drawn).toEqual([])
  })

  it("of 32,768 characters, also where they are emoji, is left to its model", async () => {
    const { app } = drawing()
    for (const character of ["a", "🐈"]) {
      const error = await errorFrom(await send(app, character.repeat(32_768)))
      expect(error.message).toMatch(/takes at most (?:2048|1024) of them/)
    }
  })
})

describe("text beside pictures", () => {
  const picture = `data:image/png;base64,${"iVBORw0KGgo".repeat(400_000)}`

  it.each<readonly [string, object]>([
    ["a field that nobody reads", { metadata: "a b ".repeat(600_000) }],
    ["many small fields", { metadata: Array.from({ length: 900 }, () => "a b ".repeat(700)) }],
    ["numbers", { metadata: Array.from({ length: 900 }, () => Array.from({ length: 600 }, () => 12345)) }],
    ["letters of three bytes", { metadata: "猫".repeat(800_000) }],
    ["text that calls itself a picture", { metadata: `base64,${"not base64 at all ".repeat(150_000)}` }]
  ])("may be 2 MB in all, and not more by %s", async (_name, fields) => {
    const { app, drawn } = drawing()
    for (const body of [says("A cat", fields), says("A cat", { ...fields, image: picture })]) {
      expect(await errorFrom(await chat(app, body))).toMatchObject({
        status: 400,
        message: "The request body has more than 2 MB of text. Only the data of pictures may be longer."
      })
    }
    expect(drawn).toEqual([])
  })

  it.each<readonly [string, unknown]>([
    ["a part of an earlier message", [{ type: "image_url", image_url: { url: picture } }]],
    ["a link of Markdown in an earlier answer", `Here it is:\n\n![Generated image](${picture})\n\nEnjoy!`],
    ["two such links", `![a](${picture})\n![b](${picture})`],
    ["base64 alone", [{ type: "image", source: { data: "/9j/".repeat(1_000_000) } }]],
    ["base64 of another format", [{ type: "image", data: `AAAAIGZ0eXBoZWlj${"AAAA".repeat(1_000_000)}` }]]
  ])("does not count %s", async (_name, content) => {
    const { app, drawn } = drawing()
    const messages = [
      { role: "user", content: "A dog" },
      { role: "assistant", content },
      { role: "user", content: "A cat" }
    ]
    await contentFrom(await chat(app, { messages }))
    expect(drawn).toMatchObject([{ prompt: "A cat" }])
  })

  it("may be 2 MB in a form too", async () => {
    const { app } = drawing()
    const form = editForm([await imageOf({ width: 64, height: 64 })], { other: "a ".repeat(1.1 * megabyte) })
    expect(await errorFrom(await edit(app, form))).toMatchObject({
      status: 400,
      message: expect.stringContaining("2 MB of text")
    })
  })
})

describe("the parts of a form", () => {
  it.each([101, 300, 100_000])("are 100 at most, not %i", async (count) => {
    const { app, drawn } = drawing()
    const part = '--b\r\ncontent-disposition: form-data; name="a"\r\n\r\nx\r\n'
    for (const [type, body] of [
      ["multipart/form-data; boundary=b", `${part.repeat(count)}--b--\r\n`],
      ['multipart/form-data; boundary="b"', part.repeat(count)]
    ] as const) {
      const headers = { authorization: "Bearer sk-test", "content-type": type }
      const response = await app.fetch("/v1/images/edits", { method: "POST", headers, body })
      expect(await errorFrom(response)).toMatchObject({ status: 400, message: "The form has more than 100 parts." })
    }
    expect(drawn).toEqual([])
  })

  it("may be 100, and a picture may hold what looks like a boundary", async () => {
    const { app, drawn } = drawing()
    const form = editForm([await imageOf({ width: 64, height: 64 })])
    for (let index = 0; index < 98; index++) form.append(`other${index}`, "--x\r\n--x")
    expect((await edit(app, form)).status).toBe(200)
    expect(drawn).toHaveLength(1)
  })

  it.each([
    "__proto__",
    "constructor",
    "prototype",
    "toString",
    "hasOwnProperty",
    "image[__proto__]",
    "__proto__[prompt]"
  ])("never become more than fields: %s", async (name) => {
    const { app, drawn } = drawing()
    for (const value of ["text", new Blob(["file"]), new Blob(['{"prompt":"A dog","n":3}'])]) {
      const form = editForm([await imageOf({ width: 64, height: 64 })])
      form.append(name, value)
      form.append(name, value)
      expect((await edit(app, form)).status).toBe(200)
    }
    expect(drawn.map(({ prompt }) => prompt)).toEqual(["Make it blue", "Make it blue", "Make it blue"])
    expect(Object.keys(Object.prototype)).toEqual([])
  })
})

describe("JSON never becomes a prototype", () => {
  const evil = '{"prompt":"A dog","n":3,"stream":true,"model":"nothing","url":"https://evil.test/a.png","text":"A dog"}'

  it.each(["__proto__", "constructor", "prototype"])("by a key %s at any depth", async (key) => {
    const { app, drawn } = drawing()
    const bodies = [
      ["/v1/images/generations", `{"${key}":${evil},"prompt":"A cat"}`],
      ["/v1/chat/completions", `{"${key}":${evil},"messages":[{"role":"user","content":"A cat"}]}`],
      ["/v1/chat/completions", `{"messages":[{"${key}":${evil},"role":"user","content":"A cat"}]}`],
      [
        "/v1/chat/completions",
        `{"messages":[{"role":"user","content":[{"${key}":${evil}},{"type":"text","text":"A cat"}]}]}`
      ],
      ["/v1/chat/completions", `{"messages":[{"role":"user","content":"A cat"}],"stream_options":{"${key}":${evil}}}`],
      [
        "/v1/chat/completions",
        `{"messages":[{"role":"user","content":"A cat"}],"tools":[{"${key}":{"function":${evil}}}]}`
      ]
    ] as const
    for (const [path, body] of bodies) {
      const response = await app.fetch(path, { method: "POST", headers: { authorization: "Bearer sk-test" }, body })
      expect(response.status, body).toBe(200)
      expect(response.headers.get("content-type")).toMatch(/json/)
    }
    expect(drawn.map(({ prompt }) => prompt)).toEqual(bodies.map(() => "A cat"))
  })

  it.each(["__proto__", "constructor", "prototype"])(
    "so that %s stands in for no field that is missing",
    async (key) => {
      const { app, drawn } = drawing()
      const response = await generate(app, JSON.parse(`{"prompt":null,"${key}":${evil}}`))
      expect(await errorFrom(response)).toMatchObject({ status: 400, param: "prompt" })
      expect(await errorFrom(await edit(app, JSON.parse(`{"image":{"${key}":${evil}}}`)))).toMatchObject({
        status: 400
      })
      expect(drawn).toEqual([])
    }
  )

  it.each(["__proto__", "constructor", "toString"])("nor does a query or a model of that name: %s", async (name) => {
    const { app } = drawing()
    const headers = { authorization: "Bearer sk-test" }
    const query = await app.fetch(`/v1/models?${name}=1&${name}=2&type=image`, { headers })
    expect(query.status).toBe(200)
    expect((await app.fetch(`/v1/models/${name}`, { headers })).status).toBe(404)
    expect(await errorFrom(await generate(app, { model: name }))).toMatchObject({
      status: 404,
      code: "model_not_found"
    })
  })
})

describe("what an answer repeats of a request", () => {
  const long = "x".repeat(20_000)

  it.each<readonly [string, (app: App) => Promise<Response>]>([
    ["a model", (app) => generate(app, { model: long })],
    ["a model in chat", (app) => chat(app, says("A cat", { model: long }))],
    ["a model of 201 characters", (app) => chat(app, says("A cat", { model: "x".repeat(201) }))],
    [
      "a model in a background request",
      (app) => chat(app, says("A cat", { model: long, response_format: { type: "json_object" } }))
    ],
    ["a model in the path", (app) => app.fetch(`/v1/models/${long}`, { headers: { authorization: "Bearer sk-test" } })],
    ["a size", (app) => generate(app, { size: long })],
    ["a quality", (app) => generate(app, { quality: long })],
    ["a format", (app) => generate(app, { output_format: long })],
    ["a picture", (app) => edit(app, { image: long })],
    ["a list", (app) => generate(app, { [long]: Array.from({ length: 1001 }, () => 1) })],
    ["a path", (app) => app.fetch(`/${long}`, { headers: { authorization: "Bearer sk-test" } })],
    [
      "a method",
      (app) => app.fetch("/v1/models", { method: "X".repeat(2000), headers: { authorization: "Bearer sk-test" } })
    ],
    ["a flag", (app) => chat(app, says(`A cat --seed ${"x".repeat(90)}`))],
    ["a job", (app) => app.fetch(`/v1/jobs/${long}`, { headers: { authorization: "Bearer sk-test" } })]
  ])("is short: %s", async (_name, send) => {
    const { app } = drawing()
    const response = await send(app)
    expect(response.status).toBeGreaterThanOrEqual(400)
    expect(response.status).toBeLessThan(500)
    expect((await response.text()).length).toBeLessThan(1000)
  })
})

describe("a long conversation", () => {
  it("is read from its newest 1,000 messages", async () => {
    const { app, drawn } = drawing()
    const messages = Array.from({ length: 30_000 }, (_, index) => ({ role: "user", content: `${index}` }))
    await contentFrom(await chat(app, { messages }))
    expect(drawn).toMatchObject([{ prompt: "29999" }])
    const old = [
      { role: "user", content: "A cat" },
      ...messages.slice(0, 1000).map(() => ({ role: "tool", content: "" }))
    ]
    expect(await errorFrom(await chat(app, { messages: old }))).toMatchObject({ status: 400, param: "messages" })
  })

  it.each([
    ["what is no address", "http://[/image/a.png "],
    ["the beginnings of addresses", "http://a"],
    ["addresses of others", "https://evil.test/image/0000000000000000000001-1790000000.jpg "],
    ["half a link", "https://flux.example/image/"]
  ])("is searched for the newest picture at once, and through %s", async (_name, noise) => {
    const { app, drawn } = drawing()
    const first = await contentFrom(await chat(app, says("A cat")))
    const around = noise.repeat(400_000 / noise.length)
    const messages = [
      { role: "user", content: "A cat" },
      { role: "assistant", content: `${around} ${first} ${around}` },
      { role: "assistant", content: around },
      { role: "user", content: "make it winter" }
    ]
    await contentFrom(await chat(app, { messages }))
    expect(drawn[1]?.inputs).toHaveLength(1)
    expect(
      await errorFrom(
        await chat(app, {
          messages: messages
            .slice(2)
            .map((each) => ({ ...each, content: each.role === "user" ? "make it winter --edit" : each.content }))
        })
      )
    ).toMatchObject({ status: 400 })
  })

  it("is known for a background request by its beginning and its end, however long", async () => {
    const { app, drawn } = drawing()
    const history = "USER: A cat\nASSISTANT: Here it is.\n".repeat(20_000)
    const task = `### Task:\nGenerate a concise, 3-5 word title with an emoji.\n<chat_history>\n${history}</chat_history>`
    const title = "Based on the chat history, give this conversation a name.\n```\n"
    for (const text of [task, `${title}${"A cat\n".repeat(100_000)}\`\`\`\nThe name is:`]) {
      expect(await contentFrom(await chat(app, says(text)))).not.toContain("![")
    }
    expect(drawn).toEqual([])
  })

  it("has at most 100 parts in its last message, and four pictures that are looked at", async () => {
    const { app, drawn } = drawing()
    const parts = (count: number, part: object) => Array.from({ length: count }, () => part)
    const error = await errorFrom(await chat(app, says(parts(101, { type: "text", text: "A cat" }))))
    expect(error).toMatchObject({ status: 400, message: expect.stringContaining("100 parts") })
    const broken = { type: "image_url", image_url: { url: "data:image/png;base64,AAAA" } }
    const pictures = await errorFrom(await chat(app, says([{ type: "text", text: "A cat" }, ...parts(5, broken)])))
    expect(pictures.message).toContain("5 were sent")
    expect(drawn).toEqual([])
  })
})
