import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { readImage } from "./images.ts"
import { type FakeWorkersAiServer, startFakeWorkersAi } from "./server.ts"

const schnell = "@cf/black-forest-labs/flux-1-schnell"
const klein = "@cf/black-forest-labs/flux-2-klein-4b"

describe("the server", () => {
  let server: FakeWorkersAiServer
  beforeAll(async () => {
    server = await startFakeWorkersAi()
  })
  afterEach(() => server.fake.reset())
  afterAll(() => server.close())

  const post = (model: string, body: string | FormData, signal?: AbortSignal) =>
    fetch(`${server.baseUrl}/accounts/test-account/ai/run/${model}`, {
      method: "POST",
      headers: {
        authorization: "Bearer test-token",
        ...(typeof body === "string" ? { "content-type": "application/json" } : {})
      },
      body,
      ...(signal === undefined ? {} : { signal })
    })

  it("draws for JSON and for a form", async () => {
    const json = await post(schnell, '{"prompt":"a"}')
    const { result } = Object(await json.json())
    expect(readImage(Uint8Array.fromBase64(result.image))).toMatchObject({ width: 1024, height: 1024 })
    const form = new FormData()
    form.append("prompt", "ä 🎨")
    const drawn = await post(klein, form)
    expect(drawn.status).toBe(200)
    await drawn.arrayBuffer()
    expect(server.fake.calls.map(({ fields }) => fields)).toEqual([{ prompt: "a" }, { prompt: "ä 🎨" }])
  })

  it("refuses with the status of the refusal", async () => {
    const response = await post(schnell, '{"prompt":"a","width":512}')
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ success: false, errors: [{ code: 5006 }] })
    const elsewhere = await fetch(server.baseUrl)
    expect(elsewhere.status).toBe(400)
    expect(await elsewhere.json()).toMatchObject({ errors: [{ code: 7000 }] })
  })

  it("breaks the connection before or after the headers", async () => {
    server.fake.failNext("resetBeforeHeaders")
    await expect(post(schnell, '{"prompt":"a"}')).rejects.toThrow(TypeError)
    server.fake.failNext("resetAfterHeaders")
    const response = await post(schnell, '{"prompt":"a"}')
    expect(response.status).toBe(200)
    await expect(response.arrayBuffer()).rejects.toThrow(TypeError)
  })

  it("tells of a client that disconnects from a call without an answer", async () => {
    const { fake } = server
    fake.failNext("noAnswer")
    const caller = new AbortController()
    const arrived = fake.nextCall()
    const response = post(schnell, '{"prompt":"a"}', caller.signal)
    const call = await arrived
    caller.abort()
    await expect(response).rejects.toMatchObject({ name: "AbortError" })
    await expect.poll(() => call.aborted).toBe(true)
  })

  it("sends the first half of a body that stalls", async () => {
    const { fake } = server
    fake.failNext("stalledBody")
    const caller = new AbortController()
    const response = await post(schnell, '{"prompt":"a"}', caller.signal)
    const reader = response.body?.getReader()
    expect((await reader?.read())?.value?.length).toBeGreaterThan(0)
    caller.abort()
    await expect.poll(() => fake.calls[0]?.aborted).toBe(true)
  })

  it("closes although an answer is held", async () => {
    const other = await startFakeWorkersAi({ accountId: "mine", apiToken: "secret" })
    const gate = other.fake.gate()
    const held = fetch(`${other.baseUrl}/accounts/mine/ai/run/${schnell}`, {
      method: "POST",
      headers: { authorization: "Bearer secret", "content-type": "application/json" },
      body: '{"prompt":"a"}'
    })
    await gate.arrived
    const [outcome] = await Promise.allSettled([held, other.close()])
    expect(outcome.status).toBe("rejected")
  })
})
