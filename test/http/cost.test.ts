import { describe, expect, it } from "vitest"
import type { Cost } from "../../src/domain/Usage.ts"
import { FakeFluxModel, FakeLedger, testTime } from "../support/layers/testLayers.ts"
import { testApp } from "../support/testApp.ts"

/** A service whose pictures cost so much. */
const costing = (cost: Cost) =>
  testApp({ flux: FakeFluxModel.make({ cost: () => cost }).layer, ledger: FakeLedger.make(() => testTime).layer })

const cat = "A cute cat"
const messages = [{ role: "user", content: cat }]
const call = { name: "generate_image", arguments: { prompt: cat } }

const dialects: ReadonlyArray<readonly [string, object]> = [
  ["/v1/chat/completions", { messages }],
  ["/v1/images/generations", { prompt: cat }],
  ["/v1/images", { prompt: cat }],
  ["/v1/responses", { input: cat }]
]

const post = (app: ReturnType<typeof testApp>, path: string, body: object) =>
  app.fetch(path, {
    method: "POST",
    headers: { authorization: "Bearer sk-test", "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify(body)
  })

describe("the price of an answer in dollars", () => {
  it.each(dialects)("is in its usage and its header: %s", async (path, body) => {
    const response = await post(costing({ neurons: 8.6, microdollars: 40_094.6 }), path, body)
    expect(await response.json()).toMatchObject({ usage: { neurons: 8.6, cost_usd: 0.040095 } })
    expect(response.headers.get("x-flux-cost")).toBe("0.040095")
    expect(response.headers.get("x-flux-neurons")).toBe("8.6")
  })

  it.each(dialects)("is that of its neurons where nothing else is told: %s", async (path, body) => {
    const response = await post(costing({ neurons: 180.25 }), path, { ...body, n: 1 })
    expect(await response.json()).toMatchObject({ usage: { neurons: 180.25, cost_usd: 0.001983 } })
    expect(response.headers.get("x-flux-cost")).toBe("0.001983")
  })

  it("is in the header of a tool's result", async () => {
    const app = costing({ neurons: 0, microdollars: 40_000 })
    const response = await post(app, "/mcp", { jsonrpc: "2.0", id: 1, method: "tools/call", params: call })
    expect(response.headers.get("x-flux-cost")).toBe("0.04")
    expect(await response.json()).toMatchObject({ result: { content: expect.anything() } })
  })

  it.each(dialects.filter(([path]) => path !== "/v1/images"))(
    "is estimated at the head of a stream, and true at its end: %s",
    async (path, body) => {
      const app = costing({ neurons: 0, microdollars: 40_000 })
      const response = await post(app, path, { ...body, stream: true, stream_options: { include_usage: true } })
      expect(response.headers.get("x-flux-cost")).toBe("0.001901")
      expect(await response.text()).toContain('"cost_usd":0.04')
    }
  )

  it("is the sum of all pictures, of either kind", async () => {
    const costs: ReadonlyArray<Cost> = [{ neurons: 100 }, { neurons: 0, microdollars: 20_000 }]
    const app = testApp({ flux: FakeFluxModel.make({ cost: ({ index }) => costs[index] }).layer })
    const response = await post(app, "/v1/images/generations", { prompt: cat, n: 2 })
    expect(await response.json()).toMatchObject({ usage: { neurons: 100, cost_usd: 0.0211 } })
    expect(response.headers.get("x-flux-cost")).toBe("0.0211")
  })
})
