import { describe, expect, it } from "vitest"
import { longestMessage } from "../../../src/services/ledger/LedgerMessage.ts"
import { claim, neurons } from "../../support/ledgerMessages.ts"
import { holdClock, makeFakeLedger } from "../../support/ledgerObject.ts"

holdClock()

describe("a message", () => {
  it.each([
    ["is none", "{", 400],
    ["is unknown", '{"_tag":"Draw"}', 400],
    ["is incomplete", '{"_tag":"Read","id":"a"}', 400],
    ["needs what is no number", JSON.stringify(claim("a", { needed: neurons(Number.NaN) })), 400],
    ["is too long", JSON.stringify(claim("a", { opening: "x".repeat(longestMessage) })), 413],
    ["is long", JSON.stringify(claim("a", { opening: "x".repeat(longestMessage - 1000) })), 200]
  ])("that %s", async (_, body, status) => {
    const { send } = makeFakeLedger()
    expect((await send(body)).status).toBe(status)
  })

  it("finds no room where the events of a job are too long together", async () => {
    const { ask, jobs } = makeFakeLedger()
    await ask(claim("a", { opening: "ü".repeat(longestMessage - 1000) }))
    const event = "ü".repeat(longestMessage / 2 - 100)
    expect(await ask({ _tag: "Progress", id: "a", event })).toEqual({ cancelled: false })
    expect(await ask({ _tag: "Progress", id: "a", event })).toEqual({ cancelled: false })
    expect(await ask({ _tag: "Progress", id: "a", event })).toEqual({ status: 413 })
    expect(new TextEncoder().encode(JSON.stringify(jobs()[0])).length).toBeLessThan(2_000_000)
  })
})
