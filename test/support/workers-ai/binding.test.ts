import { describe, expect, it } from "vitest"
import { makeFakeWorkersAi } from "./FakeWorkersAi.ts"
import { readImage } from "./images.ts"

const schnell = "@cf/black-forest-labs/flux-1-schnell"
const klein = "@cf/black-forest-labs/flux-2-klein-4b"
const phoenix = "@cf/leonardo/phoenix-1.0"

const multipart = (fields: Readonly<Record<string, string>>) => {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  const { body, headers } = new Response(form)
  return { multipart: { body, contentType: headers.get("content-type") } }
}

const sizeOf = (result: unknown) => {
  expect(Object.keys(Object(result))).toEqual(["image"])
  return readImage(Uint8Array.fromBase64(Object(result).image))
}

describe("the binding", () => {
  it("gives the parsed result of a model that answers JSON", async () => {
    const fake = makeFakeWorkersAi()
    expect(sizeOf(await fake.run(schnell, { prompt: "a", steps: undefined }))).toMatchObject({
      width: 1024,
      height: 1024
    })
    expect(fake.calls[0]).toMatchObject({ face: "binding", model: schnell, contentType: "application/json" })
    expect(fake.calls[0]?.fields).toEqual({ prompt: "a" })
  })

  it("takes a form as a stream with its content type", async () => {
    const fake = makeFakeWorkersAi()
    const result = await fake.run(klein, multipart({ prompt: "a", width: "512", height: "640" }))
    expect(sizeOf(result)).toMatchObject({ width: 512, height: 640 })
    expect(fake.calls[0]?.fields).toEqual({ prompt: "a", width: "512", height: "640" })
  })

  it("gives a stream of bytes for a model that answers bytes, and for JSON with a charset", async () => {
    const fake = makeFakeWorkersAi()
    const stream = await fake.run(phoenix, { prompt: "a" })
    if (!(stream instanceof ReadableStream)) throw new Error("no stream")
    expect(readImage(new Uint8Array(await new Response(stream).arrayBuffer()))).toMatchObject({ type: "image/jpeg" })
    fake.failNext("jsonWithCharset")
    expect(await fake.run(schnell, { prompt: "a" })).toBeInstanceOf(ReadableStream)
  })

  it.each([
    [schnell, { prompt: "a", seed: 1 }, "5006: Error: Additional or unevaluated properties '/seed' at '/' not allowed"],
    [klein, { prompt: "a" }, "5006: Error: required properties at '/' are 'multipart'"],
    [klein, multipart({ prompt: "a", steps: "4" }), "5006: Error: Additional or unevaluated properties '/steps'"],
    [klein, { form: multipart({ prompt: "a" }).multipart }, "5006: Error: required properties at '/' are 'multipart'"],
    [klein, { ...multipart({ prompt: "a" }), seed: 1 }, "5006: Error: Additional or unevaluated properties '/seed'"],
    [klein, { multipart: { body: new FormData(), contentType: "multipart/form-data" } }, "3043: Internal server error"],
    ["@cf/x/unknown", { prompt: "a" }, "5007: No such model @cf/x/unknown or task"]
  ])("throws the refusal of %s with %o", async (model, inputs, message) => {
    const refused = makeFakeWorkersAi().run(model, inputs)
    await expect(refused).rejects.toMatchObject({ name: "AiError", message: expect.stringContaining(message) })
  })

  it("throws faults by code and description, those of the API in front and of no JSON under their other name", async () => {
    const fake = makeFakeWorkersAi()
    fake.failNext("nsfwPrompt")
    fake.failNext("authentication")
    fake.failNext("badGateway")
    fake.failNext("resetBeforeHeaders")
    const run = () => fake.run(schnell, { prompt: "a" })
    await expect(run()).rejects.toMatchObject({ name: "AiError", message: "3030: Input prompt contains NSFW content." })
    await expect(run()).rejects.toMatchObject({
      name: "InferenceUpstreamError",
      message: "10000: Authentication error"
    })
    await expect(run()).rejects.toMatchObject({ name: "InferenceUpstreamError", message: "error code: 1031" })
    await expect(run()).rejects.toThrow("Network connection lost.")
  })

  it("gives a raw response, refusals included, when asked", async () => {
    const fake = makeFakeWorkersAi()
    fake.failNext("quota4006")
    const refused = await fake.run(schnell, { prompt: "a" }, { returnRawResponse: true })
    if (!(refused instanceof Response)) throw new Error("no response")
    expect(refused.status).toBe(429)
    expect(await refused.json()).toMatchObject({ name: "AiError", internalCode: 4006, httpCode: 429 })
    const drawn = await fake.run(schnell, { prompt: "a" }, { returnRawResponse: true })
    if (!(drawn instanceof Response)) throw new Error("no response")
    expect(drawn.headers.get("cf-ai-neurons")).toBe("172.80")
    expect(sizeOf(await drawn.json())).toMatchObject({ width: 1024 })
  })

  it("throws the reason of its signal", async () => {
    const fake = makeFakeWorkersAi()
    fake.failNext("noAnswer")
    const caller = new AbortController()
    const arrived = fake.nextCall()
    const result = fake.run(schnell, { prompt: "a" }, { signal: caller.signal })
    await arrived
    caller.abort()
    await expect(result).rejects.toMatchObject({ name: "AbortError" })
    expect(fake.calls[0]?.aborted).toBe(true)
  })

  it("refuses misuse before any call", async () => {
    const fake = makeFakeWorkersAi()
    const form = multipart({ prompt: "a" })
    const misuse = { name: "AiInternalError" }
    await expect(fake.run(klein, form, { gateway: { id: "mine" } })).rejects.toMatchObject(misuse)
    await expect(fake.run(klein, { multipart: { body: new FormData() } })).rejects.toMatchObject(misuse)
    await expect(fake.run(klein, { ...form, other: form.multipart })).rejects.toMatchObject(misuse)
    expect(fake.calls).toEqual([])
  })
})
