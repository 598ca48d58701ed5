import * as Effect from "effect/Effect"
import { describe, expect, it } from "vitest"
import { ContentPolicyViolation, UpstreamError } from "../../../src/domain/Errors.ts"
import { ImageFile } from "../../../src/domain/ImageFile.ts"
import { makeFakeKv } from "../../support/FakeKv.ts"
import {
  FakeFluxModel,
  FakeImageStore,
  FakeLedger,
  FakePromptOptimizer,
  testTime
} from "../../support/layers/testLayers.ts"
import { callTool, postMcp } from "../../support/mcp.ts"
import { chat, completionFrom, says } from "../../support/openai/chat.ts"
import { imageOf } from "../../support/pictures.ts"
import { testApp } from "../../support/testApp.ts"

const schnell = "@cf/black-forest-labs/flux-1-schnell"
const klein = "@cf/black-forest-labs/flux-2-klein-4b"
const dataUrl = async () => (await imageOf({ width: 320, height: 256 })).dataUrl

describe("generate_image", () => {
  it("gives the link as text, as a link and as data, and a small picture", async () => {
    const app = testApp()
    const { images, isError, links, structuredContent, text } = await callTool(app, "generate_image", {
      prompt: "A cat"
    })
    expect(isError).toBe(false)
    const [link] = links
    expect(text).toContain(`![Generated image](${link?.uri})`)
    expect(link).toMatchObject({ mimeType: "image/jpeg", name: link?.uri.slice(link.uri.lastIndexOf("/") + 1) })
    expect(structuredContent).toEqual({ images: [{ url: link?.uri, size: "1024x1024" }], model: schnell })
    expect(images).toHaveLength(1)
    const picture = await app.fetch(link?.uri ?? "")
    expect(new Uint8Array(await picture.arrayBuffer()).toBase64()).toBe(images[0]?.data)
  })

  it.each([
    ["A cute cat 3:2", {}, {}],
    ["A cat", { n: 3, seed: 7 }, {}],
    ["A *cat* [x](http://y) --n 2", {}, { optimizer: FakePromptOptimizer.layer }],
    ["A cat", { size: "100x100" }, {}],
    ["A cat", {}, { env: { LOCALE: "de" } }],
    ["A cute cat 16:9 --seed 42", {}, { env: { CHAT_STYLE: "short" } }],
    ["A cat", { n: 2, steps: 50 }, { env: { CHAT_STYLE: "short" }, optimizer: FakePromptOptimizer.failing("timeout") }],
    ["A cat", {}, { flux: FakeFluxModel.make({ preview: true }).layer }]
  ])("says what the chat says (%s %j)", async (prompt, fields, options) => {
    const { text } = await callTool(testApp(options), "generate_image", { prompt, ...fields })
    const completion = await completionFrom(await chat(testApp(options), says(prompt, fields)))
    const withoutKeys = (said: string) => said.replace(/\/image\/[\w-]+/g, "")
    expect(withoutKeys(text)).toBe(withoutKeys(completion.choices[0]?.message.content ?? ""))
  })

  it.each([
    [{ size: "16:9" }, "1024x576"],
    [{ size: "21:9" }, "1344x576"],
    [{ size: "640x384" }, "640x384"],
    [{ size: "auto" }, "1024x1024"],
    [{ size: null }, "1024x1024"],
    [{ aspect_ratio: "9:16" }, "576x1024"],
    [{ size: "９：16" }, "576x1024"],
    [{ width: 640, height: "384" }, "640x384"],
    [{ aspectRatio: "16:9", n: "1", seed: "7", steps: "undefined" }, "1024x576"],
    [{ size: "640x384", aspect_ratio: "1:1" }, "640x384"]
  ])("draws %j as %s", async (given, size) => {
    const { structuredContent } = await callTool(testApp(), "generate_image", { prompt: "A cat", ...given })
    expect(structuredContent?.images[0]?.size).toBe(size)
  })

  it("lets a flag beat an argument, and passes the others on", async () => {
    const flux = FakeFluxModel.make()
    const given = { prompt: "A cat --seed 9", seed: 1, model: "flux-dev", steps: 12, n: 2 }
    const { structuredContent } = await callTool(testApp({ flux: flux.layer }), "generate_image", given)
    expect(structuredContent?.images.map(({ seed }) => seed)).toEqual([9, 10])
    expect(flux.requests).toMatchObject([{ steps: 12 }, { steps: 12 }])
  })

  it("draws as near as it can, and says what is not as asked", async () => {
    const { structuredContent, text } = await callTool(testApp(), "generate_image", {
      prompt: "A cat",
      size: "4000x2000"
    })
    expect(structuredContent?.images[0]?.size).toBe("1920x960")
    expect(structuredContent?.warnings).toEqual([expect.stringContaining("4000x2000")])
    expect(text).toContain("⚠️")
  })

  it("tells the prompt that was drawn", async () => {
    const app = testApp({ optimizer: FakePromptOptimizer.layer })
    const { structuredContent } = await callTool(app, "generate_image", { prompt: "A cat" })
    expect(structuredContent?.images[0]?.revised_prompt).toBe("Optimized: A cat")
  })

  it("starts from pictures where a model gives it some", async () => {
    const flux = FakeFluxModel.make()
    const app = testApp({ flux: flux.layer })
    const { isError } = await callTool(app, "generate_image", { prompt: "A cat", images: [await dataUrl()] })
    expect(isError).toBe(false)
    expect(flux.requests[0]?.inputs).toHaveLength(1)
  })

  it("gives the link alone with inline: false", async () => {
    const { images, links } = await callTool(testApp(), "generate_image", { prompt: "A cat", n: 2, inline: false })
    expect([images.length, links.length]).toEqual([0, 2])
  })

  it("passes over what a host adds", async () => {
    const given = { prompt: "A cat", toolCallId: "x", sessionId: "y", n: null, model: null, inline: null }
    expect((await callTool(testApp(), "generate_image", given)).isError).toBe(false)
  })

  it("gives the whole picture where it could not be stored, and no text with its bytes", async () => {
    const app = testApp({ store: FakeImageStore.failing("put") })
    const { images, links, structuredContent, text } = await callTool(app, "generate_image", {
      prompt: "A cat",
      inline: false
    })
    expect(ImageFile.fromBase64(images[0]?.data ?? "")?.size).toEqual({ width: 1024, height: 1024 })
    expect(links).toEqual([])
    expect(text).not.toContain("data:")
    expect(text).toMatch(/could not be stored/)
    expect(structuredContent).toMatchObject({ images: [{ size: "1024x1024" }], warnings: [expect.any(String)] })
  })

  it("gives the pictures that came out, and says why another did not", async () => {
    const flux = FakeFluxModel.make({
      before: ({ index }) =>
        index === 1 ? Effect.fail(new ContentPolicyViolation({ subject: "output" })) : Effect.void
    })
    const result = await callTool(testApp({ flux: flux.layer }), "generate_image", { prompt: "A cat", n: 3 })
    expect([result.isError, result.links.length]).toEqual([false, 2])
    expect(result.structuredContent?.errors).toMatchObject([{ index: 1, code: "content_policy_violation" }])
    expect(result.text).toContain("⚠️")
  })

  it.each<[string, object, RegExp]>([
    ["no prompt", {}, /prompt/],
    ["an empty prompt", { prompt: " " }, /empty/],
    ["a number for a prompt", { prompt: 7 }, /prompt/],
    ["too many", { prompt: "A cat", n: 11 }, /'n'/],
    ["a wrong size", { prompt: "A cat", size: "huge" }, /16:9/],
    ["an unknown model", { prompt: "A cat", model: "gpt-4o-mini" }, /gpt-4o-mini/],
    ["a wrong format", { prompt: "A cat", output_format: "gif" }, /webp/],
    ["a mask", { prompt: "A cat", images: ["https://example.com/a.png"], mask: "x" }, /[Mm]ask/],
    ["a mask without pictures", { prompt: "A cat", mask: "x" }, /[Mm]ask/]
  ])("says in a sentence what is wrong with %s, and draws nothing", async (_, given, message) => {
    const flux = FakeFluxModel.make()
    const { isError, structuredContent, text } = await callTool(testApp({ flux: flux.layer }), "generate_image", given)
    expect([isError, structuredContent]).toEqual([true, undefined])
    expect(text).toMatch(message)
    expect(flux.requests).toEqual([])
  })

  it.each([undefined, null, [], "A cat", 7])("takes no arguments such as %j", async (given) => {
    const response = await postMcp(testApp(), {
      jsonrpc: "2.0",
      id: 1,
      method: "tools/call",
      params: { name: "generate_image", arguments: given }
    })
    expect(await response.json()).toMatchObject({ result: { isError: true } })
  })

  it("says why nothing was drawn, and logs it", async () => {
    const error = new UpstreamError({ message: "Workers AI failed.", cause: "boom" })
    const app = testApp({ flux: FakeFluxModel.failing(error) })
    const { isError, text } = await callTool(app, "generate_image", { prompt: "A cat" })
    expect([isError, text]).toEqual([true, "Workers AI failed."])
    expect(app.logs.map((line) => JSON.parse(line))).toContainEqual(
      expect.objectContaining({ route: "/mcp", tool: "generate_image", error: "UpstreamError", status: 200 })
    )
  })
})

describe("edit_image", () => {
  it("starts from links of this service, data: URLs and other forms of them", async () => {
    const flux = FakeFluxModel.make()
    const app = testApp({ flux: flux.layer })
    const [first] = (await callTool(app, "generate_image", { prompt: "A cat" })).links
    for (const given of [
      { images: [first?.uri] },
      { images: [await dataUrl(), first?.uri] },
      { image: first?.uri },
      { images: [{ image_url: first?.uri }] }
    ]) {
      const { isError, structuredContent } = await callTool(app, "edit_image", { prompt: "Make it blue", ...given })
      expect([isError, structuredContent?.model]).toEqual([false, klein])
    }
    expect(flux.requests.slice(1).map(({ inputs }) => inputs.length)).toEqual([1, 2, 1, 1])
  })

  it("draws in the shape of the first picture where no size is said", async () => {
    const images = [await dataUrl()]
    const auto = await callTool(testApp(), "edit_image", { prompt: "Make it blue", images })
    expect(auto.structuredContent?.images[0]?.size).toBe("1152x912")
    const said = await callTool(testApp(), "edit_image", { prompt: "Make it blue", images, size: "1:1" })
    expect(said.structuredContent?.images[0]?.size).toBe("1024x1024")
  })

  it.each<[string, object, RegExp]>([
    ["no picture", {}, /`images`.*generate_image/],
    ["an empty list", { images: [] }, /picture/],
    ["too many", { images: Array.from({ length: 5 }, () => "https://example.com/a.png") }, /4/],
    ["an address of this machine", { images: ["http://127.0.0.1/a.png"] }, /https/],
    ["a path", { images: ["/home/me/a.png"] }, /https/],
    ["an expired link", { images: ["http://flux.test/image/0000000000000000000001-1000000000.jpg"] }, /expired/]
  ])("says what is wrong with %s", async (_, given, message) => {
    const { isError, text } = await callTool(testApp(), "edit_image", { prompt: "Make it blue", ...given })
    expect(isError).toBe(true)
    expect(text).toMatch(message)
  })
})

describe("a call", () => {
  const ledger = () => FakeLedger.make(() => testTime).layer
  const inOrder = async (...calls: ReadonlyArray<() => Promise<unknown>>) => {
    const results: Array<unknown> = []
    for (const call of calls) results.push(await call())
    return results
  }

  it("that is repeated under its idempotency key is drawn once", async () => {
    const flux = FakeFluxModel.make()
    const app = testApp({ flux: flux.layer, ledger: ledger(), testClock: true })
    const call = (idempotencyKey: string) => () =>
      callTool(app, "generate_image", { prompt: "A cat" }, { idempotencyKey })
    const [first, again, other] = await inOrder(call("one"), call("one"), call("two"))
    expect(again).toEqual(first)
    expect(other).not.toEqual(first)
    expect(flux.requests).toHaveLength(2)
  })

  it("names its key in a header as well", async () => {
    const flux = FakeFluxModel.make()
    const app = testApp({ flux: flux.layer, ledger: ledger(), testClock: true })
    const call = () => callTool(app, "generate_image", { prompt: "A cat" }, undefined, { "idempotency-key": "one" })
    await inOrder(call, call)
    expect(flux.requests).toHaveLength(1)
  })

  it("with a key that is too long is told so", async () => {
    const meta = { idempotencyKey: "x".repeat(256) }
    const { isError, text } = await callTool(testApp(), "generate_image", { prompt: "A cat" }, meta)
    expect([isError, text]).toEqual([true, expect.stringContaining("255")])
  })

  it("counts against the budget of its key, and is told when that is used up", async () => {
    const { layer, objects } = FakeLedger.make(() => testTime)
    const bindings = { FLUX_CF_KV: makeFakeKv().namespace, LEDGER: objects.namespace }
    const app = testApp({ ledger: layer, bindings, testClock: true, env: { NEURON_BUDGET: "200" } })
    const call = () => callTool(app, "generate_image", { prompt: "A cat" })
    const [first, second] = await inOrder(call, call)
    expect(first).toMatchObject({ isError: false })
    expect(second).toMatchObject({ isError: true, text: expect.stringMatching(/neurons left today/) })
    const usage = await app.fetch("/v1/usage", { headers: { authorization: "Bearer sk-test" } })
    expect(JSON.stringify(await usage.json())).toContain("172.8")
  })

  it("is told with its job and its cost", async () => {
    const app = testApp({ ledger: ledger(), testClock: true })
    const params = { name: "generate_image", arguments: { prompt: "A cat" } }
    const { headers } = await postMcp(app, { jsonrpc: "2.0", id: 1, method: "tools/call", params })
    expect(headers.get("x-flux-neurons")).toBe("172.8")
    expect(headers.get("x-flux-job")).toMatch(/\w/)
  })
})
