import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { AppConfig } from "../../../src/services/Config.ts"
import { configFrom } from "../../support/layers/testLayers.ts"

// It is only looked at, never asked.
const ai = {} as Ai

const backendOf = (env: Readonly<Record<string, string>>, bound: boolean) =>
  Effect.map(AppConfig, ({ backend }) => backend).pipe(Effect.provide(configFrom(env, bound ? { AI: ai } : {})))

const account = { CF_ACCOUNT_ID: "any text", CF_API_TOKEN: "token" }
const half = { CF_ACCOUNT_ID: "any text" }
const otherHalf = { CF_API_TOKEN: "token" }

type Row = readonly [choice: string, env: Readonly<Record<string, string>>, bound: boolean, expected: string]

const matrix: ReadonlyArray<Row> = [
  ...["", "auto"].flatMap(
    (choice): ReadonlyArray<Row> => [
      [choice, account, false, "Rest"],
      [choice, account, true, "Rest"],
      [choice, {}, true, "Binding"],
      [choice, half, true, "Binding"],
      [choice, otherHalf, true, "Binding"],
      [choice, {}, false, "CF_ACCOUNT_ID"],
      [choice, half, false, "CF_API_TOKEN"],
      [choice, otherHalf, false, "CF_ACCOUNT_ID"]
    ]
  ),
  ["rest", account, true, "Rest"],
  ["rest", account, false, "Rest"],
  ["rest", {}, true, "CF_ACCOUNT_ID"],
  ["rest", half, true, "CF_API_TOKEN"],
  ["rest", otherHalf, false, "CF_ACCOUNT_ID"],
  ["binding", account, true, "Binding"],
  ["binding", {}, true, "Binding"],
  ["binding", account, false, "AI"],
  ["preview", account, true, "Preview"],
  ["preview", {}, false, "Preview"],
  ["workers", account, true, "FLUX_BACKEND"],
  ["rest", { ...account, CF_API_BASE: "localhost:8080" }, true, "CF_API_BASE"],
  ["rest", { ...account, CF_API_BASE: "not an address" }, true, "CF_API_BASE"],
  ["binding", { CF_API_BASE: "not an address" }, true, "Binding"]
]

describe("the backend", () => {
  it.effect.each(matrix)("FLUX_BACKEND=%s with %j, AI bound: %s, is %s", ([choice, env, bound, expected]) =>
    Effect.gen(function* () {
      const backend = yield* backendOf({ FLUX_BACKEND: choice, ...env }, bound)
      expect(Result.isSuccess(backend) ? backend.success._tag : backend.failure.variable).toBe(expected)
      if (Result.isFailure(backend)) expect(backend.failure.message).toContain(expected)
    })
  )

  it.effect("names all that could be done where nothing can draw", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(Effect.flatMap(backendOf({}, false), Effect.fromResult))
      for (const name of ["AI", "CF_ACCOUNT_ID", "CF_API_TOKEN"]) expect(error.message).toContain(name)
    })
  )

  it.effect.each([
    [undefined, "https://api.cloudflare.com/client/v4"],
    ["", "https://api.cloudflare.com/client/v4"],
    ["http://127.0.0.1:8080/client/v4/", "http://127.0.0.1:8080/client/v4"],
    ["https://proxy.test", "https://proxy.test"]
  ] as const)("is at CF_API_BASE=%s: %s", ([base, baseUrl]) =>
    Effect.gen(function* () {
      const env = base === undefined ? account : { ...account, CF_API_BASE: base }
      const backend = yield* Effect.flatMap(backendOf(env, false), Effect.fromResult)
      expect(backend).toMatchObject({ _tag: "Rest", accountId: "any text", baseUrl })
      if (backend._tag === "Rest") expect(Redacted.value(backend.apiToken)).toBe("token")
    })
  )

  const Env = Schema.Struct({
    FLUX_BACKEND: Schema.Literals(["", "auto", "rest", "binding", "Preview!", "the preview"]),
    CF_ACCOUNT_ID: Schema.optionalKey(Schema.String),
    CF_API_TOKEN: Schema.optionalKey(Schema.String),
    CF_API_BASE: Schema.optionalKey(Schema.String)
  })

  it.effect.prop("is the preview only where that is asked for by name", [Env, Schema.Boolean], ([env, bound]) =>
    Effect.gen(function* () {
      const backend = yield* backendOf(env, bound)
      if (Result.isSuccess(backend)) expect(backend.success._tag).not.toBe("Preview")
    })
  )
})
