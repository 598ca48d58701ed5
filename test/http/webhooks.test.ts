import * as Schema from "effect/Schema"
import { Webhook } from "standardwebhooks"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { UpstreamError } from "../../src/domain/Errors.ts"
import { JobObject } from "../../src/http/jobs/JobObject.ts"
import { jobsApp } from "../support/jobsApp.ts"
import { FakeFluxModel, FakeImageStore, FakeInputImages, testTime } from "../support/layers/testLayers.ts"
import { errorFrom } from "../support/openai/answers.ts"
import { testApp } from "../support/testApp.ts"

const secret = `whsec_${Buffer.from("a secret of thirty-two bytes ....").toString("base64")}`
const target = "https://hooks.example.com/flux?key=of-the-receiver"
const authorization = "Bearer sk-test"
const prefer = { prefer: "respond-async" }

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: testTime })
})
afterEach(() => {
  vi.useRealTimers()
})

interface Received {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly redirect: string | undefined
}

/** Somebody else's server, which answers with these statuses, the last one again and again; 0 is no answer. */
const receiver = (...statuses: ReadonlyArray<number>) => {
  const received: Array<Received> = []
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init)
    const headers = Object.fromEntries(request.headers)
    received.push({ url: request.url, headers, body: await request.text(), redirect: init?.redirect })
    const status = statuses[Math.min(received.length, statuses.length) - 1] ?? 200
    if (status === 0) throw new TypeError("fetch failed")
    return new Response(null, { status, headers: { location: "https://elsewhere.example.com/" } })
  }
  return { fetch, received }
}

type App = ReturnType<typeof jobsApp>

const setUp = (answers: ReturnType<typeof receiver>, options: Partial<Parameters<typeof jobsApp>[0]> = {}) =>
  jobsApp({ fetch: answers.fetch, ...options, env: { WEBHOOK_SECRET: secret, ...options.env } })

const post = ({ app }: Pick<App, "app">, body: object, headers: object = prefer, path = "/v1/images/generations") =>
  app.fetch(path, { method: "POST", headers: { authorization, ...headers }, body: JSON.stringify(body) })

const decodeJob = Schema.decodeUnknownSync(JobObject, { onExcessProperty: "error" })
const jobFrom = async (response: Response) => decodeJob(await response.json())

const cat = { prompt: "A cute cat", webhook: target }

/** Rings every alarm on its time. How long each waited, in seconds. */
const ringAll = async ({ runners }: App): Promise<ReadonlyArray<number>> => {
  const waits: Array<number> = []
  while (runners.alarms.size > 0) {
    const at = Math.max(...runners.alarms.values())
    waits.push((at - Date.now()) / 1000)
    vi.setSystemTime(at)
    await runners.wake()
  }
  return waits
}

const verified = ({ body, headers }: Received, by = new Webhook(secret)) =>
  // What the library gives is the parsed body.
  by.verify(body, { ...headers }) as { readonly type: string; readonly timestamp: string; readonly data: object }

describe("a webhook", () => {
  it("is told the end of its job, signed, as the job is told to those who ask", async () => {
    const answers = receiver(204)
    const service = setUp(answers)
    const { id } = await jobFrom(await post(service, cat))
    expect(answers.received).toEqual([])
    expect(await ringAll(service)).toEqual([0])
    const [message] = answers.received
    expect(answers.received).toHaveLength(1)
    expect(message).toMatchObject({ url: target, redirect: "manual" })
    expect(message?.headers).toMatchObject({ "content-type": "application/json", "webhook-id": id })
    const job = await jobFrom(await service.app.fetch(`/v1/jobs/${id}`, { headers: { authorization } }))
    expect(message && verified(message)).toEqual({
      type: "image.generation.completed",
      timestamp: new Date(testTime).toISOString(),
      data: job
    })
    expect(job).toMatchObject({ status: "completed", result: { data: [{ url: expect.stringMatching(/^http:/) }] } })
    expect(message?.body).not.toContain("b64_json")
    expect(service.runners.size()).toBe(0)
  })

  it.each([
    ["/v1/images/edits", { prompt: "Make it winter", image: "https://example.com/cat.png", webhook: target }, prefer],
    ["/v1/images", cat, prefer],
    ["/v1/chat/completions", { messages: [{ role: "user", content: "A cute cat" }], webhook: target }, prefer],
    ["/v1/responses", { input: "A cute cat", background: true, webhook: target }, {}],
    ["/v1/responses", { input: "A cute cat", webhook: target }, prefer],
    ["/v1/images/generations", { prompt: "A cute cat", extra_body: { webhook_url: target } }, prefer]
  ])("is told the end of a job of %s", async (path, body, headers) => {
    const answers = receiver()
    const service = setUp(answers, { inputImages: FakeInputImages.layer })
    expect((await post(service, body, headers, path)).ok).toBe(true)
    await ringAll(service)
    expect(answers.received.map((message) => verified(message).type)).toEqual(["image.generation.completed"])
  })

  it("is told a failure, and what could not be stored, without bytes", async () => {
    const answers = receiver()
    const error = new UpstreamError({ message: "Workers AI failed." })
    const failing = setUp(answers, { flux: FakeFluxModel.failing(error) })
    await post(failing, cat)
    await ringAll(failing)
    const unstored = setUp(answers, { store: FakeImageStore.failing("put") })
    await post(unstored, { ...cat, response_format: "b64_json" })
    await ringAll(unstored)
    const [failure, lost] = answers.received.map((message) => verified(message))
    expect(failure).toMatchObject({
      type: "image.generation.failed",
      data: { status: "failed", error: { code: "upstream_error" } }
    })
    expect(lost).toMatchObject({ type: "image.generation.completed", data: { result: { data: [{}] } } })
    expect(answers.received[1]?.body).not.toContain("b64_json")
  })

  it.each([
    ["a text", "not base64 at all, but long enough"],
    ["base64 without padding", secret.replace(/=+$/, "")]
  ])("is signed with %s", async (_, given) => {
    const answers = receiver()
    const service = setUp(answers, { env: { WEBHOOK_SECRET: given } })
    await post(service, cat)
    await ringAll(service)
    const by = given.startsWith("whsec_") ? new Webhook(secret) : new Webhook(given, { format: "raw" })
    expect(answers.received.map((message) => verified(message, by).type)).toEqual(["image.generation.completed"])
  })

  it.each([[0], [500], [302], [404]])(
    "is told five times where it answers with %s, and nothing is left",
    async (status) => {
      const answers = receiver(status)
      const service = setUp(answers)
      await post(service, cat)
      expect(await ringAll(service)).toEqual([0, 10, 60, 300, 1200])
      expect(answers.received).toHaveLength(5)
      expect(new Set(answers.received.map(({ url }) => url))).toEqual(new Set([target]))
      expect(new Set(answers.received.map(({ body }) => body)).size).toBe(1)
      expect(new Set(answers.received.map(({ headers }) => headers["webhook-timestamp"])).size).toBe(5)
      expect(new Set(answers.received.map(({ headers }) => headers["webhook-id"])).size).toBe(1)
      expect(service.runners.size()).toBe(0)
    }
  )

  it("is told no more once it has taken it, or is gone", async () => {
    for (const [statuses, tries] of [
      [[500, 503, 200], 3],
      [[410], 1]
    ] as const) {
      const answers = receiver(...statuses)
      const service = setUp(answers)
      await post(service, cat)
      await ringAll(service)
      expect(answers.received).toHaveLength(tries)
      expect(service.runners.size()).toBe(0)
    }
  })

  it("is told though the runner is evicted between all tries, with what was drawn once", async () => {
    const answers = receiver(500)
    const flux = FakeFluxModel.make()
    const service = setUp(answers, { flux: flux.layer })
    await post(service, cat)
    const { alarms, evict, wake } = service.runners
    for (let tries = 1; alarms.size > 0; tries++) {
      await wake()
      evict()
      expect(answers.received).toHaveLength(tries)
    }
    expect(answers.received).toHaveLength(5)
    expect(new Set(answers.received.map(({ body }) => body)).size).toBe(1)
    expect(flux.requests).toHaveLength(1)
    expect(service.runners.size()).toBe(0)
  })

  it("is told of a job that was lost with its runner", async () => {
    const answers = receiver()
    const service = setUp(answers)
    await post(service, cat)
    service.runners.evict()
    await ringAll(service)
    expect(answers.received.map((message) => verified(message))).toMatchObject([
      { type: "image.generation.failed", data: { status: "failed", error: { code: "upstream_error" } } }
    ])
  })

  it("is told once of a request that is repeated, and is part of what it asks", async () => {
    const answers = receiver()
    const service = setUp(answers)
    const keyed = { ...prefer, "idempotency-key": "order-66" }
    const [one, two] = [await post(service, cat, keyed), await post(service, cat, keyed)]
    expect(await jobFrom(two)).toEqual(await jobFrom(one))
    const other = await post(service, { ...cat, webhook: "https://hooks.example.com/other" }, keyed)
    expect(await errorFrom(other)).toMatchObject({ status: 400, code: "idempotency_key_reused" })
    await ringAll(service)
    expect(answers.received).toHaveLength(1)
  })
})

describe("a webhook that can't be told", () => {
  const refusal = async (body: object, env: Readonly<Record<string, string>> = {}, headers: object = prefer) => {
    const service = setUp(receiver(), { env })
    const error = await errorFrom(await post(service, body, headers))
    expect(service.runners.size()).toBe(0)
    return error
  }

  it.each([
    ["http://hooks.example.com/", /https/],
    ["https://127.0.0.1/", /public/],
    ["https://hooks.internal/", /public/],
    ["https://user:password@hooks.example.com/", /public/],
    ["https://hooks.example.com:8443/", /public/],
    ["hooks.example.com", /https/],
    [`https://hooks.example.com/${"a".repeat(2048)}`, /./],
    [{ url: target }, /./],
    [42, /./]
  ])("at %o is a 400", async (webhook, message) => {
    expect(await refusal({ ...cat, webhook })).toMatchObject({
      status: 400,
      param: "webhook",
      message: expect.stringMatching(message)
    })
  })

  it("for want of a secret names the setting, and with a wrong one too", async () => {
    expect(await refusal(cat, { WEBHOOK_SECRET: "" })).toMatchObject({
      status: 400,
      param: "webhook",
      message: expect.stringContaining("WEBHOOK_SECRET")
    })
    expect(await refusal(cat, { WEBHOOK_SECRET: "whsec_%%%" })).toMatchObject({ status: 500, param: "WEBHOOK_SECRET" })
    expect(await refusal(cat, { WEBHOOK_SECRET: "whsec_" })).toMatchObject({ status: 500, param: "WEBHOOK_SECRET" })
  })

  it("for want of a job is a 400 in each dialect", async () => {
    const service = setUp(receiver())
    for (const [path, body] of [
      ["/v1/images/generations", cat],
      ["/v1/images", cat],
      ["/v1/chat/completions", { messages: [{ role: "user", content: "A cute cat" }], webhook: target }],
      ["/v1/responses", { input: "A cute cat", webhook: target }],
      ["/v1/responses", { input: "A cute cat", webhook: target, background: true, stream: true }]
    ] as const) {
      expect(await errorFrom(await post(service, body, {}, path))).toMatchObject({
        status: 400,
        param: "webhook",
        message: expect.stringContaining("respond-async")
      })
    }
  })

  it("for want of the runner is a 400 that names the binding", async () => {
    const app = testApp({ env: { WEBHOOK_SECRET: secret } })
    expect(await errorFrom(await post({ app }, cat))).toMatchObject({
      status: 400,
      param: "webhook",
      message: expect.stringContaining("RUNNER")
    })
  })

  it.each(["", null, "null"])("because it is %o is none", async (webhook) => {
    const answers = receiver()
    const service = setUp(answers, { env: { WEBHOOK_SECRET: "" } })
    expect((await post(service, { ...cat, webhook })).status).toBe(202)
    await ringAll(service)
    expect(answers.received).toEqual([])
  })
})
