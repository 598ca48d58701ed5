import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { vi } from "vitest"
import { Auth } from "../../src/services/Auth.ts"
import { configFrom } from "../support/layers/testLayers.ts"

const authenticate = (env: Record<string, string>, key: string | undefined) =>
  Effect.flatMap(Auth, (auth) => auth.authenticate(key === undefined ? undefined : Redacted.make(key))).pipe(
    Effect.provide(Auth.layer),
    Effect.provide(configFrom(env)),
    Effect.result
  )

const letsIn = (env: Record<string, string>, key: string, name: string) =>
  Effect.map(authenticate(env, key), (result) => {
    expect(result).toMatchObject({ _tag: "Success", success: { name } })
  })

const refuses = (env: Record<string, string>, key: string | undefined, failure: object) =>
  Effect.map(authenticate(env, key), (result) => {
    expect(result).toMatchObject({ _tag: "Failure", failure })
  })

const wrongKey = { _tag: "InvalidApiKey", given: true }
const two = { API_KEYS: "alice:sk-a, bob:sk:b" }

describe("Auth", () => {
  it.effect("lets the holder of API_KEY in as default", () => letsIn({ API_KEY: "sk-test" }, "sk-test", "default"))

  it.effect.each([
    ["sk-a", "alice"],
    ["sk:b", "bob"]
  ] as const)("lets the holders of API_KEYS in under their names: %s", ([key, name]) => letsIn(two, key, name))

  it.effect("knows API_KEY and API_KEYS beside each other", () =>
    Effect.gen(function* () {
      const env = { ...two, API_KEY: "sk-test" }
      yield* letsIn(env, "sk-test", "default")
      yield* letsIn(env, "sk-a", "alice")
    })
  )

  it.effect.each([
    [{ API_KEYS: "alice:sk-a, bob:sk-a" }, "alice"],
    [{ API_KEY: "sk-a", API_KEYS: "alice:sk-a" }, "default"]
  ] as const)("lets in under the first of the names that have the key: %j", ([env, name]) => letsIn(env, "sk-a", name))

  it.effect.each([
    ["sk-a", "alice"],
    ["sk-b", "bob"],
    ["sk-c", "carol"],
    ["wrong", undefined]
  ] as const)("compares with every key, whichever it is: %s", ([given, name]) =>
    Effect.gen(function* () {
      const looks = new Map<string, number>()
      const encode = vi.spyOn(TextEncoder.prototype, "encode").mockImplementation((text = "") => {
        const bytes = Uint8Array.from(text, (sign) => sign.charCodeAt(0))
        return Object.defineProperty(bytes, "length", {
          get: () => {
            looks.set(text, (looks.get(text) ?? 0) + 1)
            return text.length
          }
        })
      })
      const result = yield* authenticate({ API_KEYS: "alice:sk-a,bob:sk-b,carol:sk-c" }, given)
      encode.mockRestore()
      expect(result._tag === "Success" ? result.success.name : undefined).toBe(name)
      for (const key of ["sk-a", "sk-b", "sk-c"]) expect(looks.get(key), key).toBeGreaterThan(0)
    })
  )

  it.effect("takes API_KEY as one literal, commas and colons and all", () =>
    Effect.gen(function* () {
      const env = { API_KEY: "alice:sk-a,bob:sk-b" }
      yield* letsIn(env, "alice:sk-a,bob:sk-b", "default")
      yield* refuses(env, "sk-a", wrongKey)
    })
  )

  it.effect("says that no key was given", () =>
    refuses({ API_KEY: "sk-test" }, undefined, { _tag: "InvalidApiKey", given: false })
  )

  it.effect.each(["", "sk-tes", "sk-testt", "SK-TEST", " sk-test", "alice:sk-a", "alice"])(
    "refuses a key that is not the one: %j",
    (key) => refuses({ ...two, API_KEY: "sk-test" }, key, wrongKey)
  )

  it.effect.each([{}, { API_KEY: "" }, { API_KEY: "  ", API_KEYS: " , " }])(
    "lets nobody in while no key is set: %j",
    (env) =>
      Effect.gen(function* () {
        for (const key of [undefined, "", "undefined", "sk-test"]) {
          yield* refuses(env, key, { _tag: "ConfigurationError", variable: "API_KEY" })
        }
      })
  )

  it.effect.each(["alice", ":sk-a", "alice:", "alice:sk-a,bob"])(
    "lets nobody in while API_KEYS is no list of names and keys: %s",
    (keys) => refuses({ API_KEYS: keys }, "sk-a", { _tag: "ConfigurationError", variable: "API_KEYS" })
  )

  // Quotes around a setting are taken off, so they are no part of its key.
  const Key = Schema.String.check(Schema.isPattern(/^[\w.+/~-]{1,20}$/))

  it.effect.prop("lets in with exactly the keys that are set", [Key, Key], ([set, given]) =>
    Effect.gen(function* () {
      expect((yield* authenticate({ API_KEY: set }, given))._tag).toBe(set === given ? "Success" : "Failure")
      expect((yield* authenticate({ API_KEY: set }, set))._tag).toBe("Success")
    })
  )
})
