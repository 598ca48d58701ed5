import OpenAI from "openai"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { type CuttingProxy, startCuttingProxy } from "../support/cuttingProxy.ts"
import { API_KEY, type RunningService, startService } from "../support/service.ts"

let service: RunningService
let proxy: CuttingProxy
let openai: OpenAI
beforeAll(async () => {
  service = await startService({ ai: "rest", vars: { JOB_WINDOW: "3" } })
  proxy = await startCuttingProxy(service.url)
  openai = new OpenAI({ apiKey: API_KEY, baseURL: `${proxy.url}/v1`, maxRetries: 3 })
}, 60_000)
afterEach(() => service.reset())
afterAll(async () => {
  await proxy.close()
  await service.close()
})

describe("the openai SDK, whose connection is cut", () => {
  it.each(["before", "during", "after"] as const)(
    "%s the drawing, ends with the one picture",
    async (when) => {
      const gate = when === "during" ? service.workersAi.gate(1) : undefined
      proxy.cutNext(when)
      const answer = openai.images.generate({ model: "flux", prompt: `A cat, cut ${when}`, response_format: "url" })
      if (gate) {
        await gate.arrived
        proxy.cut()
        gate.release()
      }
      const { data } = await answer
      const image = await fetch(data?.[0]?.url ?? "")
      expect(image.headers.get("content-type")).toBe("image/jpeg")
      expect(service.workersAi.calls).toHaveLength(1)
    },
    20_000
  )
})

describe("the result of a generation", () => {
  it("is given to repeats until the end of JOB_WINDOW", async () => {
    const ask = () =>
      openai.images.generate(
        { model: "flux", prompt: "A cat for a while", response_format: "url" },
        { headers: { "idempotency-key": "for a while" } }
      )
    const first = await ask()
    expect((await ask()).data).toEqual(first.data)
    expect(service.workersAi.calls).toHaveLength(1)
    await expect.poll(async () => (await ask()).data?.[0]?.url, { timeout: 15_000 }).not.toBe(first.data?.[0]?.url)
    expect(service.workersAi.calls).toHaveLength(2)
  }, 20_000)
})
