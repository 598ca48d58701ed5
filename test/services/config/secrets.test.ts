import { inspect } from "node:util"
import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import fc from "fast-check"
import { AppConfig } from "../../../src/services/Config.ts"
import { configFrom } from "../../support/layers/testLayers.ts"

const variables = [
  "API_KEY",
  "API_KEYS",
  "CF_ACCOUNT_ID",
  "CF_API_TOKEN",
  "CF_API_BASE",
  "PROMPT_OPTIMIZATION",
  "EXTERNAL_API_BASE",
  "EXTERNAL_MODEL",
  "EXTERNAL_API_KEY",
  "SYSTEM_MESSAGE",
  "FLUX_NUM_STEPS",
  "IMAGE_EXPIRATION",
  "FLUX_MODEL",
  "FLUX_SIZED_MODEL",
  "FLUX_BACKEND",
  "PUBLIC_BASE_URL",
  "LOCALE",
  "MODEL_ALIASES",
  "PARTNER_MODELS",
  "HELPER_REQUESTS",
  "EDIT_PHRASES",
  "ALLOWED_ORIGINS",
  "NEURON_BUDGET",
  "KEY_CONCURRENCY",
  "JOB_WINDOW",
  "WEBHOOK_SECRET",
  "LOG_LEVEL",
  "LOG_PROMPTS",
  "OTEL_EXPORTER_OTLP_ENDPOINT"
] as const

const read = (env: Readonly<Record<string, string>>) => Effect.runPromise(Effect.provide(AppConfig, configFrom(env)))

const settingsOf = (config: AppConfig["Service"]): ReadonlyArray<unknown> => Object.values(config)

describe("AppConfig", () => {
  it("always builds, and tells each thing that is wrong by the name of a variable", async () => {
    const text = fc.oneof(
      fc.string(),
      fc.constantFrom("true", "preview", "rest", "https://a.test", "a:b", "a=klein", "60")
    )
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.constantFrom(...variables), text), async (env) => {
        const { problems } = await read(env)
        // FLUX_CF_KV is bound in none of these.
        expect(problems.map(({ variable }) => variable)).toContain("FLUX_CF_KV")
        for (const { message, variable } of problems) {
          expect([...variables, "FLUX_CF_KV", "AI", "LEDGER"]).toContain(variable)
          expect(message).toContain(variable)
        }
      })
    )
  }, 30_000)

  it("never tells a value, neither in a message nor where it is printed", async () => {
    const secret = fc.stringMatching(/^zq[a-z0-9]{10}$/)
    const form = fc.constantFrom(
      (secret: string) => secret,
      (secret: string) => `${secret}:`,
      (secret: string) => `${secret}://${secret}`,
      (secret: string) => `a:b,${secret}`,
      (secret: string) => `a=klein,${secret}=${secret}`,
      (secret: string) => `12${secret}`
    )
    const entry = fc.tuple(fc.constantFrom(...variables), form)
    await fc.assert(
      fc.asyncProperty(secret, fc.array(entry), async (secret, entries) => {
        const env = Object.fromEntries(entries.map(([variable, write]) => [variable, write(secret)]))
        const config = await read({ PROMPT_OPTIMIZATION: "true", ...env })
        for (const setting of settingsOf(config)) {
          if (!Result.isResult(setting) || Result.isSuccess(setting)) continue
          expect(inspect(setting.failure, { depth: null })).not.toContain(secret)
          expect(JSON.stringify(setting.failure)).not.toContain(secret)
        }
        expect(JSON.stringify(config.problems)).not.toContain(secret)
      })
    )
  }, 30_000)

  it("keeps keys and tokens redacted wherever the settings are printed", async () => {
    await fc.assert(
      fc.asyncProperty(fc.stringMatching(/^zq[a-z0-9]{10}$/), async (secret) => {
        const config = await read({
          API_KEY: secret,
          API_KEYS: `alice:${secret}`,
          CF_ACCOUNT_ID: "account",
          CF_API_TOKEN: secret,
          PROMPT_OPTIMIZATION: "true",
          EXTERNAL_API_BASE: "https://llm.test",
          EXTERNAL_MODEL: "gpt-4o",
          EXTERNAL_API_KEY: secret,
          WEBHOOK_SECRET: secret
        })
        expect(Result.isSuccess(config.backend) && Result.isSuccess(config.optimization)).toBe(true)
        expect(JSON.stringify(config)).not.toContain(secret)
        expect(inspect(config, { depth: null })).not.toContain(secret)
      })
    )
  }, 30_000)

  it("counts a setting of nothing but space as unset", async () => {
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.constantFrom(...variables), fc.constantFrom("", " ", "\n\t ")), async (env) => {
        expect(JSON.stringify(await read(env))).toBe(JSON.stringify(await read({})))
      })
    )
  }, 30_000)

  it("names what is missing in the order in which to mend it", async () => {
    const { problems } = await read({ IMAGE_EXPIRATION: "1", PROMPT_OPTIMIZATION: "?", HELPER_REQUESTS: "?" })
    expect(problems.map(({ variable }) => variable)).toEqual([
      "API_KEY",
      "FLUX_CF_KV",
      "CF_ACCOUNT_ID",
      "IMAGE_EXPIRATION",
      "PROMPT_OPTIMIZATION",
      "HELPER_REQUESTS"
    ])
  }, 30_000)
})
