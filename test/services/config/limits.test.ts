import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { describe, expect, it } from "vitest"
import type { WorkerBindings } from "../../../src/services/Bindings.ts"
import { AppConfig } from "../../../src/services/Config.ts"
import { makeFakeObjects } from "../../support/FakeObjects.ts"
import { configFrom } from "../../support/layers/testLayers.ts"

const LEDGER = makeFakeObjects(() => ({ fetch: async () => new Response() })).namespace

const settings = (env: Readonly<Record<string, string>>, bindings: Partial<WorkerBindings> = { LEDGER }) =>
  Effect.runSync(Effect.provide(AppConfig, configFrom({ API_KEY: "sk", ...env }, bindings)))

const failureOf = (result: Result.Result<unknown, unknown>) => (Result.isFailure(result) ? result.failure : undefined)

describe("JOB_WINDOW", () => {
  it.each([
    [{}, 120],
    [{ JOB_WINDOW: "" }, 120],
    [{ JOB_WINDOW: "1" }, 1],
    [{ JOB_WINDOW: "86400" }, 86_400]
  ])("of %o is %i seconds", (env, seconds) => {
    expect(settings(env).jobWindow).toEqual(Result.succeed(seconds))
  })

  it.each(["0", "-5", "86401", "1.5", "two minutes"])("can't be '%s'", (value) => {
    expect(failureOf(settings({ JOB_WINDOW: value }).jobWindow)).toMatchObject({ variable: "JOB_WINDOW" })
  })
})

describe("the limits of a key", () => {
  it("are none where none is set, with or without the binding", () => {
    expect(settings({}).limits).toEqual(Result.succeed({}))
    expect(settings({}, {}).limits).toEqual(Result.succeed({}))
  })

  it("are those that are set", () => {
    const { limits } = settings({ NEURON_BUDGET: "5000", KEY_CONCURRENCY: "2" })
    expect(limits).toEqual(Result.succeed({ neuronBudget: 5000, concurrency: 2 }))
  })

  it.each([
    ["2", 2_000_000],
    ["0.50", 500_000],
    ["$1.25", 1_250_000],
    [" 3 USD ", 3_000_000],
    ["0.000001", 1]
  ])("are dollars of BUDGET_USD: '%s'", (text, microdollarBudget) => {
    expect(settings({ BUDGET_USD: text }).limits).toEqual(Result.succeed({ microdollarBudget }))
  })

  it.each(["0", "-1", "0.0000001", "1,50", "many", "2eur", "Infinity", "1e3", "$", "1.2.3"])(
    "are no dollars: '%s'",
    (text) => {
      const { limits, problems } = settings({ BUDGET_USD: text })
      expect(failureOf(limits)).toMatchObject({
        variable: "BUDGET_USD",
        message: "BUDGET_USD must be US dollars a day, such as 2 or 0.50."
      })
      expect(problems.map(({ variable }) => variable)).toContain("BUDGET_USD")
    }
  )

  it.each(["NEURON_BUDGET", "KEY_CONCURRENCY"])("are a whole number above 0: %s", (variable) => {
    for (const value of ["0", "-1", "1.5", "many"]) {
      expect(failureOf(settings({ [variable]: value }).limits)).toMatchObject({ variable })
    }
  })

  it("need the binding LEDGER", () => {
    for (const env of [
      { NEURON_BUDGET: "1" },
      { BUDGET_USD: "1" },
      { KEY_CONCURRENCY: "1" },
      { API_KEYS: "alice:sk:1" },
      { API_KEYS: "alice:sk:1usd" }
    ]) {
      expect(failureOf(settings(env, {}).limits)).toMatchObject({ variable: "LEDGER" })
    }
  })
})

describe("a budget in API_KEYS", () => {
  const keysOf = (API_KEYS: string) =>
    Result.map(settings({ API_KEY: "", API_KEYS }).apiKeys, (keys) =>
      keys.map(({ key, ...rest }) => ({ ...rest, key: Redacted.value(key) }))
    )

  it.each([
    ["alice:sk-a", [{ name: "alice", key: "sk-a" }]],
    ["alice:sk-a:5000", [{ name: "alice", key: "sk-a", neuronBudget: 5000 }]],
    [
      "alice : sk-a : 5000 , bob:sk-b",
      [
        { name: "alice", key: "sk-a", neuronBudget: 5000 },
        { name: "bob", key: "sk-b" }
      ]
    ],
    ["alice:sk:with:colons", [{ name: "alice", key: "sk:with:colons" }]],
    ["alice:12345", [{ name: "alice", key: "12345" }]],
    ["alice:sk-a:2usd", [{ name: "alice", key: "sk-a", microdollarBudget: 2_000_000 }]],
    ["alice:sk-a: 0.25 USD ", [{ name: "alice", key: "sk-a", microdollarBudget: 250_000 }]],
    ["alice:sk-a:$3", [{ name: "alice", key: "sk-a", microdollarBudget: 3_000_000 }]],
    ["alice:sk-a:5000:2usd", [{ name: "alice", key: "sk-a", neuronBudget: 5000, microdollarBudget: 2_000_000 }]],
    ["alice:sk-a:2usd:5000", [{ name: "alice", key: "sk-a", neuronBudget: 5000, microdollarBudget: 2_000_000 }]],
    ["alice:2usd", [{ name: "alice", key: "2usd" }]],
    ["alice:sk:5000:6000", [{ name: "alice", key: "sk:5000", neuronBudget: 6000 }]],
    ["alice:sk:pa$$w0rd$", [{ name: "alice", key: "sk:pa$$w0rd$" }]]
  ])("of '%s' is read", (text, keys) => {
    expect(keysOf(text)).toEqual(Result.succeed(keys))
  })

  it.each([
    "alice:sk-a:0",
    "alice:sk-a:0usd",
    "alice:sk-a:1.2.3usd",
    "alice::2usd",
    "alice::sk",
    "alice:",
    ":sk-a",
    "alice",
    "alice::5000"
  ])("'%s' is none", (text) => {
    expect(failureOf(keysOf(text))).toMatchObject({ variable: "API_KEYS" })
  })
})
