import { describe, expect, it } from "vitest"
import { FluxModel } from "../../../src/services/FluxModel.ts"
import { Telemetry } from "../../../src/services/Telemetry.ts"
import { errorFrom } from "../../support/openai/answers.ts"
import { chat, contentFrom, says } from "../../support/openai/chat.ts"
import { edit, generate } from "../../support/openai/requests.ts"
import { imageOf } from "../../support/pictures.ts"
import { testApp } from "../../support/testApp.ts"

const CF_ACCOUNT_ID = "0123456789abcdef0123456789abcdef"
const CF_API_TOKEN = 'tok"en-of-/the account+'
const prompt = 'A secret garden with "roses", a fountain\nand my aunt Ottilie in the evening sun'

/** What is logged where Workers AI says this of a call. */
const logged = async (said: string, status = 500) => {
  const env = { CF_ACCOUNT_ID, CF_API_TOKEN: CF_API_TOKEN.replace(" ", "-") }
  const app = testApp({ env, flux: FluxModel.layer, fetch: async () => new Response(said, { status }) })
  expect((await errorFrom(await generate(app, { prompt, response_format: "b64_json" }))).status).toBe(502)
  return app.logs.join("\n")
}
const token = CF_API_TOKEN.replace(" ", "-")

describe("what Workers AI repeats of a call", () => {
  it.each([
    ["the token", `no access with Bearer ${token} today`, /no access with Bearer \[…\] today/],
    ["the token in JSON", JSON.stringify({ errors: [{ message: `bad ${token}` }] }), /bad \[…\]/],
    ["the token, twice", `${token} is not ${token}`, /\[…\] is not \[…\]/],
    ["the account", `no route /accounts/${CF_ACCOUNT_ID}/ai/run`, /no route \/accounts\/\[…\]\/ai\/run/],
    ["the prompt", `could not draw ${prompt}`, /could not draw \[…\]/],
    ["the prompt in JSON", JSON.stringify({ input: { prompt }, reason: "broken" }), /reason/],
    ["the beginning of the prompt", `at "${prompt.slice(0, 24)}…"`, /at/],
    ["a piece of the prompt, in capitals", "TOKENS: MY AUNT OTTILIE IN THE", /TOKENS/]
  ])("is not in the log: %s", async (_, said, rest) => {
    const log = await logged(said)
    expect(log).toMatch(rest)
    expect(log).not.toContain(token)
    expect(log).not.toContain(CF_ACCOUNT_ID)
    expect(log.toLowerCase()).not.toMatch(/secret garden|ottilie|fountain/)
  })

  it("leaves the rest as it was said", async () => {
    expect(await logged("Internal server error in the image model")).toContain(
      "Internal server error in the image model"
    )
  })
})

describe("a span", () => {
  it("has no link of a picture", async () => {
    const sent: Array<string> = []
    const cat = await imageOf({ width: 64, height: 64 })
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const request = new Request(input, init)
      if (!request.url.includes("/v1/traces")) return new Response(cat.bytes)
      sent.push(await request.text())
      return new Response("{}")
    }
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: "https://traces.test" }
    const app = testApp({ env, fetch, telemetry: Telemetry.layer })
    const content = await contentFrom(await chat(app, says("A cat")))
    const link = /\((http[^)]+)\)/.exec(content)?.[1] ?? ""
    expect((await app.fetch(link)).status).toBe(200)
    expect((await edit(app, { image: "https://pics.test.example/private/cat.jpg?token=1" })).status).toBe(200)
    await app.settled()
    const spans = sent.join("\n")
    expect(spans.length).toBeGreaterThan(100)
    expect(spans).not.toContain(new URL(link).pathname.slice("/image/".length))
    expect(spans).not.toContain("private/cat.jpg")
  })
})
