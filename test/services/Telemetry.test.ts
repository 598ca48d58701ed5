import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as ManagedRuntime from "effect/ManagedRuntime"
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest"
import { timed } from "../../src/services/RequestReport.ts"
import { Telemetry, traced } from "../../src/services/Telemetry.ts"
import { WorkerContext } from "../../src/services/WorkerContext.ts"
import { configFrom, httpClient } from "../support/layers/testLayers.ts"

const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: "https://traces.test/otlp/" }

/** A request with one span, and what it left for after its answer. */
const setUp = (env: Readonly<Record<string, string>>, collector: (request: Request) => Promise<Response>) => {
  const requests: Array<Request> = []
  let later: Array<Promise<unknown>> = []
  const runtime = ManagedRuntime.make(
    Telemetry.layer.pipe(
      Layer.provideMerge(Logger.layer([])),
      Layer.provide(configFrom(env)),
      Layer.provide(Layer.succeed(WorkerContext, { waitUntil: (promise) => void later.push(promise) })),
      Layer.provide(
        httpClient(async (input, init) => {
          const request = new Request(input, init)
          requests.push(request)
          return collector(request)
        })
      )
    )
  )
  onTestFinished(() => runtime.dispose())
  const request = async () => {
    later = []
    const work = Effect.void.pipe(traced("workers_ai.run", { kind: "client" }), timed("draw"))
    await runtime.runPromise(
      Effect.andThen(
        work,
        Effect.flatMap(Telemetry, ({ flush }) => flush)
      )
    )
    return later
  }
  return { requests, request }
}

afterEach(() => {
  vi.useRealTimers()
})

describe("Telemetry", () => {
  it("is off by default: nothing is sent, and nothing left for later", async () => {
    const { request, requests } = setUp({}, async () => new Response())
    expect(await request()).toEqual([])
    expect(requests).toEqual([])
  })

  it("sends the spans of a request as OTLP, after its answer", async () => {
    const { request, requests } = setUp(endpoint, async () => new Response("{}"))
    const later = await request()
    expect(later).toHaveLength(1)
    await Promise.all(later)
    expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual(["POST https://traces.test/otlp/v1/traces"])
    expect(requests[0]?.headers.get("content-type")).toBe("application/json")
    const sent = await requests[0]?.json()
    expect(sent).toMatchObject({
      resourceSpans: [{ scopeSpans: [{ spans: [{ name: "workers_ai.run", kind: 3 }, { name: "draw" }] }] }]
    })
    expect(JSON.stringify(sent)).toContain("flux-api-worker")
  })

  it("sends each span once", async () => {
    const { request, requests } = setUp(endpoint, async () => new Response("{}"))
    await Promise.all(await request())
    await Promise.all(await request())
    expect(requests).toHaveLength(2)
  })

  it("gives up after two seconds", async () => {
    vi.useFakeTimers()
    const { request } = setUp(endpoint, () => new Promise(() => {}))
    const [later] = await request()
    let isOver = false
    void later?.then(() => {
      isOver = true
    })
    await vi.advanceTimersByTimeAsync(1900)
    expect(isOver).toBe(false)
    await vi.advanceTimersByTimeAsync(200)
    expect(isOver).toBe(true)
  })

  it.each([
    ["fails", () => Promise.resolve(new Response("no", { status: 500 }))],
    ["is not there", () => Promise.reject(new TypeError("Network connection lost."))]
  ])("does no harm where the collector %s", async (_name, collector) => {
    vi.useFakeTimers()
    const { request } = setUp(endpoint, collector)
    const later = await request()
    const settled = Promise.allSettled(later)
    await vi.advanceTimersByTimeAsync(3000)
    expect(await settled).toMatchObject([{ status: "fulfilled" }])
  })
})
