import { describe, expect, it } from "vitest"
import { UpstreamError } from "../../../src/domain/Errors.ts"
import { FluxModel } from "../../../src/services/FluxModel.ts"
import { FakeFluxModel, FakePromptOptimizer, FakeTelemetry, type TestApp } from "../../support/layers/testLayers.ts"
import { linksIn } from "../../support/links.ts"
import { chat, contentFrom, says } from "../../support/openai/chat.ts"
import { edit, editForm, generate } from "../../support/openai/requests.ts"
import { imageOf } from "../../support/pictures.ts"
import { testApp } from "../../support/testApp.ts"
import { makeFakeWorkersAi } from "../../support/workers-ai/FakeWorkersAi.ts"

const schnell = "@cf/black-forest-labs/flux-1-schnell"

/** The lines about whole requests, with what they tell. */
const requestLines = ({ logs }: TestApp) =>
  logs.flatMap((line) => {
    const { message, timestamp: _, ...fields } = JSON.parse(line)
    return message === "request" ? [fields] : []
  })

const overWorkersAi = (options: Parameters<typeof testApp>[0] = {}) => {
  const ai = makeFakeWorkersAi()
  return { ai, app: testApp({ flux: FluxModel.layer, fetch: ai.fetch, ...options }) }
}

describe("the log", () => {
  it.each([false, true])("has one line for a drawing: stream %s", async (stream) => {
    const { app } = overWorkersAi()
    const response = await chat(app, says("A cute cat", { stream }))
    await response.text()
    expect(app.logs).toHaveLength(1)
    expect(requestLines(app)).toEqual([
      {
        level: "INFO",
        requestId: response.headers.get("x-request-id"),
        method: "POST",
        route: "/v1/chat/completions",
        status: 200,
        durationMs: expect.any(Number),
        drawMs: expect.any(Number),
        storeMs: expect.any(Number),
        attempts: 1,
        key: "default",
        model: schnell,
        n: 1,
        neurons: 172.8,
        dollars: 0.001901,
        size: "1024x1024"
      }
    ])
  })

  it("has the line of a stream when the stream ends, and not before", async () => {
    const { ai, app } = overWorkersAi()
    const gate = ai.gate()
    const text = (await generate(app, { stream: true })).text()
    await gate.arrived
    expect(app.logs).toEqual([])
    gate.release()
    await text
    expect(requestLines(app)).toHaveLength(1)
  })

  it("counts the calls of all pictures, also those that are made again", async () => {
    const { ai, app } = overWorkersAi()
    ai.failNext("nsfwPrompt")
    await (await generate(app, { n: 3 })).text()
    expect(requestLines(app)).toMatchObject([{ attempts: 4, n: 3 }])
  })

  it.each([false, true])("tells a failure, and what Workers AI said of it: stream %s", async (stream) => {
    const { ai, app } = overWorkersAi()
    ai.failAlways("internalError")
    await (await generate(app, { stream })).text()
    expect(requestLines(app)).toMatchObject([
      {
        status: stream ? 200 : 502,
        error: "UpstreamError",
        errorCode: "upstream_error",
        upstream: expect.stringContaining("Internal server error"),
        attempts: 1
      }
    ])
  })

  it("cuts short what Workers AI said", async () => {
    const flux = FakeFluxModel.failing(new UpstreamError({ message: "Failed.", cause: "x".repeat(5000) }))
    const app = testApp({ flux })
    await (await generate(app)).text()
    expect(app.logs.join("").length).toBeLessThan(1500)
  })

  it.each<readonly [string, string, RequestInit, object]>([
    [
      "a picture that is not there",
      "/image/x.jpg",
      {},
      { route: "/image/:key", status: 404, errorCode: "image_not_found" }
    ],
    ["an unknown address", "/etc/passwd?key=sk-secret", {}, { route: "unknown", status: 404 }],
    ["a wrong method", "/v1/models", { method: "PATCH" }, { route: "/v1/models", status: 405, method: "PATCH" }],
    ["no key", "/v1/models", {}, { status: 401, errorCode: "invalid_api_key" }],
    ["the page", "/", {}, { route: "/", status: 200 }],
    ["an address with a prefix", "/v1/v1/models/", {}, { route: "/v1/models" }]
  ])("has one line for %s, without its address", async (_name, path, init, expected) => {
    const app = testApp()
    await (await app.fetch(path, init)).text()
    expect(app.logs).toHaveLength(1)
    expect(requestLines(app)).toMatchObject([expected])
    expect(app.logs[0]).not.toMatch(/sk-secret|passwd|x\.jpg/)
  })

  it("has no key of a picture: who reads the log does not see the pictures", async () => {
    const app = testApp()
    const [link = ""] = linksIn(await contentFrom(await chat(app, says("A cute cat"))))
    await (await app.fetch(link)).arrayBuffer()
    expect(requestLines(app)).toHaveLength(2)
    expect(app.logs.join("\n")).not.toContain(new URL(link).pathname.slice("/image/".length))
  })

  it("has the prompt where LOG_PROMPTS is true, and only there", async () => {
    const input = await imageOf({ width: 64, height: 64 })
    for (const [value, expected] of [
      ["true", "a secret garden"],
      ["false", undefined],
      ["1", undefined],
      ["", undefined]
    ] as const) {
      const app = testApp({ env: { LOG_PROMPTS: value, LOG_LEVEL: "All" } })
      await (await chat(app, says("a secret garden"))).text()
      await (await generate(app, { prompt: "a secret garden" })).text()
      await (await edit(app, editForm([input], { prompt: "a secret garden" }))).text()
      expect(requestLines(app).map(({ prompt }) => prompt)).toEqual([expected, expected, expected])
      if (expected === undefined) expect(app.logs.join("\n")).not.toContain("secret garden")
    }
  })

  it.each(["rest", "binding"])("has no secret, whatever fails (%s)", async (FLUX_BACKEND) => {
    const env = { FLUX_BACKEND, LOG_LEVEL: "All", CF_API_TOKEN: "tok-5ecret", API_KEY: "sk-test" }
    const AI = { run: () => Promise.reject(new Error("reset")) } as unknown as Ai // the rest is never used
    const { app } = overWorkersAi({ env, ...(FLUX_BACKEND === "binding" && { bindings: { AI } }) })
    await (await generate(app)).text()
    await (await chat(app, says("A cute cat", { stream: true }))).text()
    expect(requestLines(app)).toHaveLength(2)
    expect(app.logs.join("\n")).not.toMatch(/tok-5ecret|sk-test|Bearer/)
  })

  it.each([false, true])("has one line for a client that goes away: stream %s", async (stream) => {
    const { ai, app } = overWorkersAi()
    const gate = ai.gate()
    const hangup = new AbortController()
    const asked = app
      .fetch("/v1/images/generations", {
        method: "POST",
        headers: { authorization: "Bearer sk-test" },
        body: JSON.stringify({ prompt: "A cute cat", stream }),
        signal: hangup.signal
      })
      .then((response) => {
        const reader = response.body?.getReader()
        void gate.arrived.then(() => reader?.cancel())
        return reader?.read()
      })
      .catch(() => undefined)
    await gate.arrived
    hangup.abort()
    await asked
    await expect.poll(() => requestLines(app)).toHaveLength(1)
    expect(requestLines(app)).toMatchObject([{ status: stream ? 200 : 499, interrupted: true, attempts: 1 }])
  })
})

describe("server-timing", () => {
  it("tells the stages of a JSON answer", async () => {
    const response = await chat(testApp(), says("A cute cat"))
    expect(response.headers.get("server-timing")).toMatch(/^draw;dur=\d+, store;dur=\d+$/)
    expect(response.headers.get("access-control-expose-headers")).toContain("server-timing")
  })

  it("tells the time of an optimisation where there was one", async () => {
    const response = await chat(testApp({ optimizer: FakePromptOptimizer.layer }), says("A cute cat"))
    expect(response.headers.get("server-timing")).toMatch(/^prompt;dur=\d+, draw;dur=\d+, store;dur=\d+$/)
  })

  it.each([
    ["a stream, whose stages are still to come", (app: TestApp) => chat(app, says("A cute cat", { stream: true }))],
    ["what has no stages", (app: TestApp) => app.fetch("/health")]
  ])("is absent from %s", async (_name, ask) => {
    const response = await ask(testApp())
    await response.text()
    expect(response.headers.get("server-timing")).toBeNull()
  })
})

it("telemetry is sent once for each request", async () => {
  const telemetry = FakeTelemetry.make()
  const app = testApp({ telemetry: telemetry.layer })
  await (await app.fetch("/health")).text()
  expect(telemetry.flushes()).toBe(1)
  await (await chat(app, says("A cute cat", { stream: true }))).text()
  expect(telemetry.flushes()).toBe(2)
})
