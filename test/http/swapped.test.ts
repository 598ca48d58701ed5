import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { describe, expect, it } from "vitest"
import { ConfigurationError, LedgerUnavailable, RateLimited } from "../../src/domain/Errors.ts"
import {
  type AppOptions,
  FakeAppConfig,
  FakeAuth,
  FakeFluxModel,
  FakeGenerations,
  FakeImageGenerator,
  FakeImageStore,
  FakeLedger,
  FakePromptOptimizer,
  FakeRateLimiter,
  FakeSseEncoder,
  testTime
} from "../support/layers/testLayers.ts"
import { testApp } from "../support/testApp.ts"

const ask = (options: AppOptions, fields: object = {}, key = "sk-test") =>
  testApp(options).fetch("/v1/chat/completions", {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({ messages: [{ role: "user", content: "A cute cat" }], ...fields })
  })

const textOf = async (response: Response) => {
  expect(response.status).toBe(200)
  return response.text()
}

describe("a layer in the place of another makes the program behave otherwise", () => {
  it("AppConfig: a wrong setting is told by the request that needs it, and by nothing else", async () => {
    const wrong = new ConfigurationError({ variable: "FLUX_MODEL", message: "FLUX_MODEL is wrong." })
    const app = testApp({ config: FakeAppConfig.make({ models: Result.fail(wrong) }) })
    const asked = { headers: { authorization: "Bearer sk-test" } }
    expect(await (await app.fetch("/v1/models", asked)).json()).toMatchObject({ error: { param: "FLUX_MODEL" } })
    expect((await app.fetch("/health")).status).toBe(200)
  })

  it("AppConfig: the keys are those that it has", async () => {
    const config = FakeAppConfig.make({ apiKeys: Result.succeed([{ name: "alice", key: Redacted.make("sk-alice") }]) })
    expect((await ask({ config }, {}, "sk-alice")).status).toBe(200)
    expect((await ask({ config }, {}, "sk-test")).status).toBe(401)
  })

  it("Auth: whoever it knows gets in, under the name that it gives", async () => {
    const auth = FakeAuth.make({ "sk-eve": "eve" })
    const limiter = FakeRateLimiter.make(1)
    const app = { auth, rateLimiter: limiter }
    expect((await ask(app, {}, "sk-eve")).status).toBe(200)
    expect((await ask(app, {}, "sk-test")).status).toBe(401)
  })

  it("PromptOptimizer: what it makes of a prompt is drawn and told", async () => {
    const optimizer = FakePromptOptimizer.make()
    const flux = FakeFluxModel.make()
    expect(await textOf(await ask({ optimizer: optimizer.layer, flux: flux.layer }))).toContain("Optimized: A cute cat")
    expect(flux.requests).toMatchObject([{ prompt: "Optimized: A cute cat" }])
    expect(optimizer.calls).toMatchObject([{ prompt: "A cute cat" }])
  })

  it("FluxModel: its failure is the answer's", async () => {
    const flux = FakeFluxModel.failing(new RateLimited({ message: "Busy.", retryAfterSeconds: 7 }))
    const response = await ask({ flux })
    expect([response.status, response.headers.get("retry-after")]).toEqual([429, "7"])
  })

  it("ImageStore: a picture that it refuses is in the answer itself", async () => {
    expect(await textOf(await ask({ store: FakeImageStore.failing("put") }))).toContain("](data:image/jpeg;base64,")
  })

  it("SseEncoder: a stream is what it makes of the events", async () => {
    const sse = FakeSseEncoder.make()
    const lines = (await textOf(await ask({ sse: sse.layer }, { stream: true }))).trim().split("\n")
    expect(lines.map((line) => JSON.parse(line))).toEqual(sse.events)
    expect(sse.events.at(-1)).toEqual({ data: "[DONE]" })
    expect(sse.heartbeats).toHaveLength(1)
  })

  it("ImageGenerator and Generations: what they say is told, whoever draws", async () => {
    const generator = FakeImageGenerator.make()
    const told = await textOf(await ask({ generator: generator.layer, generations: FakeGenerations.layer }))
    expect(told).toContain("A cute cat")
    expect(generator.requests).toMatchObject([{ prompt: "A cute cat", n: 1 }])
    const refused = await ask({ generations: FakeGenerations.refusing(new LedgerUnavailable({})) })
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "5"])
  })
})

describe("Ledger", () => {
  const unreachable = { ledger: FakeLedger.unreachable }

  it("names the job of an answer, in JSON and as a stream", async () => {
    for (const stream of [false, true]) {
      const { layer } = FakeLedger.make(() => testTime)
      const response = await ask({ ledger: layer }, { stream })
      expect(response.headers.get("x-flux-job")).toMatch(/^job_[\w-]{22}$/)
      expect(response.headers.get("access-control-expose-headers")).toContain("x-flux-job")
      await response.text()
    }
  })

  it("that can't be reached stops nobody who has no limit, and names no job", async () => {
    for (const fields of [{}, { stream: true }]) {
      const response = await ask(unreachable, fields)
      expect(response.headers.get("x-flux-job")).toBeNull()
      expect(await textOf(response)).toContain("/image/")
    }
  })

  it("that can't be reached is a 503 where a limit is set, and nothing is drawn", async () => {
    const flux = FakeFluxModel.make()
    const { layer } = FakeLedger.make(() => testTime)
    const limits = Result.succeed({ neuronBudget: 1000 })
    const config = FakeAppConfig.make({ limits })
    const refused = await ask({ ...unreachable, config, flux: flux.layer })
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "5"])
    expect(flux.requests).toEqual([])
    expect((await ask({ ledger: layer, config, flux: flux.layer })).status).toBe(200)
  })
})
