import * as Effect from "effect/Effect"
import { describe, expect, it } from "vitest"
import { UpstreamError } from "../../../src/domain/Errors.ts"
import { FakeFluxModel } from "../../support/layers/testLayers.ts"
import { mcpHeaders, postMcp, toolResultFrom } from "../../support/mcp.ts"
import { eventsFrom, ssePartsOf } from "../../support/openai/answers.ts"
import { testApp } from "../../support/testApp.ts"

const call = (given: object = {}, meta: object = { progressToken: "p" }) => ({
  jsonrpc: "2.0",
  id: "call",
  method: "tools/call",
  params: { name: "generate_image", arguments: { prompt: "A cat", ...given }, _meta: meta }
})

const messagesFrom = async (response: Response) =>
  (await eventsFrom(response)).map(({ data, event }) => {
    expect(event).toBe("message")
    return JSON.parse(data)
  })

/** A model whose drawings wait. */
const heldModel = () => {
  const { promise, resolve: release } = Promise.withResolvers<void>()
  return { flux: FakeFluxModel.make({ before: () => Effect.promise(() => promise) }).layer, release }
}

describe("progress", () => {
  it.each<[string, object, string]>([
    ["nobody asks for it", call({}, {}), mcpHeaders.accept],
    ["the token is no token", call({}, { progressToken: {} }), mcpHeaders.accept],
    ["the client reads no streams", call(), "application/json"],
    ["nothing is accepted by name", call(), ""]
  ])("is not told where %s", async (_, body, accept) => {
    const response = await postMcp(testApp(), body, { accept })
    expect(response.headers.get("content-type")).toBe("application/json")
    expect(await response.json()).toMatchObject({ id: "call", result: { content: expect.any(Array) } })
  })

  it.each(["p", 7, 0, ""])("is told under the token %j, and then the result", async (progressToken) => {
    const messages = await messagesFrom(await postMcp(testApp(), call({ n: 3 }, { progressToken })))
    const told = messages.slice(0, -1)
    expect(told.every(({ jsonrpc, method }) => jsonrpc === "2.0" && method === "notifications/progress")).toBe(true)
    expect(told.at(-1).params).toEqual({ progressToken, progress: 3, total: 3, message: "3 of 3 finished" })
    const values: ReadonlyArray<number> = told.map(({ params }) => params.progress)
    for (const [index, value] of values.entries()) expect(value).toBeGreaterThan(values[index - 1] ?? 0)
    expect(messages.at(-1)).toMatchObject({ jsonrpc: "2.0", id: "call" })
    expect(toolResultFrom(messages.at(-1).result).links).toHaveLength(3)
  })

  it("ends in the result that a call without it has", async () => {
    const body = (meta?: object) => postMcp(testApp({ testClock: true }), call({ n: 2, seed: 3 }, meta))
    const streamed = (await messagesFrom(await body())).at(-1)
    expect(streamed).toEqual(await (await body({})).json())
  })

  it("goes on while a model draws, and never reaches what is not done", async () => {
    const { flux, release } = heldModel()
    const app = testApp({ testClock: true, flux })
    const parts = ssePartsOf(await postMcp(app, call()))
    const next = async () => {
      const { value } = await parts.next()
      return value && "data" in value ? JSON.parse(value.data) : value
    }
    let before = (await next()).params.progress
    for (let tick = 0; tick < 80; tick += 1) {
      await app.adjust("5 seconds")
      let message = await next()
      while ("comment" in message) message = await next()
      expect(message.params.progress).toBeGreaterThan(before)
      expect(message.params.progress).toBeLessThan(1)
      before = message.params.progress
    }
    release()
    const rest = []
    for (let message = await next(); message; message = await next()) rest.push(message)
    expect(rest.at(-1)).toMatchObject({ id: "call", result: { content: expect.any(Array) } })
  })

  it("ends in the failure where nothing was drawn", async () => {
    const app = testApp({ flux: FakeFluxModel.failing(new UpstreamError({ message: "Workers AI failed." })) })
    const messages = await messagesFrom(await postMcp(app, call()))
    expect(messages.at(-1)).toMatchObject({
      id: "call",
      result: { isError: true, content: [{ type: "text", text: "Workers AI failed." }] }
    })
  })

  it("ends in an error where the service has a bug", async () => {
    const app = testApp({ flux: FakeFluxModel.make({ before: () => Effect.die("a bug") }).layer })
    expect((await messagesFrom(await postMcp(app, call()))).at(-1)).toMatchObject({
      id: "call",
      error: { code: -32603 }
    })
  })

  it("is not begun for what is refused at once", async () => {
    const response = await postMcp(testApp(), call({ n: 99 }))
    expect(await response.json()).toMatchObject({ id: "call", result: { isError: true } })
  })
})
