import * as Schema from "effect/Schema"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { JobObject } from "../../src/http/jobs/JobObject.ts"
import { UsageObject } from "../../src/http/usage/UsageApi.ts"
import { linksIn } from "../support/links.ts"
import { sourceTypeOf } from "../support/metadata.ts"
import { errorFrom, imagesFrom } from "../support/openai/answers.ts"
import { chat, completionFrom, says, streamFrom } from "../support/openai/chat.ts"
import { follow } from "../support/openai/follow.ts"
import { type RunningService, startService } from "../support/service.ts"

const START_MS = 60_000

const decodeJob = Schema.decodeUnknownSync(JobObject, { onExcessProperty: "error" })
const decodeUsage = Schema.decodeUnknownSync(UsageObject, { onExcessProperty: "error" })

let service: RunningService
beforeAll(async () => {
  service = await startService({
    ai: "rest",
    vars: { API_KEY: "", API_KEYS: "alice:sk-test,bob:sk-bob,eve:sk-eve:360" }
  })
}, START_MS)
afterEach(() => service.reset())
afterAll(() => service.close())

let prompts = 0
/** No test meets what another one has drawn. */
const newPrompt = () => `A cute cat, number ${++prompts}`

const post = (body: object, headers: Readonly<Record<string, string>> = {}) =>
  service.fetch("/v1/images/generations", {
    method: "POST",
    headers: { authorization: "Bearer sk-test", "content-type": "application/json", ...headers },
    body: JSON.stringify(body)
  })

const get = (path: string, headers: Readonly<Record<string, string>> = {}, method = "GET") =>
  service.fetch(path, { method, headers: { authorization: "Bearer sk-test", ...headers } })

const urlOf = async (response: Response) => (await imagesFrom(response)).data[0]?.url

const jobFrom = async (response: Response) => decodeJob(await response.json())

const locationOf = (response: Response): string => {
  expect(response.status).toBe(202)
  expect(response.headers.get("preference-applied")).toBe("respond-async")
  const location = response.headers.get("location") ?? ""
  expect(location).toMatch(/^\/v1\/jobs\/job_[\w-]{22}$/)
  return location
}

/** The job once it has ended. */
const ended = async (location: string) => {
  await expect.poll(async () => (await jobFrom(await get(location))).status, { timeout: 10_000 }).not.toBe("running")
  return jobFrom(await get(location))
}

const prefer = { prefer: "respond-async" }

describe("a repeated request in workerd", () => {
  it("is drawn once where 50 come at once with one Idempotency-Key", async () => {
    const body = { prompt: newPrompt(), response_format: "url" }
    const answers = await Promise.all(Array.from({ length: 50 }, () => post(body, { "idempotency-key": body.prompt })))
    expect(new Set(await Promise.all(answers.map(urlOf))).size).toBe(1)
    expect(service.workersAi.calls).toHaveLength(1)
  }, 30_000)

  it("is four pictures where four come at once without one", async () => {
    const body = { prompt: newPrompt(), response_format: "url" }
    const answers = await Promise.all(Array.from({ length: 4 }, () => post(body)))
    expect(new Set(await Promise.all(answers.map(urlOf))).size).toBe(4)
    expect(service.workersAi.calls).toHaveLength(4)
  })

  it("is answered in the dialect that it asks for", async () => {
    const prompt = newPrompt()
    const key = { "idempotency-key": prompt }
    const { data } = await imagesFrom(await post({ prompt, response_format: "b64_json" }, key))
    const { content } = await completionFrom(await chat(service, says(prompt), key))
    const streamed = await streamFrom(await chat(service, says(prompt, { stream: true }), key))
    expect(service.workersAi.calls).toHaveLength(1)
    expect(data[0]).not.toHaveProperty("url")
    for (const [link = ""] of [linksIn(content), linksIn(streamed.content)]) {
      const image = await (await fetch(link)).bytes()
      expect(Buffer.from(image).toString("base64")).toBe(data[0]?.b64_json)
      expect(await sourceTypeOf(image)).toBe("trainedAlgorithmicMedia")
    }
  })

  it("gets a picture of several megabytes whole", async () => {
    service.workersAi.imageBytes = 3_500_000
    const body = { prompt: newPrompt(), response_format: "b64_json" }
    const [one, two] = [await imagesFrom(await post(body, first)), await imagesFrom(await post(body, repeat))]
    expect(Buffer.from(one.data[0]?.b64_json ?? "", "base64").length).toBeGreaterThanOrEqual(3_500_000)
    expect(two.data).toEqual(one.data)
    expect(service.workersAi.calls).toHaveLength(1)
  })

  it("gets what a stream had begun whose client left", async () => {
    const prompt = newPrompt()
    const gate = service.workersAi.gate(1)
    const stream = follow(await chat(service, says(prompt, { stream: true })))
    await stream.next()
    await gate.arrived
    await stream.cancel()
    gate.release()
    const { content } = await completionFrom(await chat(service, says(prompt), repeat))
    expect(linksIn(content)).toHaveLength(1)
    expect(service.workersAi.calls).toHaveLength(1)
  })

  it("fails as before where it may have been paid for, and is drawn where it surely was not", async () => {
    const [paid, unpaid] = [newPrompt(), newPrompt()]
    service.workersAi.failNext("resetAfterHeaders")
    const first = await errorFrom(await post({ prompt: paid }, { "idempotency-key": paid }))
    const second = await errorFrom(await post({ prompt: paid }, { "idempotency-key": paid }))
    expect(first).toMatchObject({ status: 502, code: "upstream_error", shouldRetry: "false" })
    expect(second).toEqual(first)
    expect(service.workersAi.calls).toHaveLength(1)
    service.workersAi.failNext("capacity", 2)
    expect((await post({ prompt: unpaid }, { "idempotency-key": unpaid })).status).toBe(429)
    expect((await post({ prompt: unpaid }, { "idempotency-key": unpaid })).status).toBe(200)
  }, 15_000)

  it("is refused where its Idempotency-Key came with another request, and is free for another caller", async () => {
    const prompt = newPrompt()
    const key = { "idempotency-key": prompt }
    await post({ prompt }, key)
    expect(await errorFrom(await post({ prompt: newPrompt() }, key))).toMatchObject({
      status: 400,
      code: "idempotency_key_reused",
      param: "Idempotency-Key"
    })
    expect((await post({ prompt }, { ...key, authorization: "Bearer sk-bob" })).status).toBe(200)
    expect(service.workersAi.calls).toHaveLength(2)
  })
})

/** As the OpenAI SDKs count their tries. */
const first = { "x-stainless-retry-count": "0" }
const repeat = { "x-stainless-retry-count": "1" }

describe("a job in workerd", () => {
  it("is told while it runs and after it has ended", async () => {
    const gate = service.workersAi.gate(2)
    const location = locationOf(await post({ prompt: newPrompt(), n: 2 }, prefer))
    await gate.arrived
    const running = await get(location)
    expect(running.headers.get("retry-after")).toBe("2")
    expect(await jobFrom(running)).toMatchObject({ status: "running", progress: { total: 2, completed: 0, failed: 0 } })
    gate.release()
    const job = await ended(location)
    expect(job).toMatchObject({ object: "generation.job", status: "completed", progress: { completed: 2 } })
    expect(job.result?.data).toHaveLength(2)
    expect((await fetch(job.result?.data[0]?.url ?? "")).status).toBe(200)
    expect(job.expires_at - job.created_at).toBeLessThan(300)
  })

  it("streams its events, and goes on from the last one that was seen", async () => {
    const gate = service.workersAi.gate(1)
    const location = locationOf(await chat(service, says(newPrompt()), prefer))
    const live = follow(await get(location, { accept: "text/event-stream" }))
    expect(await live.next()).toMatch(/^id: 0\nevent: prompt_ready\n/)
    expect(await live.next()).toMatch(/^id: 1\nevent: drawing\n/)
    await live.cancel()
    gate.release()
    const rest = follow(await get(location, { accept: "text/event-stream", "last-event-id": "1" }))
    expect(await rest.next()).toMatch(/^id: 2\nevent: image_ready\n/)
    expect(await rest.next()).toMatch(/^event: completed\n/)
    expect(await rest.next()).toBeUndefined()
  })

  it("that is cancelled begins nothing more, and keeps what was paid for", async () => {
    const gates = Array.from({ length: 4 }, () => service.workersAi.gate(1))
    const location = locationOf(await post({ prompt: newPrompt(), n: 6 }, prefer))
    await Promise.all(gates.map(({ arrived }) => arrived))
    expect((await get(location, {}, "DELETE")).status).toBe(200)
    for (const gate of gates) gate.release()
    const job = await ended(location)
    expect(job).toMatchObject({ status: "cancelled", progress: { completed: 4, failed: 2 } })
    expect(service.workersAi.calls).toHaveLength(4)
  })

  it("that a stream began is named in its headers and can be cancelled by them: it ends with what was drawn", async () => {
    const gates = Array.from({ length: 4 }, () => service.workersAi.gate(1))
    const response = await chat(service, says(`${newPrompt()} --n 6`, { stream: true }))
    const id = response.headers.get("x-flux-job")
    await Promise.all(gates.map(({ arrived }) => arrived))
    expect((await get(`/v1/jobs/${id}`, {}, "DELETE")).status).toBe(200)
    for (const gate of gates) gate.release()
    const { content } = await streamFrom(response)
    expect(linksIn(content)).toHaveLength(4)
    expect(content).toContain("This generation was cancelled.")
    expect(service.workersAi.calls).toHaveLength(4)
  })

  it("tells its failure", async () => {
    service.workersAi.failNext("html")
    const job = await ended(locationOf(await post({ prompt: newPrompt() }, prefer)))
    expect(job).toMatchObject({ status: "failed", error: { type: "upstream_error", code: "upstream_error" } })
    expect(job).not.toHaveProperty("result")
  })

  it("that can't be begun is refused at once", async () => {
    const refused = await post({ prompt: newPrompt(), model: "gpt-4o" }, prefer)
    expect(await errorFrom(refused)).toMatchObject({ status: 404, code: "model_not_found", param: "model" })
  })

  it("is nobody else's", async () => {
    const location = locationOf(await post({ prompt: newPrompt() }, prefer))
    await ended(location)
    for (const [path, method] of [
      [location, "GET"],
      [location, "DELETE"],
      [`/v1/jobs/job_${"A".repeat(22)}`, "GET"]
    ] as const) {
      const other = await get(path, { authorization: "Bearer sk-bob" }, method)
      expect(await errorFrom(other)).toMatchObject({ status: 404, code: "job_not_found" })
    }
    expect((await get(location, { authorization: "" })).status).toBe(401)
  })
})

describe("the budget of a key in workerd", () => {
  it("is never exceeded by 50 requests at once, and its use is told", async () => {
    const eve = { authorization: "Bearer sk-eve" }
    const answers = await Promise.all(Array.from({ length: 50 }, () => post({ prompt: newPrompt() }, eve)))
    const statuses = answers.map(({ status }) => status)
    expect(statuses.filter((status) => status === 200)).toHaveLength(2)
    expect(statuses.filter((status) => status === 429)).toHaveLength(48)
    expect(service.workersAi.calls).toHaveLength(2)
    const [refused = Response.error()] = answers.filter(({ status }) => status === 429)
    expect(await errorFrom(refused)).toMatchObject({
      code: "insufficient_quota",
      shouldRetry: "false",
      message: expect.stringMatching(/renewed at \d{4}-\d\d-\d\dT00:00:00\.000Z/)
    })
    const usage = decodeUsage(await (await get("/v1/usage", eve)).json())
    expect(usage).toMatchObject({ object: "usage", key: "eve", pictures: 2, neurons: 345.6, budget: 360 })
    expect(usage.renews_at % 86_400).toBe(0)
    const secondsLeft = usage.renews_at - Date.now() / 1000
    // It may have become midnight meanwhile.
    expect(secondsLeft).toBeGreaterThan(-60)
    expect(secondsLeft).toBeLessThanOrEqual(86_400)
  }, 30_000)
})
