import * as Schema from "effect/Schema"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { RpcError } from "../../src/http/mcp/rpc.ts"
import { parseSse } from "../support/openai/answers.ts"
import { hostileBodies, hostileHeaders } from "./bodies.ts"
import { fuzzedService } from "./service.ts"

const runs = Number(process.env.FUZZ_RUNS ?? 7000)
const seed = Number(process.env.FUZZ_SEED ?? 20261122)
const hangMillis = 5000

const isResult = Schema.is(
  Schema.Struct({
    jsonrpc: Schema.Literal("2.0"),
    id: Schema.Unknown,
    result: Schema.Record(Schema.String, Schema.Unknown)
  })
)
const isError = Schema.is(RpcError)

/** The last message of an answer, which is its result or its error. */
const lastMessage = (type: string, text: string): unknown => {
  if (!type.startsWith("text/event-stream")) return JSON.parse(text)
  const last = parseSse(text).findLast((part) => "data" in part)
  return last && "data" in last ? JSON.parse(last.data) : undefined
}

const headers = fc
  .tuple(
    hostileHeaders,
    fc.record(
      {
        accept: fc.constantFrom("application/json, text/event-stream", "application/json", "*/*", ""),
        "mcp-protocol-version": fc.constantFrom("2025-11-25", "2026-07-28", "1", ""),
        "mcp-method": fc.constantFrom("tools/call", "ping"),
        "mcp-session-id": fc.constant("x")
      },
      { requiredKeys: [] }
    )
  )
  .map(([hostile, own]) => ({ ...hostile, ...own }))

describe("POST /mcp", () => {
  const bodies = hostileBodies["/mcp"] ?? fc.constant({ bytes: new Uint8Array(), contentType: undefined })

  it(`answers every body in the form of JSON-RPC, and with nothing worse than 4xx (${runs} bodies)`, async () => {
    const app = fuzzedService()
    const seen = { result: 0, refused: 0, error: 0, told: 0 }
    const property = fc.asyncProperty(bodies, headers, async ({ bytes, contentType }, sent) => {
      const response = await app.fetch("/mcp", {
        method: "POST",
        headers: { ...sent, authorization: "Bearer sk-test", ...(contentType && { "content-type": contentType }) },
        body: bytes
      })
      const text = await response.text()
      expect(response.status, text.slice(0, 500)).toBeLessThan(500)
      expect(response.headers.get("x-request-id")).toMatch(/^req_[\w-]{22}$/)
      if (response.status === 202) {
        expect(text).toBe("")
        seen.told += 1
        return
      }
      const message = lastMessage(response.headers.get("content-type") ?? "", text)
      if (isError(message)) {
        expect(message.error.code, text.slice(0, 500)).not.toBe(-32603)
        seen.error += 1
      } else {
        expect(isResult(message), text.slice(0, 500)).toBe(true)
        expect(response.status).toBe(200)
        seen[text.includes('"isError":true') ? "refused" : "result"] += 1
      }
    })
    await fc.assert(property, { numRuns: runs, seed, timeout: hangMillis, endOnFailure: true })
    expect(app.logs.filter((line) => line.includes("Unexpected failure"))).toEqual([])
    for (const [kind, count] of Object.entries(seen)) expect(count, kind).toBeGreaterThan(runs / 100)
  }, 300_000)
})
