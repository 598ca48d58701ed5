import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { linksIn } from "../support/links.ts"
import { errorFrom } from "../support/openai/answers.ts"
import { chat, contentFrom, says, streamFrom } from "../support/openai/chat.ts"
import { follow } from "../support/openai/follow.ts"
import { type RunningService, startService } from "../support/service.ts"
import type { NamedFault } from "../support/workers-ai/faults.ts"

const START_MS = 60_000
const TEST_MS = 30_000

interface Expected {
  readonly status: number
  readonly code: string
  /** Calls to Workers AI, where every one of them fails. */
  readonly calls: 1 | 2
  readonly shouldRetry: "false" | null
}

const upstreamError: Expected = { status: 502, code: "upstream_error", calls: 1, shouldRetry: "false" }
const policyViolation = { status: 400, code: "content_policy_violation", shouldRetry: null } as const

const table: ReadonlyArray<readonly [NamedFault, Expected]> = [
  ["resetBeforeHeaders", upstreamError],
  ["resetAfterHeaders", upstreamError],
  ["truncatedJson", upstreamError],
  ["truncatedBase64", upstreamError],
  ["invalidBase64", upstreamError],
  ["emptyImage", upstreamError],
  ["missingImage", upstreamError],
  ["notAnImage", upstreamError],
  ["html", upstreamError],
  ["badGateway", upstreamError],
  ["unsuccessful", upstreamError],
  ["modelFailure", upstreamError],
  ["internalError", upstreamError],
  ["timeout", { ...upstreamError, status: 504, code: "upstream_timeout" }],
  ["nsfwPrompt", { ...policyViolation, calls: 2 }],
  ["flaggedOutput", { ...policyViolation, calls: 1 }],
  ["flaggedOutput200", { ...policyViolation, calls: 1 }],
  ["authentication", { status: 500, code: "configuration_error", calls: 1, shouldRetry: "false" }],
  ["capacity", { status: 429, code: "rate_limit_exceeded", calls: 2, shouldRetry: null }]
]

describe.each(["rest", "binding"] as const)("Workers AI failing over %s", { timeout: TEST_MS }, (ai) => {
  let service: RunningService
  beforeAll(async () => {
    service = await startService({ ai })
  }, START_MS)
  afterEach(() => service.reset())
  afterAll(() => service.close())

  it.each(table)("%s is told as %o, and keeps nothing", async (fault, { calls, ...expected }) => {
    service.workersAi.failAlways(fault)
    const response = await chat(service, says("A cute cat"))
    expect(await errorFrom(response)).toMatchObject(expected)
    expect(service.workersAi.calls).toHaveLength(calls)
    expect((await (await service.kv()).list()).keys).toEqual([])
  })

  it("tells when to come back where there is no capacity", async () => {
    service.workersAi.failAlways("capacity")
    const response = await chat(service, says("A cute cat"))
    const seconds = Number(response.headers.get("retry-after"))
    expect(seconds).toBeGreaterThan(0)
    expect(seconds).toBeLessThanOrEqual(60)
  })

  it.each(["nsfwPrompt", "capacity"] as const)("draws at the second attempt after %s", async (fault) => {
    service.workersAi.failNext(fault)
    expect(linksIn(await contentFrom(await chat(service, says("A cute cat"))))).toHaveLength(1)
    expect(service.workersAi.calls).toHaveLength(2)
  })

  it.each(["jsonWithCharset", "wrongContentType"] as const)("does not mind %s", async (fault) => {
    service.workersAi.failAlways(fault)
    expect(linksIn(await contentFrom(await chat(service, says("A cute cat"))))).toHaveLength(1)
  })

  it("tells a failure in a stream as text and then as an error", async () => {
    service.workersAi.failAlways("resetBeforeHeaders")
    const { content, error } = await streamFrom(await chat(service, says("A cute cat", { stream: true })))
    expect(error).toMatchObject({ type: "upstream_error", code: "upstream_error" })
    expect(content).toContain(error?.message)
    expect(service.workersAi.calls).toHaveLength(1)
  })
})

describe("a stream whose client went away, where no Durable Object keeps what is drawn", { timeout: TEST_MS }, () => {
  let service: RunningService
  beforeAll(async () => {
    service = await startService({ ai: "rest", vars: { LEDGER: "", RUNNER: "" } })
  }, START_MS)
  afterAll(() => service.close())

  it("is no longer drawn for", async () => {
    const [first, second] = [service.workersAi.gate(1), service.workersAi.gate(1)]
    const stream = follow(await chat(service, says("A cute cat --n 2", { stream: true })))
    await first.arrived
    const held = await second.arrived
    await stream.cancel()
    // workerd learns of it, on a machine of its own, when there is something to send.
    first.release()
    await expect.poll(() => held.aborted, { timeout: TEST_MS / 2 }).toBe(true)
  })
})

describe("the daily neurons used up", { timeout: TEST_MS }, () => {
  let service: RunningService
  beforeAll(async () => {
    service = await startService({ ai: "rest" })
  }, START_MS)
  afterAll(() => service.close())

  it("asks Workers AI once, and not again for what comes after", async () => {
    service.workersAi.failAlways("quota")
    const expected = { status: 429, code: "insufficient_quota", shouldRetry: "false" }
    expect(await errorFrom(await chat(service, says("A cute cat")))).toMatchObject(expected)
    expect(await errorFrom(await chat(service, says("A cute cat 16:9")))).toMatchObject(expected)
    expect(service.workersAi.calls).toHaveLength(1)
  })
})
