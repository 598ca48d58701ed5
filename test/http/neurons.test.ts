import { describe, expect, it } from "vitest"
import { FluxModel } from "../../src/services/FluxModel.ts"
import { errorFrom, imagesFrom } from "../support/openai/answers.ts"
import { chat, completionFrom, says } from "../support/openai/chat.ts"
import { generate } from "../support/openai/requests.ts"
import { testApp } from "../support/testApp.ts"
import { makeFakeWorkersAi } from "../support/workers-ai/FakeWorkersAi.ts"
import type { Fault } from "../support/workers-ai/faults.ts"

/** A service whose Workers AI bills `costs` one after the other, else what it is estimated to. */
const billing = (costs: ReadonlyArray<string> = []) => {
  const ai = makeFakeWorkersAi()
  for (const header of costs) ai.failNext({ _tag: "Billed", header })
  const app = testApp({ flux: FluxModel.layer, fetch: ai.fetch })
  const logged = () =>
    app.logs.flatMap((line) => {
      const { message, neurons } = JSON.parse(line)
      return message === "request" ? [neurons] : []
    })
  return { ai, app, logged }
}

const told = (response: Response) => response.headers.get("x-flux-neurons")

describe("the cost of an answer", () => {
  it("is what Workers AI told: images", async () => {
    const { app, logged } = billing(["180.25", "160.50"])
    const response = await generate(app, { n: 2 })
    expect((await imagesFrom(response)).usage.neurons).toBe(340.75)
    expect(told(response)).toBe("340.75")
    expect(logged()).toEqual([340.75])
  })

  it("is what Workers AI told: chat", async () => {
    const { app, logged } = billing(["180.25"])
    const response = await chat(app, says("A cute cat"))
    expect((await completionFrom(response)).usage.neurons).toBe(180.25)
    expect(told(response)).toBe("180.25")
    expect(logged()).toEqual([180.25])
  })

  it("is estimated at the head of a stream, and true at its end: images", async () => {
    const { app, logged } = billing(["180.25"])
    const response = await generate(app, { stream: true })
    expect(told(response)).toBe("172.8")
    expect(await response.text()).toContain('"neurons":180.25')
    expect(logged()).toEqual([180.25])
  })

  it("is estimated at the head of a stream, and true at its end: chat", async () => {
    const { app, logged } = billing(["180.25"])
    const response = await chat(app, says("A cute cat", { stream: true, stream_options: { include_usage: true } }))
    expect(told(response)).toBe("172.8")
    expect(await response.text()).toContain('"neurons":180.25')
    expect(logged()).toEqual([180.25])
  })

  it("is nothing where nothing was paid for, in the log too", async () => {
    const { ai, app, logged } = billing()
    ai.failAlways("quota")
    expect((await generate(app)).status).toBe(429)
    expect(logged()).toEqual([0])
  })

  it("is told in the log of a failure that cost something", async () => {
    const { ai, app, logged } = billing()
    ai.failAlways({ _tag: "Reply", status: 200, body: { image: "AAAA" }, neurons: "150.00" })
    expect((await generate(app)).status).toBe(502)
    expect(logged()).toEqual([150])
  })
})

const gone: Fault = {
  _tag: "Reply",
  status: 410,
  body: { success: false, errors: [{ code: 5028, message: "This model was deprecated" }], result: null }
}

describe("a model that Workers AI does not offer any more", () => {
  const schnell = "@cf/black-forest-labs/flux-1-schnell"
  const klein = "@cf/black-forest-labs/flux-2-klein-4b"

  it.each<[string, object, Readonly<Record<string, string>>, number, string, ReadonlyArray<string>]>([
    ["FLUX_MODEL, where nobody names one", {}, {}, 500, "FLUX_MODEL", [schnell]],
    ["FLUX_MODEL, as it is set", {}, { FLUX_MODEL: "klein-9b" }, 500, "FLUX_MODEL", ["flux-2-klein-9b"]],
    ["FLUX_MODEL, for a name of OpenAI's", { model: "dall-e-3" }, {}, 500, "FLUX_MODEL", [schnell]],
    ["FLUX_SIZED_MODEL, for another size", { size: "512x512" }, {}, 500, "FLUX_SIZED_MODEL", [klein]],
    [
      "FLUX_SIZED_MODEL, for what the named model can't",
      { model: "schnell", seed: 3 },
      { FLUX_SIZED_MODEL: "flux-2-dev" },
      500,
      "FLUX_SIZED_MODEL",
      ["flux-2-dev"]
    ],
    ["the field, where it chose", { model: "klein" }, {}, 400, "model", [klein]],
    ["the field, though it names the default", { model: "flux-1-schnell" }, {}, 400, "model", [schnell]],
    ["the field, by an alias", { model: "mine" }, { MODEL_ALIASES: "mine=phoenix" }, 400, "model", ["phoenix-1.0"]],
    ["the flag, where it chose", { prompt: "A cat --model lucid" }, {}, 400, "model", ["lucid-origin"]]
  ])("is told by %s", async (_, body, env, status, param, parts) => {
    const ai = makeFakeWorkersAi()
    ai.failAlways(gone)
    const app = testApp({ flux: FluxModel.layer, fetch: ai.fetch, env })
    const error = await errorFrom(await generate(app, body))
    const type = status === 400 ? "invalid_request_error" : "configuration_error"
    expect(error).toMatchObject({ status, param, type })
    for (const part of parts) expect(error.message).toContain(part)
    const settings: ReadonlyArray<string> = error.message.match(/FLUX_\w+/g) ?? []
    expect(settings).toEqual(status === 400 ? [] : [param])
    expect(ai.calls).toHaveLength(1)
  })
})
