import * as Effect from "effect/Effect"
import { describe, expect, it } from "vitest"
import { FakeFluxModel, FakeRateLimiter } from "../../support/layers/testLayers.ts"
import { answerFrom, callTool, mcpHeaders, postMcp, request } from "../../support/mcp.ts"
import { testApp } from "../../support/testApp.ts"

const modern = "2026-07-28"
const meta = (version = modern) => ({ _meta: { "io.modelcontextprotocol/protocolVersion": version } })
const rpc = (fields: object) => ({ jsonrpc: "2.0", id: 1, ...fields })

describe("the handshake", () => {
  it.each([
    ["2025-11-25", "2025-11-25"],
    ["2025-06-18", "2025-06-18"],
    ["2025-03-26", "2025-03-26"],
    ["2024-11-05", "2024-11-05"],
    ["2024-10-07", "2024-10-07"],
    ["2023-01-01", "2025-11-25"],
    [modern, "2025-11-25"],
    [7, "2025-11-25"],
    [undefined, "2025-11-25"]
  ])("answers %s with %s", async (protocolVersion, agreed) => {
    const { result } = await request(testApp(), "initialize", {
      protocolVersion,
      capabilities: {},
      clientInfo: { name: "test", version: "1" }
    })
    expect(result).toEqual({
      protocolVersion: agreed,
      capabilities: { tools: { listChanged: false } },
      serverInfo: { name: "flux-api-worker", title: "Flux API Worker", version: expect.any(String) },
      instructions: expect.stringContaining("edit_image")
    })
  })

  it("needs no session: each request stands for itself", async () => {
    const response = await postMcp(testApp(), rpc({ method: "initialize", params: {} }))
    expect(response.headers.get("mcp-session-id")).toBeNull()
    expect((await request(testApp(), "tools/list")).result).toHaveProperty("tools")
  })

  it.each([meta(), {}])("is not needed in 2026-07-28: the server tells what it speaks (%j)", async (params) => {
    const { result } = await request(testApp(), "server/discover", params)
    expect(result).toMatchObject({
      resultType: "complete",
      ttlMs: 0,
      cacheScope: "private",
      supportedVersions: [modern],
      capabilities: { tools: { listChanged: false } },
      _meta: { "io.modelcontextprotocol/serverInfo": { name: "flux-api-worker" } }
    })
  })
})

describe("the revision of a request", () => {
  it.each<[string, object, Record<string, string>]>([
    ["the message says it", meta(), {}],
    ["the header says it", {}, { "mcp-protocol-version": modern }],
    ["both say it", meta(), { "mcp-protocol-version": modern, "mcp-method": "tools/list" }]
  ])("is 2026-07-28 where %s", async (_, params, headers) => {
    expect((await request(testApp(), "tools/list", params, headers)).result).toMatchObject({ resultType: "complete" })
  })

  it.each([undefined, "2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"])(
    "is one with a handshake where the header is %s",
    async (version) => {
      const { result } = await request(
        testApp(),
        "tools/list",
        undefined,
        version === undefined ? {} : { "mcp-protocol-version": version }
      )
      expect(Object.keys(result ?? {})).toEqual(["tools"])
    }
  )

  it.each<[string, object, Record<string, string>]>([
    ["in the message", meta("2099-01-01"), {}],
    ["in the header", {}, { "mcp-protocol-version": "2099-01-01" }],
    ["that is no text", { _meta: { "io.modelcontextprotocol/protocolVersion": 7 } }, {}]
  ])("is told to be unknown (%s)", async (_, params, headers) => {
    const { error, id, status } = await request(testApp(), "tools/list", params, headers)
    expect([status, id]).toEqual([400, 7])
    expect(error).toMatchObject({ code: -32022, data: { supported: expect.arrayContaining([modern, "2025-11-25"]) } })
  })

  it.each<[string, Record<string, string>]>([
    ["the revision", { "mcp-protocol-version": "2025-11-25" }],
    ["the method", { "mcp-method": "tools/list" }],
    ["the tool", { "mcp-method": "tools/call", "mcp-name": "edit_image" }]
  ])("has headers that say the same of %s", async (_, headers) => {
    const flux = FakeFluxModel.make()
    const params = { name: "generate_image", arguments: { prompt: "A cat" }, ...meta() }
    const { error, status } = await request(testApp({ flux: flux.layer }), "tools/call", params, headers)
    expect([status, error?.code]).toEqual([400, -32020])
    expect(flux.requests).toEqual([])
  })
})

describe("a message", () => {
  it.each(["notifications/initialized", "notifications/cancelled", "notifications/unknown"])(
    "that only tells something is accepted (%s)",
    async (method) => {
      const response = await postMcp(testApp(), { jsonrpc: "2.0", method })
      expect([response.status, await response.text()]).toEqual([202, ""])
    }
  )

  it("that answers is accepted: nothing was asked", async () => {
    const response = await postMcp(testApp(), rpc({ result: {} }))
    expect([response.status, await response.text()]).toEqual([202, ""])
  })

  it("that only checks the connection is answered", async () => {
    expect((await request(testApp(), "ping")).result).toEqual({})
  })

  it.each<[string, unknown, number]>([
    ["is empty", "", -32700],
    ["is no JSON", "{", -32700],
    ["is nested too deeply", `{"a":${"[".repeat(500)}${"]".repeat(500)}}`, -32700],
    ["is a text", '"hello"', -32700],
    ["is a list", [rpc({ method: "ping" })], -32600],
    ["is an empty list", [], -32600],
    ["names no version", { id: 1, method: "ping" }, -32600],
    ["names another version", { jsonrpc: "1.0", id: 1, method: "ping" }, -32600],
    ["has null as its id", { jsonrpc: "2.0", id: null, method: "ping" }, -32600],
    ["has an object as its id", { jsonrpc: "2.0", id: {}, method: "ping" }, -32600],
    ["has a number as its method", rpc({ method: 7 }), -32600],
    ["has a list of parameters", rpc({ method: "ping", params: [1] }), -32600]
  ])("that %s is refused", async (_, body, code) => {
    const answer = await answerFrom(await postMcp(testApp(), body))
    expect(answer).toMatchObject({ status: 400, id: null, error: { code } })
    expect(answer.error?.message).toMatch(/^[A-Z].*\.$|^Invalid value for/)
  })

  it("that is too large is refused", async () => {
    const headers = { "content-length": String(30 * 1024 * 1024) }
    const answer = await answerFrom(await postMcp(testApp(), "{}", headers))
    expect(answer).toMatchObject({ status: 413, id: null, error: { code: -32700 } })
  })

  it.each([
    ["2025-11-25", 200],
    [modern, 404]
  ])("with an unknown method is told so in %s with status %i", async (version, status) => {
    for (const method of ["resources/list", "prompts/list", "logging/setLevel", "constructor", ""]) {
      const answer = await request(testApp(), method, {}, { "mcp-protocol-version": version })
      expect(answer).toMatchObject({ status, id: 7, error: { code: -32601 } })
    }
  })

  it.each([{}, { name: "draw" }, { name: 7 }, { name: "__proto__" }])(
    "that calls no tool of ours: %j",
    async (params) => {
      const answer = await request(testApp(), "tools/call", params)
      expect(answer).toMatchObject({
        status: 200,
        error: { code: -32602, message: expect.stringContaining("edit_image") }
      })
    }
  )

  it("is found with the address in the ways in which it is pasted", async () => {
    for (const path of ["/mcp", "/mcp/", "//mcp", "/v1/mcp", "/v1/mcp/", "/mcp?x=1"]) {
      const response = await testApp().fetch(path, {
        method: "POST",
        headers: mcpHeaders,
        body: JSON.stringify(rpc({ method: "ping" }))
      })
      expect(await answerFrom(response), path).toMatchObject({ status: 200, result: {} })
    }
  })
})

describe("the endpoint", () => {
  it.each(["GET", "DELETE", "PUT"])("takes messages by POST alone, not by %s", async (method) => {
    const response = await testApp().fetch("/mcp", { method, headers: mcpHeaders })
    expect([response.status, response.headers.get("allow")]).toEqual([405, "OPTIONS, POST"])
  })

  it.each<[string, Record<string, string>]>([
    ["without a key", {}],
    ["with a wrong one", { authorization: "Bearer wrong" }]
  ])("lets nobody in %s, and leads nobody to OAuth", async (_, headers) => {
    const response = await testApp().fetch("/mcp", {
      method: "POST",
      headers,
      body: JSON.stringify(rpc({ method: "ping" }))
    })
    expect(response.headers.get("www-authenticate")).toBeNull()
    expect(await answerFrom(response)).toMatchObject({
      status: 401,
      id: null,
      error: { code: -32000, data: { type: "authentication_error", code: "invalid_api_key" } }
    })
  })

  it.each(["x-api-key", "api-key"])("takes the key from %s too", async (name) => {
    const headers = { authorization: "", [name]: "sk-test" }
    expect((await request(testApp(), "ping", undefined, headers)).result).toEqual({})
  })

  it("says which setting is missing", async () => {
    const answer = await request(testApp({ env: { API_KEY: "" } }), "ping")
    expect(answer).toMatchObject({ status: 500, error: { data: { code: "configuration_error", param: "API_KEY" } } })
  })

  it("lets inspectors in browsers in", async () => {
    const asked = "authorization,content-type,mcp-protocol-version,mcp-session-id,mcp-method,mcp-name"
    const response = await testApp().fetch("/mcp", {
      method: "OPTIONS",
      headers: {
        origin: "http://localhost:6274",
        "access-control-request-method": "POST",
        "access-control-request-headers": asked
      }
    })
    expect(response.status).toBeLessThan(300)
    expect(response.headers.get("access-control-allow-headers")).toBe(asked)
    const answer = await postMcp(testApp(), rpc({ method: "ping" }), { origin: "http://localhost:6274" })
    expect(answer.headers.get("access-control-allow-origin")).toBe("*")
  })

  it("counts for the rate limit what draws, and nothing else", async () => {
    const app = testApp({ rateLimiter: FakeRateLimiter.make(1) })
    for (const method of ["initialize", "tools/list", "ping"]) {
      expect((await request(app, method, {})).result).toBeDefined()
    }
    const call = () => callTool(app, "generate_image", { prompt: "A cat" })
    expect((await call()).isError).toBe(false)
    expect(await call()).toMatchObject({ isError: true, text: "Too many requests with this key." })
    expect((await request(app, "tools/list")).result).toBeDefined()
  })

  it("tells a bug of its own as an error, and logs it", async () => {
    const app = testApp({ flux: FakeFluxModel.make({ before: () => Effect.die("xyzzy") }).layer })
    const params = { name: "generate_image", arguments: { prompt: "A cat" } }
    const answer = await request(app, "tools/call", params)
    expect(answer).toMatchObject({ status: 200, id: 7, error: { code: -32603, data: { code: "internal_error" } } })
    expect(JSON.stringify(answer)).not.toContain("xyzzy")
    expect(app.logs.some((line) => line.includes("xyzzy"))).toBe(true)
  })
})
