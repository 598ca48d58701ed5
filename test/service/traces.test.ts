import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type RunningService, startService } from "../support/service.ts"
import { listen } from "../support/workers-ai/server.ts"

const START_MS = 60_000

/** What of a span in OTLP is looked at. */
interface Span {
  readonly name: string
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
}

const received: Array<Span> = []

/** Takes what an exporter of OTLP sends. */
const collect = async (request: Request): Promise<Response> => {
  const sent = (await request.json()) as {
    // The form of an export: https://opentelemetry.io/docs/specs/otlp/
    readonly resourceSpans: ReadonlyArray<{
      readonly scopeSpans: ReadonlyArray<{ readonly spans: ReadonlyArray<Span> }>
    }>
  }
  received.push(...sent.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)))
  return new Response("{}", { headers: { "content-type": "application/json" } })
}

let service: RunningService
let collector: Awaited<ReturnType<typeof listen>>
beforeAll(async () => {
  collector = await listen(collect)
  service = await startService({ ai: "rest", vars: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.origin } })
}, START_MS)
afterAll(async () => {
  await service.close()
  await collector.close()
})

const draw = (prompt: string, headers: Readonly<Record<string, string>> = {}) =>
  service.fetch("/v1/images/generations", {
    method: "POST",
    headers: { authorization: "Bearer sk-test", "content-type": "application/json", ...headers },
    body: JSON.stringify({ prompt, response_format: "url" })
  })

/** The spans of the request that was made last, once its own has come. */
const trace = async (expected: ReadonlyArray<string>) => {
  const own = () => {
    const request = received.find(({ name }) => name === "POST")
    return received.filter(({ traceId }) => traceId === request?.traceId)
  }
  await expect
    .poll(() => own().map(({ name }) => name), { timeout: 15_000 })
    .toEqual(expect.arrayContaining(["POST", ...expected]))
  return own()
}

/** Each of them is under another one of the same trace, but the request's. */
const expectWhole = (spans: ReadonlyArray<Span>) => {
  const ids = new Set(spans.map(({ spanId }) => spanId))
  for (const { name, parentSpanId = "" } of spans) if (name !== "POST") expect(ids).toContain(parentSpanId)
}

describe("an exported trace", () => {
  it("has the drawing of a request under the request's own span, without waiting for another request", async () => {
    received.length = 0
    expect((await draw("A cute cat, traced")).status).toBe(200)
    expectWhole(await trace(["draw", "store", "workers_ai.run"]))
  })

  it("has the drawing of a job in a runner, with the trace id of the request that began it", async () => {
    received.length = 0
    expect((await draw("A cute cat, traced from afar", { prefer: "respond-async" })).status).toBe(202)
    expectWhole(await trace(["job", "draw", "store", "workers_ai.run"]))
  })
})
