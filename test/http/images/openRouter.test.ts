import * as Schema from "effect/Schema"
import { describe, expect, it } from "vitest"
import { ContentPolicyViolation } from "../../../src/domain/Errors.ts"
import { ImageFile } from "../../../src/domain/ImageFile.ts"
import { OpenRouterImageEvent, OpenRouterImagesResponse } from "../../../src/http/images/openRouter.ts"
import { FakeFluxModel, FakeImageStore } from "../../support/layers/testLayers.ts"
import { errorFrom, eventsFrom } from "../../support/openai/answers.ts"
import { imageOf } from "../../support/pictures.ts"
import { testApp } from "../../support/testApp.ts"

const send = (app: ReturnType<typeof testApp>, body: object = {}, path = "/v1/images") =>
  app.fetch(path, {
    method: "POST",
    headers: { authorization: "Bearer sk-test", "content-type": "application/json" },
    body: JSON.stringify({ model: "klein", prompt: "A cat", ...body })
  })

const decode = Schema.decodeUnknownSync(OpenRouterImagesResponse, { onExcessProperty: "error" })

const decodeEvent = Schema.decodeUnknownSync(Schema.fromJsonString(OpenRouterImageEvent), { onExcessProperty: "error" })

const imagesFrom = async (response: Response) => {
  expect(response.status).toBe(200)
  return decode(await response.json())
}

const sizeFrom = async (response: Response) => (await imagesFrom(response)).size

describe("POST /v1/images", () => {
  it("answers as OpenRouter does: bytes, and the usage under its names", async () => {
    const store = FakeImageStore.make()
    const response = await send(testApp({ store: store.layer }), { model: "schnell" })
    const { data, usage } = await imagesFrom(response)
    expect(data.map((image) => Object.keys(image))).toEqual([["b64_json"]])
    expect(ImageFile.fromBase64(data[0]?.b64_json ?? "")?.size).toEqual({ width: 1024, height: 1024 })
    expect(usage).toMatchObject({
      prompt_tokens: 2,
      completion_tokens: 1024,
      total_tokens: 1026,
      cost: 0.001901,
      neurons: 172.8,
      cost_usd: 0.001901
    })
    expect(response.headers.get("x-flux-neurons")).toBe("172.8")
    expect(store.images.size).toBe(0)
  })

  it("gives a link where one is asked for", async () => {
    const { data } = await imagesFrom(await send(testApp(), { response_format: "url" }))
    expect(data).toEqual([{ url: expect.stringContaining("/image/"), seed: 1 }])
  })

  it.each([
    [{}, "1024x1024"],
    [{ aspect_ratio: "16:9" }, "1024x576"],
    [{ aspect_ratio: "21:9", resolution: "1K" }, "1344x576"],
    [{ aspect_ratio: "9:19.5" }, "704x1504"],
    [{ aspect_ratio: "auto" }, "1024x1024"],
    [{ aspect_ratio: null, resolution: null }, "1024x1024"],
    [{ resolution: "512" }, "512x512"],
    [{ aspect_ratio: "3:4", resolution: "512" }, "384x512"],
    [{ size: "512" }, "512x512"],
    [{ size: "1K", aspect_ratio: "9:16" }, "576x1024"],
    [{ size: "640x384", aspect_ratio: "1:1" }, "640x384"],
    [{ size: "auto", aspect_ratio: "3:2" }, "768x512"],
    [{ prompt: "A cat 1:2", aspect_ratio: "1:1" }, "512x1024"],
    [{ aspect_ratio: "640x384" }, "1328x800"],
    [{ aspectRatio: "9:16" }, "576x1024"],
    [{ image_config: { aspect_ratio: "３：２" } }, "768x512"]
  ])("draws %j as %s", async (body, size) => {
    expect(await sizeFrom(await send(testApp(), body))).toBe(size)
  })

  it("reads numbers and words as people and programs write them", async () => {
    const flux = FakeFluxModel.make()
    const { data } = await imagesFrom(await send(testApp({ flux: flux.layer }), { n: "2", seed: "7", quality: "HIGH" }))
    expect(data).toHaveLength(2)
    expect(flux.requests.map(({ seed }) => seed)).toEqual([7, 8])
  })

  it("starts from input_references", async () => {
    const flux = FakeFluxModel.make()
    const { dataUrl } = await imageOf({ width: 320, height: 256 })
    const reference = { type: "image_url", image_url: { url: dataUrl } }
    const app = testApp({ flux: flux.layer })
    expect(await sizeFrom(await send(app, { input_references: [reference, reference] }))).toBe("1152x912")
    expect(flux.requests[0]?.inputs).toHaveLength(2)
    expect(await sizeFrom(await send(app, { input_references: [] }))).toBe("1024x1024")
  })

  it("streams in OpenRouter's events, which are those of the Images API too", async () => {
    const events = await eventsFrom(await send(testApp(), { stream: true, n: 2 }))
    expect(events.map(({ event }) => event)).toEqual(["image_generation.completed", "image_generation.completed"])
    for (const { data } of events) {
      const { created, created_at, media_type, usage } = decodeEvent(data)
      expect([created, media_type]).toEqual([created_at, "image/jpeg"])
      expect(usage).toMatchObject({ prompt_tokens: 2, completion_tokens: 1024, total_tokens: 1026, cost: 0.001146 })
    }
  })

  it("tells in a stream what fails, as an event of the type error", async () => {
    const flux = FakeFluxModel.failing(new ContentPolicyViolation({ subject: "output" }))
    const events = await eventsFrom(await send(testApp({ flux }), { stream: true }))
    expect(events.map(({ data }) => JSON.parse(data))).toEqual([
      { type: "error", error: expect.objectContaining({ code: "content_policy_violation" }) }
    ])
  })

  it.each([
    [{ resolution: "2K" }, "size", "2048x2048"],
    [{ size: "4K" }, "size", "4096x4096"],
    [{ resolution: "huge" }, "size", "resolution"],
    [{ aspect_ratio: "wide" }, "size", "aspect_ratio"],
    [{ size: "wide" }, "size"],
    [{ prompt: "" }, "prompt"],
    [{ model: "gpt-4o-mini" }, "model"],
    [{ n: 11 }, "n"],
    [{ input_references: [{ image_url: { url: "ftp://example.com/a.png" } }] }, "image"]
  ])("refuses %j and names %s", async (body, param, named = "") => {
    const flux = FakeFluxModel.make()
    const message = expect.stringContaining(String(named))
    expect(await errorFrom(await send(testApp({ flux: flux.layer }), body))).toMatchObject({ param, message })
    expect(flux.requests).toEqual([])
  })

  it("is found without /v1, with a slash at its end, and asks for a key", async () => {
    for (const path of ["/images", "/v1/images/", "/v1/v1/images"]) {
      expect(await sizeFrom(await send(testApp(), {}, path)), path).toBe("1024x1024")
    }
    expect((await testApp().fetch("/v1/images", { method: "POST", body: "{}" })).status).toBe(401)
    expect((await testApp().fetch("/v1/images")).headers.get("allow")).toBe("OPTIONS, POST")
  })
})
