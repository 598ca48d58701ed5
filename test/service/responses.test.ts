import OpenAI from "openai"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { linksIn } from "../support/links.ts"
import { errorFrom, imagesFrom } from "../support/openai/answers.ts"
import { follow } from "../support/openai/follow.ts"
import { generate } from "../support/openai/requests.ts"
import { imageTool, partsOf, respond, responseFrom, responseStreamFrom } from "../support/openai/responses.ts"
import { type RunningService, startService } from "../support/service.ts"

let service: RunningService
let openai: OpenAI
beforeAll(async () => {
  service = await startService({ ai: "rest", vars: { API_KEY: "", API_KEYS: "alice:sk-test,bob:sk-bob" } })
  openai = new OpenAI({ baseURL: `${service.url}/v1`, apiKey: "sk-test" })
}, 60_000)
afterEach(() => service.reset())
afterAll(() => service.close())

let prompts = 0
/** No test meets what another one has drawn. */
const newPrompt = () => `A red fox, number ${++prompts}`

const ask = (path: string, method = "GET", key = "sk-test") =>
  service.fetch(path, { method, headers: { authorization: `Bearer ${key}` } })

/** The answer once it has ended. */
const ended = async (id: string) => {
  const status = async () => (await openai.responses.retrieve(id)).status
  await expect.poll(status, { timeout: 10_000 }).not.toBe("in_progress")
  return partsOf(await (await ask(`/v1/responses/${id}`)).json())
}

describe("a response in the background", () => {
  it("is told while it runs and once it has ended, with its picture where that was asked for", async () => {
    const gate = service.workersAi.gate()
    const begun = await openai.responses.create({
      model: "flux-1-schnell",
      input: newPrompt(),
      background: true,
      tools: [{ type: "image_generation" }]
    })
    expect(begun).toMatchObject({ status: "in_progress", background: true, output: [] })
    await gate.arrived
    const running = await ask(`/v1/responses/${begun.id}`)
    expect(running.headers.get("retry-after")).toBe("2")
    expect((await responseFrom(running)).status).toBe("in_progress")
    gate.release()
    const { error, images, message, status, text } = await ended(begun.id)
    expect({ error, status }).toEqual({ error: null, status: "completed" })
    const [link = ""] = linksIn(text)
    const stored = await (await fetch(link)).bytes()
    expect(Buffer.from(stored).toString("base64")).toBe(images[0]?.result)
    const key = /\/image\/([\w-]+)\.jpg/.exec(link)?.[1]
    expect([begun.id, message?.id, images[0]?.id]).toEqual([`resp_${key}-i`, `msg_${key}`, `ig_${key}`])
  })

  it("is told by its link alone where nothing else was asked for", async () => {
    const response = await respond(service, { input: newPrompt() }, { prefer: "respond-async" })
    expect(response.headers.get("preference-applied")).toBe("respond-async")
    const { id } = await responseFrom(response.clone(), 202)
    expect(response.headers.get("location")).toBe(`/v1/responses/${id}`)
    const { images, text } = await ended(id)
    expect(images).toEqual([])
    expect(linksIn(text)).toHaveLength(1)
  })

  it("is remembered by its id", async () => {
    const { id } = await openai.responses.create({ input: newPrompt(), background: true })
    await ended(id)
    const { model } = await responseFrom(await respond(service, { previous_response_id: id, input: "make it winter" }))
    expect(model).toContain("klein")
  })

  it("goes on as a stream whose client left", async () => {
    const gate = service.workersAi.gate()
    const stream = follow(await respond(service, { input: newPrompt(), background: true, stream: true }))
    const [, data = ""] = /data: (.*)/.exec((await stream.next()) ?? "") ?? []
    await gate.arrived
    await stream.cancel()
    gate.release()
    const { text } = await ended(JSON.parse(data).response.id)
    expect(linksIn(text)).toHaveLength(1)
    expect(service.workersAi.calls).toHaveLength(1)
  })

  it("tells its failure", async () => {
    service.workersAi.failNext("html")
    const { id } = await openai.responses.create({ input: newPrompt(), background: true })
    expect(await ended(id)).toMatchObject({ status: "failed", error: { code: "upstream_error" }, images: [] })
  })

  it("is cancelled while it runs, and keeps what was paid for", async () => {
    const gates = Array.from({ length: 4 }, () => service.workersAi.gate(1))
    const body = { input: newPrompt(), n: 6, background: true, ...imageTool() }
    const { id } = await responseFrom(await respond(service, body))
    await Promise.all(gates.map(({ arrived }) => arrived))
    expect((await openai.responses.cancel(id)).status).toBe("cancelled")
    for (const gate of gates) gate.release()
    const { images, status } = await ended(id)
    expect([status, images.length]).toEqual(["cancelled", 4])
    expect(service.workersAi.calls).toHaveLength(4)
    const over = await ask(`/v1/responses/${id}/cancel`, "POST")
    expect(await errorFrom(over)).toMatchObject({ status: 404, code: "job_not_found" })
  }, 20_000)

  it("is deleted while it runs, by whom it belongs to", async () => {
    const gate = service.workersAi.gate()
    const { id } = await openai.responses.create({ input: newPrompt(), background: true })
    await gate.arrived
    for (const [path, method] of [
      [`/v1/responses/${id}`, "GET"],
      [`/v1/responses/${id}`, "DELETE"],
      [`/v1/responses/${id}/cancel`, "POST"]
    ] as const) {
      expect(await errorFrom(await ask(path, method, "sk-bob"))).toMatchObject({ status: 404, code: "job_not_found" })
    }
    const deleted = await ask(`/v1/responses/${id}`, "DELETE")
    expect(await deleted.json()).toEqual({ id, object: "response", deleted: true })
    gate.release()
    expect((await ended(id)).status).toBe("cancelled")
    expect((await ask(`/v1/responses/${id}`, "DELETE")).status).toBe(404)
  })

  it.each([
    "resp_x",
    `resp_${"A".repeat(22)}`,
    `resp_${"A".repeat(22)}-1999999999-i`,
    `msg_${"A".repeat(22)}-1999999999`
  ])("is not there under an id that nobody was given (%s)", async (id) => {
    expect(await errorFrom(await ask(`/v1/responses/${id}`))).toMatchObject({ status: 404, code: "job_not_found" })
  })
})

describe("a repeated response", () => {
  it("is drawn once, and its stream tells the ids of the first", async () => {
    const headers = { "idempotency-key": newPrompt() }
    const body = { input: newPrompt(), n: 2, model: "klein", ...imageTool() }
    const gate = service.workersAi.gate(2)
    const first = respond(service, body, headers)
    await gate.arrived
    const second = respond(service, { ...body, stream: true }, headers)
    const told = follow(await second)
    const created = /data: (.*)/.exec((await told.next()) ?? "")?.[1] ?? ""
    gate.release()
    const whole = await responseFrom(await first)
    expect(JSON.parse(created).response.id).toBe(whole.id)
    const again = await responseStreamFrom(await respond(service, { ...body, stream: true }, headers))
    expect(again.completed?.images).toEqual(whole.images)
    expect(again.text).toBe(whole.text)
    expect(service.workersAi.calls).toHaveLength(2)
    await told.cancel()
  })

  it("finds under its own ids what had been drawn as base64 alone", async () => {
    const prompt = newPrompt()
    const headers = { "idempotency-key": prompt }
    const images = await imagesFrom(
      await service.fetch("/v1/images/generations", {
        method: "POST",
        headers: { authorization: "Bearer sk-test", ...headers },
        body: JSON.stringify({ prompt, response_format: "b64_json" })
      })
    )
    const { id, text } = await responseFrom(await respond(service, { input: prompt }, headers))
    expect(service.workersAi.calls).toHaveLength(1)
    const bytes = await (await fetch(linksIn(text)[0] ?? "")).bytes()
    expect(Buffer.from(bytes).toString("base64")).toBe(images.data[0]?.b64_json)
    await responseFrom(await respond(service, { previous_response_id: id, input: "make it winter" }))
    expect(Object.keys(service.workersAi.calls[1]?.fields ?? {})).toContain("input_image_0")
    expect((await generate(service, { prompt })).status).toBe(200)
  })
})
