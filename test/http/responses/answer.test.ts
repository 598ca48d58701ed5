import * as Effect from "effect/Effect"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { UpstreamError } from "../../../src/domain/Errors.ts"
import { ImageFile } from "../../../src/domain/ImageFile.ts"
import { FakeFluxModel, FakeImageStore, FakePromptOptimizer, makeApp } from "../../support/layers/testLayers.ts"
import { linksIn } from "../../support/links.ts"
import { errorFrom } from "../../support/openai/answers.ts"
import { chat, contentFrom, says, streamFrom } from "../../support/openai/chat.ts"
import { imageTool, respond, responseFrom, responseStreamFrom } from "../../support/openai/responses.ts"
import { testApp } from "../../support/testApp.ts"

const schnell = "@cf/black-forest-labs/flux-1-schnell"
const klein = "@cf/black-forest-labs/flux-2-klein-4b"

/** Fails the pictures with these numbers. */
const failing = (...indexes: ReadonlyArray<number>) =>
  FakeFluxModel.make({
    before: ({ index }) =>
      indexes.includes(index) ? Effect.fail(new UpstreamError({ message: `Picture ${index} failed.` })) : Effect.void
  }).layer

describe("POST /v1/responses", () => {
  it.each([
    ["a text", "A fox"],
    ["a message", [{ role: "user", content: "A fox" }]],
    ["a message with its type", [{ type: "message", role: "user", content: [{ type: "input_text", text: "A fox" }] }]]
  ])("tells a picture by its link, from %s", async (_, input) => {
    const app = testApp()
    const response = await responseFrom(await respond(app, { model: "flux-1-schnell", input }))
    expect(response).toMatchObject({
      object: "response",
      status: "completed",
      error: null,
      incomplete_details: null,
      model: schnell,
      store: false,
      images: [],
      usage: { input_tokens: 2, total_tokens: expect.any(Number), neurons: expect.any(Number) }
    })
    const [link = ""] = linksIn(response.text)
    expect((await app.fetch(link)).headers.get("content-type")).toBe("image/jpeg")
    const key = /\/image\/([\w-]+)\.jpg$/.exec(link)?.[1]
    expect([response.id, response.message?.id]).toEqual([`resp_${key}`, `msg_${key}`])
  })

  it("gives the picture as base64 too where the tool asks for it", async () => {
    const app = testApp()
    const body = { input: "A fox", ...imageTool({ size: "512x768", quality: "high", output_format: "jpeg" }) }
    const { id, images, model, text } = await responseFrom(await respond(app, body))
    const [link = ""] = linksIn(text)
    const stored = await (await app.fetch(link)).bytes()
    expect(images).toEqual([
      {
        id: `ig_${/\/image\/([\w-]+)\.jpg$/.exec(link)?.[1]}`,
        type: "image_generation_call",
        status: "completed",
        result: Buffer.from(stored).toString("base64"),
        action: "generate",
        background: "opaque",
        output_format: "jpeg",
        quality: "high",
        size: "512x768",
        revised_prompt: "A fox"
      }
    ])
    expect(id.length).toBeLessThan(64)
    expect(model).toBe(klein)
  })

  it.each([
    [{ tool_choice: { type: "image_generation" } }],
    [{ ...imageTool(), tool_choice: "required" }],
    [
      {
        tools: [
          { type: "web_search" },
          { type: "image_generation", size: "auto", quality: "auto", model: "gpt-image-9" }
        ]
      }
    ]
  ])("draws for a tool that is named otherwise (%j)", async (fields) => {
    const { images } = await responseFrom(await respond(testApp(), { input: "A fox", ...fields }))
    expect(ImageFile.fromBase64(images[0]?.result ?? "")).toBeDefined()
  })

  it("accepts null and nothing in every field, and repeats what can be repeated", async () => {
    const names = [
      ...["model", "instructions", "stream", "tools", "tool_choice", "text", "include", "previous_response_id", "size"],
      ...["metadata", "temperature", "top_p", "max_output_tokens", "parallel_tool_calls", "user", "store", "n", "seed"],
      ...["steps", "reasoning", "truncation", "background", "prompt", "conversation", "service_tier"]
    ]
    const empty = { input: "A fox", ...Object.fromEntries(names.map((name) => [name, null])) }
    const bare = await responseFrom(await respond(testApp(), empty))
    expect(bare).toMatchObject({ temperature: 1, top_p: 1, metadata: {}, parallel_tool_calls: true, user: null })
    const odd = {
      input: "A fox",
      instructions: "",
      previous_response_id: "",
      model: "",
      size: "",
      text: {},
      reasoning: {}
    }
    await responseFrom(await respond(testApp(), { ...odd, tools: [], include: [], user: "", metadata: {} }))
    const given = { temperature: 0.5, top_p: 0.9, metadata: { a: "b" }, user: "u", instructions: "Be brief" }
    expect(await responseFrom(await respond(testApp(), { input: "A fox", ...given }))).toMatchObject(given)
  })

  it("has the text of chat for the same request, whole and streamed", async () => {
    const requests = [
      ["A fox 16:9", {}],
      ["Ein Fuchs --seed 7 --n 2", { "accept-language": "de" }],
      ["A cat", {}],
      ["狐狸 3:2 --steps 9", { "accept-language": "zh-CN" }]
    ] as const
    for (const optimizer of [
      FakePromptOptimizer.off,
      FakePromptOptimizer.layer,
      FakePromptOptimizer.failing("timeout")
    ]) {
      for (const [prompt, headers] of requests) {
        const fresh = () => testApp({ testClock: true, optimizer })
        const content = await contentFrom(await chat(fresh(), says(prompt), headers))
        const whole = await responseFrom(await respond(fresh(), { input: prompt }, headers))
        const streamed = await responseStreamFrom(await respond(fresh(), { input: prompt, stream: true }, headers))
        expect(bare(whole.text)).toBe(bare(content))
        expect(streamed.text).toBe(whole.text)
        expect(streamed.completed).toEqual(whole)
      }
    }
  })

  it("leaves out what failed, says so, and lets the last id find the last picture", async () => {
    const app = testApp({ flux: failing(1, 2) })
    const body = { input: "A fox", n: 3, ...imageTool() }
    const whole = await responseFrom(await respond(app, body))
    expect(whole.images).toHaveLength(1)
    expect(whole.text).toMatch(/2 of 3 failed.*\n*.*3 of 3 failed/)
    const key = /^resp_([\w-]{22}-\d{10})-i$/.exec(whole.id)?.[1]
    expect(whole.images[0]?.id).not.toBe(`ig_${key}`)
    const found = await (await app.fetch(`/image/${key}`)).bytes()
    expect(Buffer.from(found).toString("base64")).toBe(whole.images[0]?.result)
  })

  it("gives the picture in the answer where it could not be stored", async () => {
    const { text } = await responseFrom(
      await respond(testApp({ store: FakeImageStore.failing("put") }), { input: "A fox" })
    )
    expect(text).toMatch(/\]\(data:image\/jpeg;base64,/)
  })

  it("gives no base64 where no tool is to be used", async () => {
    const { images, text } = await responseFrom(
      await respond(testApp(), { input: "A fox", ...imageTool({ size: "512x512" }), tool_choice: "none" })
    )
    expect(images).toEqual([])
    expect(text).toContain("512x512")
  })

  it("draws what is asked for in the background at once where nobody would remember it", async () => {
    const response = await responseFrom(await respond(testApp(), { input: "A fox", background: true }))
    expect(response).toMatchObject({ status: "completed", background: false })
  })

  it("leaves out an instruction to the model that stands before the prompt", async () => {
    const input = "Use the following text as the complete prompt. Do not rewrite it:\nA fox"
    const fields = imageTool({ action: "generate", size: "auto", output_format: "jpeg", quality: "auto" })
    const { images, text } = await responseFrom(await respond(testApp(), { input, ...fields, tool_choice: "required" }))
    expect(images[0]?.revised_prompt).toBe("A fox")
    expect(text).not.toContain("rewrite")
  })

  it("names its job and what it cost", async () => {
    const response = await respond(testApp(), { input: "A fox" })
    expect(Number(response.headers.get("x-flux-neurons"))).toBeGreaterThan(0)
  })

  it("fails with the status of the failure where nothing came of it", async () => {
    const failure = await errorFrom(await respond(testApp({ flux: failing(0) }), { input: "A fox" }))
    expect(failure).toMatchObject({ status: 502, code: "upstream_error", shouldRetry: "false" })
  })
})

/** The text without what differs from one request to the next: ids, and the numbers by which links are told apart. */
const bare = (text: string) => text.replace(/\/image\/[\w-]+/g, "/image/KEY")

describe("the text", () => {
  const prompts = fc.oneof(
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 30 }).map((words) => `A ${words} cat`),
    fc.constantFrom(
      "A cat 16:9 --seed 7",
      "Eine Katze\n3:2",
      "**A** `cat` --steps 40",
      "一只猫 --raw",
      "![x](https://a.example/b)"
    )
  )
  it("is that of chat, whatever happens to the pictures", async () => {
    await fc.assert(
      fc.asyncProperty(
        prompts,
        fc.integer({ min: 1, max: 4 }),
        fc.subarray([0, 1, 2, 3]),
        fc.boolean(),
        fc.constantFrom("en", "fr", "ja"),
        fc.boolean(),
        fc.constantFrom("short", "full"),
        async (prompt, n, failed, stored, language, stream, style) => {
          const apps = [0, 1].map(() =>
            makeApp({
              testClock: true,
              env: { CHAT_STYLE: style },
              flux: failing(...failed),
              store: stored ? FakeImageStore.layer : FakeImageStore.failing("put")
            })
          )
          const [one, two] = apps
          const headers = { "accept-language": language }
          const told = one && (await chat(one, says(prompt, { n, stream }), headers))
          const also = two && (await respond(two, { input: prompt, n, stream, ...imageTool() }, headers))
          expect(also?.status).toBe(told?.status)
          if (told && also && stream) {
            expect(bare((await responseStreamFrom(also)).text) === bare((await streamFrom(told)).content)).toBe(true)
          } else if (told && also && told.status === 200) {
            expect(bare((await responseFrom(also)).text) === bare(await contentFrom(told))).toBe(true)
          }
          await Promise.all(apps.map((app) => app.dispose()))
        }
      ),
      { numRuns: 60 }
    )
  }, 60_000)
})

describe("a request that is not in order", () => {
  const many = { type: "image_generation" }
  it.each([
    [{}, "input"],
    [{ input: null }, "input"],
    [{ input: "" }, "input"],
    [{ input: [] }, "input"],
    [{ input: 7 }, "input"],
    [{ input: "--raw" }, "input"],
    [{ input: "A fox --seed x" }, "input"],
    [{ input: [{ role: "assistant", content: "Hi" }] }, "input"],
    [
      {
        input: [
          {
            role: "user",
            content: [
              { type: "input_text", text: "A" },
              { type: "input_image", file_id: "f" }
            ]
          }
        ]
      },
      "input"
    ],
    [
      {
        input: [
          {
            role: "user",
            content: [
              { type: "input_text", text: "A" },
              { type: "input_image", image_url: "x" }
            ]
          }
        ]
      },
      "input"
    ],
    [{ input: "Blue --edit" }, "input"],
    [{ input: "A fox", n: 11 }, "n"],
    [{ input: "A fox", size: "big" }, "size"],
    [{ input: "A fox", stream: "yes" }, "stream"],
    [{ input: "A fox", tools: [{ type: "web_search" }, { ...many, size: "big" }] }, "tools.1.size"],
    [{ input: "A fox", ...imageTool({ output_format: "gif" }) }, "tools.0.output_format"],
    [{ input: "A fox", ...imageTool({ output_format: "webp" }) }, "tools.0.output_format"],
    [{ input: "A fox", ...imageTool({ quality: "best" }) }, "tools.0.quality"],
    [{ input: "A fox", ...imageTool({ action: "edit" }) }, "tools.0.action"],
    [{ input: "A fox", ...imageTool({ input_image_mask: { file_id: "x" } }) }, "tools.0.input_image_mask"]
  ])("is told which field is wrong (%j)", async (body, param) => {
    const failure = await errorFrom(await respond(testApp(), body))
    expect(failure).toMatchObject({ status: 400, type: "invalid_request_error", param: expect.any(String) })
    expect(failure.param?.startsWith(param), failure.param ?? "").toBe(true)
  })

  it("is told which model there is not, before a stream opens", async () => {
    const failure = await errorFrom(await respond(testApp(), { input: "A fox", model: "gpt-5.2", stream: true }))
    expect(failure).toMatchObject({ status: 404, code: "model_not_found", param: "model" })
  })

  it("needs a key", async () => {
    expect((await respond(testApp(), { input: "A fox" }, { authorization: "" })).status).toBe(401)
  })
})

describe("a background request of a program", () => {
  it.each([
    [{ input: "A fox", text: { format: { type: "json_schema", name: "t", schema: {} } } }],
    [{ input: "A fox", text: { format: { type: "json_object" } }, ...imageTool() }],
    [{ input: "A fox", tool_choice: "required", tools: [{ type: "function", name: "get_weather" }] }],
    [
      {
        input: [
          { role: "user", content: "A fox" },
          { type: "function_call_output", call_id: "c", output: "7" }
        ]
      }
    ]
  ])("is answered in words, and nothing is drawn (%j)", async (body) => {
    const flux = FakeFluxModel.make()
    const app = testApp({ flux: flux.layer })
    const whole = await responseFrom(await respond(app, body))
    const streamed = await responseStreamFrom(await respond(app, { ...body, stream: true }))
    expect(whole).toMatchObject({ images: [], usage: { total_tokens: 0, neurons: 0 } })
    expect(whole.text).not.toBe("")
    expect(streamed.text).toBe(whole.text)
    expect(whole.id).toMatch(/^resp_text_/)
    expect(flux.requests).toEqual([])
  })
})
