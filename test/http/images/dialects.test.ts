import { describe, expect, it } from "vitest"
import { FakeFluxModel } from "../../support/layers/testLayers.ts"
import { errorFrom, eventsFrom, imagesFrom } from "../../support/openai/answers.ts"
import { chat, completionFrom, says, streamFrom } from "../../support/openai/chat.ts"
import { edit, editForm, generate } from "../../support/openai/requests.ts"
import { imageOf } from "../../support/pictures.ts"
import { testApp } from "../../support/testApp.ts"

const cat = await imageOf({ width: 256, height: 128 }, { text: "cat" })
const dog = await imageOf({ width: 256, height: 128 }, { text: "dog" })
const remote = "https://pics.test.example/cat.jpg"

const drawing = () => {
  const flux = FakeFluxModel.make()
  const fetch: typeof globalThis.fetch = async () => new Response(cat.bytes)
  const inputs = () => flux.requests.at(-1)?.inputs.map((file) => file.base64)
  return { app: testApp({ flux: flux.layer, fetch }), drawn: flux.requests, inputs }
}

const post = (body: BodyInit, type?: string, path = "/v1/images/generations") => ({
  path,
  init: { method: "POST", headers: { authorization: "Bearer sk-test", ...(type && { "content-type": type }) }, body }
})

describe("a picture to start from", () => {
  it.each<object>([
    { image: cat.dataUrl },
    { image: [cat.dataUrl] },
    { image: { url: cat.dataUrl } },
    { image: { image_url: { url: cat.dataUrl } } },
    { images: [cat.dataUrl] },
    { images: cat.dataUrl },
    { images: [{ image_url: cat.dataUrl }] },
    { images: [{ type: "input_image", image_url: cat.dataUrl }] },
    { images: [{ b64_json: cat.base64 }] },
    { image: cat.base64 },
    { image_url: remote },
    { image_url: { url: remote } },
    { image_urls: [remote] },
    { imageUrl: remote },
    { input_image: cat.dataUrl },
    { init_images: [cat.base64] },
    { image_input: [remote] },
    { reference_images: [cat.dataUrl] },
    { extra_body: { image: cat.dataUrl } },
    { extra_body: { provider: { image_urls: [remote] } } },
    { input: { image: remote } }
  ])("is edited by both endpoints, wherever it stands (%#)", async (fields) => {
    const { app, inputs } = drawing()
    for (const send of [generate, edit]) {
      await imagesFrom(await send(app, fields))
      expect(inputs()).toEqual([cat.base64])
    }
  })

  it.each<object>([
    { image: null },
    { image: [], images: null },
    { image_url: "" },
    { images: [null] },
    { image: "undefined" }
  ])("is none in %j", async (fields) => {
    const { app, inputs } = drawing()
    await imagesFrom(await generate(app, fields))
    expect(inputs()).toEqual([])
    expect(await errorFrom(await edit(app, fields))).toMatchObject({ status: 400, param: "image" })
  })

  it.each<object>([
    { image: "cat.jpg" },
    { image: 7 },
    { image: {} },
    { images: [{ file_id: "file-1" }] },
    { image_url: "http://pics.test.example/cat.jpg" },
    { input_image: "data:image/png;base64,AAAA" },
    { extra_body: { image: "nothing" } },
    { images: Array.from({ length: 5 }, () => cat.dataUrl) }
  ])("that can't be used is a 400 and no other picture (%#)", async (fields) => {
    const { app, drawn } = drawing()
    for (const send of [generate, edit]) {
      expect(await errorFrom(await send(app, fields))).toMatchObject({ status: 400, param: "image" })
    }
    expect(drawn).toEqual([])
  })

  it("may have a mask, by whichever endpoint, which is read or refused", async () => {
    const { app, drawn } = drawing()
    for (const send of [generate, edit]) {
      const failure = await errorFrom(await send(app, { image: cat.dataUrl, mask: cat.dataUrl }))
      expect(failure).toMatchObject({ status: 400, param: "mask", message: expect.stringContaining("PNG") })
    }
    expect(drawn).toEqual([])
  })

  it("is edited in a stream of generations, in that endpoint's own events", async () => {
    const { app, inputs } = drawing()
    const events = await eventsFrom(await generate(app, { image: cat.dataUrl, stream: "true" }))
    expect(events.map(({ event }) => event)).toEqual(["image_generation.completed"])
    expect(inputs()).toEqual([cat.base64])
  })
})

describe("a form", () => {
  it.each(["image", "image[]", "image[0]", "image_url", "images[]", "image_urls[]"])(
    "may have an address as %s",
    async (name) => {
      const { app, inputs } = drawing()
      const form = editForm([])
      form.append(name, remote)
      await imagesFrom(await edit(app, form))
      expect(inputs()).toEqual([cat.base64])
    }
  )

  it.each(["image", "image[]", "images", "images[]", "image_1", "input_image", "file", "upload"])(
    "may have a file as %s",
    async (name) => {
      const { app, inputs } = drawing()
      await imagesFrom(await edit(app, editForm([cat], { name })))
      expect(inputs()).toEqual([cat.base64])
    }
  )

  it("may have several addresses under one name, beside files", async () => {
    const { app, inputs } = drawing()
    const form = editForm([dog])
    form.append("image[]", remote)
    form.append("image[]", dog.dataUrl)
    await imagesFrom(await edit(app, form))
    expect(inputs()).toEqual([dog.base64, cat.base64, dog.base64])
  })

  it.each<Readonly<Record<string, string>>>([
    { n: "2", stream: "False", aspect_ratio: "16:9", quality: "HIGH", seed: "undefined" },
    { n: "2", stream: "false", "image_config[aspect_ratio]": "16:9", response_format: "undefined" },
    { n: "2", stream: "", extra_body: '{"aspect_ratio":"16:9"}', size: "null" },
    { num_images: "2", stream: "0", width: "1024", height: "576", output_format: "" }
  ])("says in text what JSON says in values: %j", async (fields) => {
    const { app, drawn } = drawing()
    const { data } = await imagesFrom(await edit(app, editForm([cat], fields)))
    expect(data).toHaveLength(2)
    expect(drawn[0]?.size).toEqual({ width: 1024, height: 576 })
  })

  it.each(["application/json", "text/plain", "application/octet-stream", "application/x-www-form-urlencoded"])(
    "is read as one though it is called %s",
    async (type) => {
      for (const path of ["/v1/images/edits", "/v1/images/generations"]) {
        const { app, inputs } = drawing()
        const body = await new Response(editForm([cat])).arrayBuffer()
        const { init } = post(body, type, path)
        await imagesFrom(await app.fetch(path, init))
        expect(inputs()).toEqual([cat.base64])
      }
    }
  )

  it("is not what JSON is, though it is called a form", async () => {
    const { app, drawn } = drawing()
    for (const type of ["multipart/form-data", "multipart/form-data; boundary=x"]) {
      const { init, path } = post(' {"prompt":"A dog"}', type)
      await imagesFrom(await app.fetch(path, init))
    }
    expect(drawn.map(({ prompt }) => prompt)).toEqual(["A dog", "A dog"])
  })
})

describe("values", () => {
  it.each<object>([
    { n: "2" },
    { n: " 2 " },
    { n: "2.0", stream: "false" },
    { n: 2, stream: "FALSE", quality: "Medium" },
    { n: 2, stream: 0, response_format: "URL", output_format: "JPEG" },
    { n: 2, stream: "undefined", seed: "null", steps: "", partial_images: "0" },
    { n: 2, seed: "random", model: "undefined" }
  ])("are read as people write them: %j", async (fields) => {
    const { app } = drawing()
    expect((await imagesFrom(await generate(app, fields))).data).toHaveLength(2)
    const { app: chatApp, drawn } = drawing()
    await completionFrom(await chat(chatApp, says("A cat", { ...fields, response_format: undefined })))
    expect(drawn).toHaveLength(2)
  })

  it.each<readonly [object, boolean]>([
    [{ modalities: "image" }, true],
    [{ modalities: "IMAGE" }, true],
    [{ modalities: "text, image" }, true],
    [{ modalities: ["TEXT", "Image"] }, true],
    [{ modalities: "" }, false]
  ])("of which one word is a list: %j", async (fields, beside) => {
    const { app } = drawing()
    const { images } = await completionFrom(await chat(app, says("A cat", fields)))
    expect(images !== undefined).toBe(beside)
  })

  it("that are true are so in a chat too", async () => {
    const { app } = drawing()
    const body = says("A cat", { stream: "True", stream_options: { include_usage: "true" } })
    const { chunks } = await streamFrom(await chat(app, body))
    expect(chunks.at(-1)?.usage?.neurons).toBeGreaterThan(0)
  })

  it.each<readonly [object, string, RegExp]>([
    [{ stream: "yes" }, "stream", /`true` or `false`/],
    [{ stream: {} }, "stream", /`true` or `false`/],
    [{ n: "two" }, "n", /a number/],
    [{ n: 1.5 }, "n", /integer/],
    [{ n: [] }, "n", /a number/],
    [{ n: "99" }, "n", /between 1 and 10/],
    [{ quality: "ultra" }, "quality", /`low`, .* or `max`/],
    [{ response_format: "json" }, "response_format", /`url` or `b64_json`/],
    [{ prompt: undefined }, "prompt", /missing/],
    [{ prompt: 7 }, "prompt", /a text/],
    [{ model: 7 }, "model", /a text/]
  ])("that don't fit are told in values, not in types: %j", async (fields, param, message) => {
    const { app } = drawing()
    const failure = await errorFrom(await generate(app, fields))
    expect(failure).toMatchObject({ status: 400, param, message: expect.stringMatching(message) })
    expect(failure.message).not.toMatch(/\||undefined|null|boolean|string\b|"/)
  })

  it.each<readonly [object, string, RegExp]>([
    [{ messages: "A cat" }, "messages", /a list/],
    [{ messages: [{ content: "A cat" }] }, "messages.0.role", /missing/],
    [{ messages: ["A cat"] }, "messages.0", /an object/],
    [says("A cat", { stream_options: "usage" }), "stream_options", /an object/],
    [says("A cat", { modalities: 7 }), "modalities", /a list/]
  ])("of a chat too: %j", async (body, param, message) => {
    const { app } = drawing()
    const failure = await errorFrom(await chat(app, body))
    expect(failure).toMatchObject({ status: 400, param, message: expect.stringMatching(message) })
    expect(failure.message).not.toMatch(/\||undefined|null|boolean|string\b|"/)
  })
})
