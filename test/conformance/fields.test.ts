import { describe, expect, it } from "vitest"
import { FakeFluxModel, FakeImageTransformer } from "../support/layers/testLayers.ts"
import { testApp } from "../support/testApp.ts"
import { type FieldTable, fieldTables } from "./fields.ts"

const model = "schnell"
const base: Readonly<Record<string, object>> = {
  "POST /v1/chat/completions": { model, messages: [{ role: "user", content: "A red fox in the snow" }] },
  "POST /v1/images/generations": { model, prompt: "A red fox in the snow" },
  "POST /v1/responses": { model, input: "A red fox in the snow" }
}

/** It takes the objects of the ledger; the run of the OpenAI SDK proves it. */
const elsewhere = new Set(["background"])

/** What comes of a request, and what the model was asked for it; the same for the same request. */
const ask = async ({ endpoint, within }: FieldTable, fields: object) => {
  const flux = FakeFluxModel.make()
  const transformer = FakeImageTransformer.make()
  const app = testApp({ flux: flux.layer, transformer: transformer.layer, testClock: true })
  const body = within ? { tools: [{ type: "image_generation", ...fields }] } : fields
  const response = await app.fetch(endpoint.replace(/^POST /, ""), {
    method: "POST",
    headers: { authorization: "Bearer sk-test", "content-type": "application/json" },
    body: JSON.stringify({ ...base[endpoint], ...body })
  })
  const answer = await response.text()
  const asked = flux.requests.map(({ model, ...request }) => JSON.stringify({ model: model.id, ...request }))
  return { status: response.status, answer, asked }
}

describe.each(fieldTables.map((table) => ({ ...table, of: table.within ?? "body" })))(
  "the fields of the $of of $endpoint",
  (table) => {
    it("answers the same to the same request", async () => {
      const first = await ask(table, {})
      expect(first.status).toBe(200)
      expect(first.asked).toHaveLength(1)
      expect(await ask(table, {})).toEqual(first)
    })

    const given = Object.entries(table.fields).filter(
      ([name, { answer }]) => answer === "given" && !elsewhere.has(name)
    )
    it.each(given)("%s makes a difference", async (name, { value }) => {
      const answered = await ask(table, { [name]: value })
      expect(answered.status, answered.answer).toBe(200)
      expect(answered).not.toEqual(await ask(table, {}))
    })

    it.each(Object.entries(table.fields).filter(([, { answer }]) => answer === "ignored"))(
      "%s makes none",
      async (name, { told = false, value }) => {
        const { answer, ...drawn } = await ask(table, { [name]: value })
        const { answer: usual, ...drawnUsually } = await ask(table, {})
        expect(drawn).toEqual(drawnUsually)
        if (told) expect(answer).toContain(name)
        else expect(answer).toBe(usual)
      }
    )

    it.each(Object.entries(table.fields).filter(([, { answer }]) => answer === "refused"))(
      "%s is refused by its name",
      async (name, { value }) => {
        const { answer, asked, status } = await ask(table, { [name]: value })
        expect(status).toBe(400)
        expect(JSON.parse(answer)).toMatchObject({ error: { param: expect.stringContaining(name) } })
        expect(asked).toEqual([])
      }
    )
  }
)
