import { describe, expect, it } from "vitest"
import { type FakeWorkersAi, makeFakeWorkersAi } from "./FakeWorkersAi.ts"
import type { Fault, NamedFault } from "./faults.ts"
import { drawImage, readImage } from "./images.ts"
import { modelIds } from "./models.ts"

const schnell = "@cf/black-forest-labs/flux-1-schnell"
const klein = "@cf/black-forest-labs/flux-2-klein-4b"
const dev = "@cf/black-forest-labs/flux-2-dev"
const lucid = "@cf/leonardo/lucid-origin"
const phoenix = "@cf/leonardo/phoenix-1.0"
const sdxl = "@cf/stabilityai/stable-diffusion-xl-base-1.0"
const lightning = "@cf/bytedance/stable-diffusion-xl-lightning"
const dreamshaper = "@cf/lykon/dreamshaper-8-lcm"

const url = (model: string, account = "test-account") =>
  `https://api.example/client/v4/accounts/${account}/ai/run/${model}`
const authorization = "Bearer test-token"

type Fields = Readonly<Record<string, unknown>>

const postJson = (fake: FakeWorkersAi, model: string, fields: Fields, signal?: AbortSignal) =>
  fake.fetch(url(model), {
    method: "POST",
    headers: { authorization, "content-type": "application/json" },
    body: JSON.stringify(fields),
    ...(signal === undefined ? {} : { signal })
  })

const formOf = (fields: Readonly<Record<string, string | Blob>>): FormData => {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === "string") form.append(name, value)
    else form.append(name, value, `${name}.png`)
  }
  return form
}

const postForm = (fake: FakeWorkersAi, model: string, fields: Readonly<Record<string, string | Blob>>) =>
  fake.fetch(url(model), { method: "POST", headers: { authorization }, body: formOf(fields) })

const isForm = (model: string) => model.includes("flux-2")

const post = (fake: FakeWorkersAi, model: string, fields: Fields) =>
  isForm(model)
    ? postForm(fake, model, Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)])))
    : postJson(fake, model, fields)

interface Envelope {
  readonly success: boolean
  readonly result: { readonly image?: string } | null
  readonly errors: ReadonlyArray<{ readonly code: number; readonly message: string }>
  readonly messages: ReadonlyArray<unknown>
}

// The tests look into the envelope themselves.
const envelopeOf = async (response: Response) => (await response.json()) as Envelope

const refusalOf = async (response: Response) => {
  const { errors, success } = await envelopeOf(response)
  expect(success).toBe(false)
  return { status: response.status, code: errors[0]?.code, message: errors[0]?.message }
}

const imageOf = async (response: Response): Promise<Uint8Array> => {
  expect(response.status).toBe(200)
  if (response.headers.get("content-type") !== "application/json") return new Uint8Array(await response.arrayBuffer())
  const { result, ...rest } = await envelopeOf(response)
  expect(rest).toEqual({ success: true, errors: [], messages: [] })
  return Uint8Array.fromBase64(result?.image ?? "")
}

const imageFile = async (width: number, height: number) =>
  new Blob([await drawImage({ format: "png", width, height, prompt: "input", seed: "" })], { type: "image/png" })

describe("the route and its authentication", () => {
  const init = (headers: Record<string, string>, method = "POST") =>
    method === "GET" ? { method, headers } : { method, headers, body: '{"prompt":"a"}' }
  const json = { "content-type": "application/json" }

  it.each([
    ["no authorization", url(schnell), init(json), 400, 9106],
    ["another scheme", url(schnell), init({ ...json, authorization: "Basic dGVzdC10b2tlbg==" }), 400, 9106],
    ["an empty token", url(schnell), init({ ...json, authorization: "Bearer " }), 400, 9106],
    ["a wrong token", url(schnell), init({ ...json, authorization: "Bearer other" }), 401, 10000],
    ["another account", url(schnell, "other"), init({ ...json, authorization }), 404, 7003],
    ["no account", url(schnell, ""), init({ ...json, authorization }), 404, 7003],
    [
      "an OpenAI path",
      "https://x.example/accounts/test-account/ai/v1/images",
      init({ ...json, authorization }),
      400,
      7000
    ],
    ["no model", url(""), init({ ...json, authorization }), 400, 7000],
    ["GET", url(schnell), init({ authorization }, "GET"), 400, 7000],
    ["an unknown model", url("@cf/x/unknown"), init({ ...json, authorization }), 400, 5007],
    ["an encoded slash", url(encodeURIComponent(schnell)), init({ ...json, authorization }), 400, 5007],
    ["a body of no JSON object", url(schnell), { ...init({ ...json, authorization }), body: "[]" }, 400, 3010],
    ["a body of broken JSON", url(schnell), { ...init({ ...json, authorization }), body: "{" }, 400, 3010],
    ["another content type", url(schnell), init({ "content-type": "text/plain", authorization }), 400, 3010]
  ])("refuses %s", async (_, address, request, status, code) => {
    const fake = makeFakeWorkersAi()
    expect(await refusalOf(await fake.fetch(address, request))).toMatchObject({ status, code })
    expect(fake.calls).toHaveLength(1)
  })

  it("takes the account and token it was made with, and a model with an encoded @", async () => {
    const fake = makeFakeWorkersAi({ accountId: "mine", apiToken: "secret" })
    const address = url(schnell.replace("@", "%40"), "mine")
    const headers = { "content-type": "application/json", authorization: "Bearer secret" }
    const response = await fake.fetch(new Request(address, { method: "POST", headers, body: '{"prompt":"a"}' }))
    expect(readImage(await imageOf(response))).toMatchObject({ width: 1024 })
    expect(fake.calls[0]).toMatchObject({ face: "rest", model: schnell, fields: { prompt: "a" }, aborted: false })
    expect(fake.calls[0]?.headers).toMatchObject({ authorization: "Bearer secret" })
  })
})

describe("what the models draw", () => {
  it.each([
    [schnell, {}, "application/json", { type: "image/jpeg", width: 1024, height: 1024 }],
    [schnell, { steps: 8 }, "application/json", { type: "image/jpeg", width: 1024, height: 1024 }],
    [klein, {}, "application/json", { type: "image/jpeg", width: 1024, height: 768 }],
    [klein, { width: 256, height: 1920, seed: 5, guidance: 3.5 }, "application/json", { width: 256, height: 1920 }],
    ["@cf/black-forest-labs/flux-2-klein-9b", { width: 512, height: 1024 }, "application/json", { height: 1024 }],
    [dev, { steps: 25, width: 300, height: 301 }, "application/json", { width: 300, height: 301 }],
    [lucid, {}, "application/json", { type: "image/jpeg", width: 1120, height: 1120 }],
    [lucid, { num_steps: 40, guidance: 0, seed: 0, width: 640, height: 2500 }, "application/json", { height: 2500 }],
    [lucid, { steps: 1 }, "application/json", { width: 1120 }],
    [phoenix, { negative_prompt: "b", num_steps: 50, guidance: 2 }, "image/jpeg", { type: "image/jpeg", width: 1024 }],
    [sdxl, { num_steps: 20, strength: 1, height: 256 }, "image/png", { type: "image/png", width: 1024, height: 256 }],
    [lightning, { image_b64: "AAAA", mask: [0], image: [1] }, "image/png", { type: "image/jpeg", width: 1024 }],
    [dreamshaper, { negative_prompt: "", width: 256, height: 2048 }, "image/png", { type: "image/png", height: 2048 }]
  ])("%s with %o", async (model, fields, contentType, picture) => {
    const response = await post(makeFakeWorkersAi(), model, { prompt: "a", ...fields })
    expect(response.headers.get("content-type")).toBe(contentType)
    expect(readImage(await imageOf(response))).toMatchObject(picture)
  })

  it.each(modelIds)("%s draws the same for the same prompt and seed, padded when asked", async (model) => {
    const fake = makeFakeWorkersAi()
    const bytes = Array.from(new Uint8Array(await (await imageFile(64, 64)).arrayBuffer()))
    const needed = model.includes("runwayml") ? { image: bytes, mask: bytes } : {}
    const image = async (fields: Fields) => imageOf(await post(fake, model, { prompt: "a", ...needed, ...fields }))
    const first = await image({})
    expect(await image({})).toEqual(first)
    expect(await image({ prompt: "b" })).not.toEqual(first)
    if (model !== schnell) expect(await image({ seed: 2 })).not.toEqual(first)
    fake.imageBytes = 300_000
    expect(await image({})).toHaveLength(300_000)
  })
})

describe("what the models bill", () => {
  it.each([
    [schnell, {}, "172.80"],
    [schnell, { steps: 8 }, "326.40"],
    [klein, { width: 1024, height: 1024 }, "104.20"],
    [klein, { width: 1920, height: 1088 }, "207.59"],
    ["@cf/black-forest-labs/flux-2-klein-9b", { width: 1024, height: 1024 }, "1363.64"],
    [dev, { width: 1024, height: 1024 }, "7500.00"],
    [dev, { width: 1024, height: 1024, steps: 25 }, "3750.00"],
    [lucid, {}, "3904.69"],
    [phoenix, {}, null],
    [lightning, {}, "0.00"]
  ])("%s with %o is told in a header", async (model, fields, neurons) => {
    const response = await post(makeFakeWorkersAi(), model, { prompt: "a", ...fields })
    expect(response.headers.get("cf-ai-neurons")).toBe(neurons)
  })

  it("input pictures too, by area, and refusals nothing", async () => {
    const fake = makeFakeWorkersAi()
    const fields = { prompt: "a", width: "512", height: "512", input_image_0: await imageFile(512, 256) }
    expect((await postForm(fake, klein, fields)).headers.get("cf-ai-neurons")).toBe("28.74")
    fake.failNext("nsfwPrompt")
    expect((await postForm(fake, klein, fields)).headers.get("cf-ai-neurons")).toBeNull()
  })
})

describe("what the models refuse", () => {
  it.each([
    [schnell, {}, "required properties at '/' are 'prompt'"],
    [schnell, { prompt: "" }, "Length of '/prompt'"],
    [schnell, { prompt: "a".repeat(2049) }, "Length of '/prompt' must be <= 2048"],
    [schnell, { prompt: 7 }, "Type mismatch of '/prompt', 'string' not in 'number'"],
    [
      schnell,
      { prompt: "a", width: 1, height: 1 },
      "Additional or unevaluated properties '/width, /height' at '/' not allowed"
    ],
    [schnell, { prompt: "a", num_steps: 4 }, "'/num_steps'"],
    [schnell, { prompt: "a", seed: 4 }, "'/seed'"],
    [schnell, { prompt: "a", steps: 0 }, "'/steps'"],
    [schnell, { prompt: "a", steps: 9 }, "'/steps' must be <= 8"],
    [schnell, { prompt: "a", steps: 4.5 }, "Type mismatch of '/steps'"],
    [schnell, { prompt: "a", steps: "4" }, "Type mismatch of '/steps', 'integer' not in 'string'"],
    [klein, {}, "required properties at '/' are 'prompt'"],
    [klein, { prompt: "" }, "'/prompt'"],
    [klein, { prompt: "a", steps: 4 }, "'/steps'"],
    [klein, { prompt: "a", input_image: "x" }, "'/input_image'"],
    [klein, { prompt: "a", input_image_0: "text" }, "Type mismatch of '/input_image_0'"],
    [klein, { prompt: "a", width: 255 }, "'/width' must be >= 256"],
    [klein, { prompt: "a", height: 1921 }, "'/height' must be <= 1920"],
    [klein, { prompt: "a", width: "512.0" }, "Type mismatch of '/width'"],
    [klein, { prompt: "a", seed: "one" }, "Type mismatch of '/seed'"],
    [klein, { prompt: "a", guidance: "" }, "Type mismatch of '/guidance'"],
    [dev, { prompt: "a", steps: "2.5" }, "Type mismatch of '/steps'"],
    [dev, { prompt: "a", num_steps: 4 }, "'/num_steps'"],
    [lucid, { prompt: "a", negative_prompt: "b" }, "'/negative_prompt'"],
    [lucid, { prompt: "a", num_steps: 41 }, "'/num_steps' must be <= 40"],
    [lucid, { prompt: "a", guidance: 10.5 }, "'/guidance' must be <= 10"],
    [lucid, { prompt: "a", seed: -1 }, "'/seed' must be >= 0"],
    [lucid, { prompt: "a", width: 2501 }, "'/width' must be <= 2500"],
    [phoenix, { prompt: "a", guidance: 1 }, "'/guidance' must be >= 2"],
    [phoenix, { prompt: "a", num_steps: 51 }, "'/num_steps' must be <= 50"],
    [phoenix, { prompt: "a", steps: 4 }, "'/steps'"],
    [phoenix, { prompt: "a", height: 2049 }, "'/height' must be <= 2048"],
    [sdxl, { prompt: "a", num_steps: 21 }, "'/num_steps' must be <= 20"],
    [sdxl, { prompt: "a", width: 128 }, "'/width' must be >= 256"],
    [sdxl, { prompt: "a", image: "x" }, "Type mismatch of '/image'"],
    [lightning, { prompt: "a", strength: 2 }, "'/strength' must be <= 1"],
    [dreamshaper, { prompt: "a", steps: 4 }, "'/steps'"]
  ])("%s with %o", async (model, fields, message) => {
    const refusal = await refusalOf(await post(makeFakeWorkersAi(), model, fields))
    expect(refusal).toMatchObject({ status: 400, code: 5006, message: expect.stringContaining(message) })
    expect(refusal.message).toMatch(/^AiError: Bad input: Error: /)
  })

  it.each([
    [phoenix, { prompt: "a", width: 0 }, 3030],
    [sdxl, { prompt: "a", image_b64: "%" }, 5004]
  ])("%s with %o as code", async (model, fields, code) => {
    expect(await refusalOf(await post(makeFakeWorkersAi(), model, fields))).toMatchObject({ status: 400, code })
  })

  it("a form of a JSON model, JSON of a form model, and a form without its boundary", async () => {
    const fake = makeFakeWorkersAi()
    expect(await refusalOf(await postForm(fake, schnell, { prompt: "a" }))).toMatchObject({ status: 400, code: 5006 })
    expect(await refusalOf(await postJson(fake, klein, { prompt: "a" }))).toMatchObject({
      status: 400,
      code: 5006,
      message: expect.stringContaining("Error: required properties at '/' are 'multipart'")
    })
    const body = await new Response(formOf({ prompt: "a" })).text()
    const headers = { authorization, "content-type": "multipart/form-data" }
    const response = await fake.fetch(url(klein), { method: "POST", headers, body })
    expect(await refusalOf(response)).toMatchObject({ status: 500, code: 3043 })
  })

  it("a field that a form has twice", async () => {
    const form = formOf({ prompt: "a" })
    form.append("prompt", "b")
    const response = await makeFakeWorkersAi().fetch(url(klein), {
      method: "POST",
      headers: { authorization },
      body: form
    })
    expect(await refusalOf(response)).toMatchObject({ status: 400, code: 5006 })
  })
})

describe("input pictures", () => {
  it("are taken up to 512x512, and told with their size and bytes", async () => {
    const fake = makeFakeWorkersAi()
    const file = await imageFile(512, 300)
    const last = await imageFile(64, 64)
    const response = await postForm(fake, klein, { prompt: "a", input_image_0: file, input_image_3: last })
    expect(readImage(await imageOf(response))).toMatchObject({ width: 1024, height: 768 })
    expect(fake.calls[0]?.contentType).toMatch(/^multipart\/form-data; boundary=/)
    expect(fake.calls[0]?.fields).toMatchObject({
      prompt: "a",
      input_image_0: {
        name: "input_image_0.png",
        type: "image/png",
        size: file.size,
        width: 512,
        height: 300,
        bytes: new Uint8Array(await file.arrayBuffer())
      },
      input_image_3: { width: 64, height: 64 }
    })
  })

  it("are refused where they are larger, no pictures, cut short, or the fifth", async () => {
    const fake = makeFakeWorkersAi()
    const refuse = async (fields: Readonly<Record<string, Blob>>) =>
      refusalOf(await postForm(fake, dev, { prompt: "a", ...fields }))
    const picture = await imageFile(64, 64)
    const message = expect.stringContaining("Model input is not valid: input image must be smaller than 512x512")
    expect(await refuse({ input_image_0: await imageFile(513, 64) })).toMatchObject({
      status: 400,
      code: 3030,
      message
    })
    expect(await refuse({ input_image_1: await imageFile(64, 513) })).toMatchObject({
      status: 400,
      code: 3030,
      message
    })
    expect(await refuse({ input_image_2: new Blob(["text"]) })).toMatchObject({ status: 400, code: 3030 })
    expect(await refuse({ input_image_3: picture.slice(0, 60) })).toMatchObject({ status: 400, code: 3030 })
    expect(await refuse({ input_image_4: picture })).toMatchObject({ status: 400, code: 5006 })
  })
})

describe("a model that changes a picture", () => {
  const inpainting = "@cf/runwayml/stable-diffusion-v1-5-inpainting"
  const numbers = async (width: number, height: number) =>
    Array.from(new Uint8Array(await (await imageFile(width, height)).arrayBuffer()))

  it("refuses what is missing, no picture, no byte, or of another size", async () => {
    const [image, small] = [await numbers(64, 64), await numbers(32, 64)]
    const refuse = async (fields: Fields, model = inpainting) =>
      refusalOf(await postJson(makeFakeWorkersAi(), model, { prompt: "a", ...fields }))
    const told = async (fields: Fields) => (await refuse(fields)).message
    expect(await refuse({ image })).toMatchObject({ status: 400, code: 3030 })
    expect(await told({ image })).toContain("Model input is not valid: missing required input mask_image")
    expect(await told({ mask: image })).toContain("missing required input image")
    expect(await told({ image: [1, 2], mask: image })).toContain("cannot identify image")
    expect(await told({ image, mask: [...image.slice(0, -1), 256] })).toContain("cannot identify mask_image")
    expect(await told({ image, mask: small })).toContain("same size")
    expect(await refuse({ image, mask: "iVBORw0KGgo=" })).toMatchObject({ status: 400, code: 5006 })
    expect((await refuse({}, "@cf/runwayml/stable-diffusion-v1-5-img2img")).code).toBe(3030)
  })
})

describe("faults", () => {
  it.each<[NamedFault, number, number, string]>([
    ["nsfwPrompt", 400, 3030, "Input prompt contains NSFW content"],
    ["nsfwPrompt8007", 400, 8007, "Input prompt contains NSFW content"],
    ["flaggedOutput", 400, 3030, "Your output has been flagged. Please choose another prompt"],
    ["modelFailure", 400, 3030, "Model input is not valid"],
    ["quota", 429, 3036, "daily free allocation of 10,000 neurons"],
    ["quota4006", 429, 4006, "daily free allocation of 10,000 neurons"],
    ["capacity", 429, 3040, "Capacity temporarily exceeded, please try again."],
    ["planRequired", 403, 5035, "Workers Free plan"],
    ["authentication", 401, 10000, "Authentication error"],
    ["noRoute", 404, 7003, "Could not route to"],
    ["timeout", 408, 3007, "timeout"],
    ["internalError", 500, 3043, "Internal server error"],
    ["unsuccessful", 200, 3030, "Model input is not valid"],
    ["flaggedOutput200", 200, 3030, "Your output has been flagged"]
  ])("%s refuses with %d and code %d", async (fault, status, code, message) => {
    const fake = makeFakeWorkersAi()
    fake.failNext(fault)
    const refusal = await refusalOf(await postJson(fake, schnell, { prompt: "a" }))
    expect(refusal).toMatchObject({ status, code, message: expect.stringContaining(message) })
  })

  const reply = async (fault: Fault, model = schnell) => {
    const fake = makeFakeWorkersAi()
    fake.failNext(fault)
    const response = await postJson(fake, model, { prompt: "a" })
    return { response, contentType: response.headers.get("content-type"), status: response.status }
  }
  const base64Of = async (fault: Fault) => (await envelopeOf((await reply(fault)).response)).result?.image

  it("answer with text that is no JSON", async () => {
    const gateway = await reply("badGateway")
    expect([gateway.status, await gateway.response.text()]).toEqual([502, "error code: 1031"])
    const page = await reply("html")
    expect([page.status, page.contentType]).toEqual([200, "text/html; charset=UTF-8"])
    expect(await page.response.text()).toMatch(/^<!DOCTYPE html>/)
    const { contentType, response } = await reply("truncatedJson")
    expect(contentType).toBe("application/json")
    await expect(response.json()).rejects.toThrow(SyntaxError)
  })

  it("answer with a result that holds no picture", async () => {
    expect(readImage(Uint8Array.fromBase64((await base64Of("truncatedBase64")) ?? ""))).toBeUndefined()
    const invalid = (await base64Of("invalidBase64")) ?? ""
    expect(() => Uint8Array.fromBase64(invalid)).toThrow(SyntaxError)
    expect(await base64Of("emptyImage")).toBe("")
    expect((await envelopeOf((await reply("missingImage")).response)).result).toEqual({})
    const text = Uint8Array.fromBase64((await base64Of("notAnImage")) ?? "")
    expect(text.length).toBeGreaterThan(0)
    expect(readImage(text)).toBeUndefined()
  })

  it.each<[NamedFault, boolean]>([
    ["truncatedJson", false],
    ["truncatedBase64", false],
    ["invalidBase64", false],
    ["notAnImage", false],
    ["emptyImage", true],
    ["missingImage", true]
  ])("%s spoils the bytes of a model that delivers bytes", async (fault, isEmpty) => {
    const { contentType, response } = await reply(fault, sdxl)
    expect(contentType).toBe("image/png")
    const bytes = new Uint8Array(await response.arrayBuffer())
    expect(readImage(bytes)).toBeUndefined()
    expect(bytes.length === 0).toBe(isEmpty)
  })

  it("answer with a good picture under an unexpected content type", async () => {
    const text = await reply("wrongContentType")
    expect(text.contentType).toBe("text/plain")
    expect(readImage(new Uint8Array(await text.response.arrayBuffer()))).toMatchObject({ width: 1024 })
    const other = await reply({ _tag: "PictureAs", contentType: "application/json" })
    expect(other.contentType).toBe("application/json")
    expect(readImage(new Uint8Array(await other.response.arrayBuffer()))).toMatchObject({ width: 1024 })
    const charset = await reply("jsonWithCharset")
    expect(charset.contentType).toBe("application/json; charset=utf-8")
    expect((await envelopeOf(charset.response)).result?.image).toMatch(/^\/9j\//)
  })

  it("answer with anything at all", async () => {
    const object = await reply({ _tag: "Reply", status: 418, body: { tea: true } })
    expect([object.status, object.contentType, await object.response.text()]).toEqual([
      418,
      "application/json",
      '{"tea":true}'
    ])
    const text = await reply({ _tag: "Reply", status: 503, body: "down", contentType: "text/x-note" })
    expect([text.status, text.contentType, await text.response.text()]).toEqual([503, "text/x-note", "down"])
  })

  it("break the connection", async () => {
    await expect(reply("resetBeforeHeaders")).rejects.toThrow(TypeError)
    const { response, status } = await reply("resetAfterHeaders")
    expect(status).toBe(200)
    await expect(response.arrayBuffer()).rejects.toThrow(TypeError)
  })

  it("come in order, as often as asked, the lasting one last, and never instead of a refusal", async () => {
    const fake = makeFakeWorkersAi()
    fake.failNext("capacity", 2)
    fake.failNext("quota")
    fake.failAlways("planRequired")
    expect((await refusalOf(await postJson(fake, schnell, {}))).code).toBe(5006)
    const codes: Array<unknown> = []
    for (let call = 0; call < 5; call++)
      codes.push((await refusalOf(await postJson(fake, schnell, { prompt: "a" }))).code)
    expect(codes).toEqual([3040, 3040, 3036, 5035, 5035])
    fake.reset()
    expect(fake.calls).toEqual([])
    expect((await postJson(fake, schnell, { prompt: "a" })).status).toBe(200)
  })
})

describe("a caller that gives up", () => {
  it.each<[string, (fake: FakeWorkersAi) => void]>([
    ["noAnswer", (fake) => fake.failNext("noAnswer")],
    ["a gate", (fake) => void fake.gate()]
  ])("ends %s with its own reason", async (_, hold) => {
    const fake = makeFakeWorkersAi()
    hold(fake)
    const caller = new AbortController()
    const arrived = fake.nextCall()
    const response = postJson(fake, schnell, { prompt: "a" }, caller.signal)
    expect(await arrived).toMatchObject({ model: schnell, aborted: false })
    caller.abort(new Error("enough"))
    await expect(response).rejects.toThrow("enough")
    expect(fake.calls[0]?.aborted).toBe(true)
  })

  it("ends a body that stalls, by its signal or by cancelling the body", async () => {
    const fake = makeFakeWorkersAi()
    fake.failAlways("stalledBody")
    const caller = new AbortController()
    const response = await postJson(fake, schnell, { prompt: "a" }, caller.signal)
    const reader = response.body?.getReader()
    const first = await reader?.read()
    expect(first?.value?.length).toBeLessThan(Number(response.headers.get("content-length")))
    const second = reader?.read()
    caller.abort(new Error("enough"))
    await expect(second).rejects.toThrow("enough")
    const other = await postJson(fake, schnell, { prompt: "a" })
    await other.body?.cancel()
    expect(fake.calls.map(({ aborted }) => aborted)).toEqual([true, true])
  })

  it("is not told of one that has its whole answer", async () => {
    const fake = makeFakeWorkersAi()
    const caller = new AbortController()
    await postJson(fake, schnell, { prompt: "a" }, caller.signal)
    caller.abort()
    expect(fake.calls[0]?.aborted).toBe(false)
  })
})

describe("gates", () => {
  it("hold calls until they are released", async () => {
    const fake = makeFakeWorkersAi()
    const gate = fake.gate()
    const order: Array<string> = []
    const drawn = postJson(fake, schnell, { prompt: "a" }).then(() => order.push("drawn"))
    expect(await gate.arrived).toMatchObject({ fields: { prompt: "a" } })
    order.push("before")
    gate.release()
    await drawn
    expect(order).toEqual(["before", "drawn"])
    expect((await postJson(fake, schnell, { prompt: "a" })).status).toBe(200)
  })

  it("hold one call each, so that calls can end in any order", async () => {
    const fake = makeFakeWorkersAi()
    const [first, second] = [fake.gate(1), fake.gate(1)]
    const order: Array<string> = []
    const one = postJson(fake, schnell, { prompt: "one" }).then(() => order.push("one"))
    await first.arrived
    const two = postJson(fake, schnell, { prompt: "two" }).then(() => order.push("two"))
    expect(await second.arrived).toMatchObject({ fields: { prompt: "two" } })
    second.release()
    await two
    first.release()
    await one
    expect(order).toEqual(["two", "one"])
  })

  it("let a refusal through, and break off at a reset", async () => {
    const fake = makeFakeWorkersAi()
    fake.gate()
    expect((await refusalOf(await postJson(fake, schnell, {}))).code).toBe(5006)
    const arrived = fake.nextCall()
    const held = postJson(fake, schnell, { prompt: "a" })
    await arrived
    fake.reset()
    await expect(held).rejects.toThrow("reset")
  })
})
