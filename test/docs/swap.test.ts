import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { expect, it } from "vitest"
import { FluxModel } from "../../src/services/FluxModel.ts"
import { imageOf } from "../support/pictures.ts"
import { testApp } from "../support/testApp.ts"
import { read } from "./documents.ts"

it("draws with another model where another Layer of FluxModel is given", async () => {
  const asked: Array<string> = []
  const flux = Layer.succeed(FluxModel, {
    available: Effect.void,
    preview: false,
    draw: ({ prompt, size }) =>
      Effect.promise(async () => {
        asked.push(prompt)
        return { file: await imageOf(size), neurons: 1 }
      })
  })
  const body = JSON.stringify({ prompt: "A red fox" })
  const headers = { authorization: "Bearer sk-test", "content-type": "application/json" }
  const response = await testApp({ flux }).fetch("/v1/images/generations", { method: "POST", headers, body })
  expect([response.status, asked]).toEqual([200, ["A red fox"]])
})

it("is what docs/architecture.md shows", () => {
  const lines = (text: string) => text.split("\n").map((line) => line.trim())
  const shown = /```ts\n(const flux = [\s\S]*?)```/.exec(read("docs/architecture.md"))?.[1] ?? ""
  expect(shown).not.toBe("")
  expect(lines(read("test/docs/swap.test.ts")).join("\n")).toContain(lines(shown).join("\n"))
})
