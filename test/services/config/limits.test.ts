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

  it.each(["NEURON_BUDGET", "KEY_CONCURRENCY"])("are a whole number above 0: %s", (variable) => {
    for (const value of ["0", "-1", "1.5", "many"]) {
      expect(failureOf(settings({ [variable]: value }).limits)).toMatchObject({ variable })
    }
  })

  it("need the binding LEDGER", () => {
    for (const env of [{ NEURON_BUDGET: "1" }, { KEY_CONCURRENCY: "1" }, { API_KEYS: "alice:sk:1" }]) {
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
    ["alice:12345", [{ name: "alice", key: "12345" }]]
  ])("of '%s' is read", (text, keys) => {
    expect(keysOf(text)).toEqual(Result.succeed(keys))
  })

  it.each(["alice:sk-a:0", "alice:", ":sk-a", "alice", "alice::5000"])("'%s' is none", (text) => {
    expect(failureOf(keysOf(text))).toMatchObject({ variable: "API_KEYS" })
  })
})
