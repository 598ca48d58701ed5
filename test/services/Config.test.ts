import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { defaultTextModel, textModelOf } from "../../src/domain/TextModelCatalogue.ts"
import { AppConfig } from "../../src/services/Config.ts"
import { makeFakeKv } from "../support/FakeKv.ts"
import { configFrom } from "../support/layers/testLayers.ts"

type Env = Readonly<Record<string, string>>

const read = (env: Env) => Effect.provide(AppConfig, configFrom(env))

/** A setting's value, with what is redacted laid open; a failure as `[variable]`. */
const plain = (value: unknown): unknown => {
  if (Result.isResult(value)) return Result.isSuccess(value) ? plain(value.success) : [variableOf(value.failure)]
  if (Redacted.isRedacted(value)) return Redacted.value(value)
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== "object" || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, plain(part)]))
}

const variableOf = (failure: unknown): unknown =>
  typeof failure === "object" && failure !== null && "variable" in failure ? failure.variable : failure

const schnell = "@cf/black-forest-labs/flux-1-schnell"
const klein = "@cf/black-forest-labs/flux-2-klein-4b"

type Row = readonly [setting: keyof AppConfig["Service"], env: Env, expected: unknown]

const optimizing = { PROMPT_OPTIMIZATION: "true", EXTERNAL_API_BASE: "https://llm.test", EXTERNAL_MODEL: "gpt-4o" }
const external = { _tag: "External", url: "https://llm.test/v1/chat/completions", model: "gpt-4o" }
const optimizer = { wanted: true, improver: external }
const gemma = { _tag: "WorkersAi", model: defaultTextModel }
const textModel = (changes: object) => ({ wanted: true, improver: { ...gemma, ...changes } })

const values: ReadonlyArray<Row> = [
  ["apiKeys", { API_KEY: "sk-1" }, [{ name: "default", key: "sk-1" }]],
  [
    "apiKeys",
    { API_KEYS: " ann : k1 ,, bob:k:x" },
    [
      { name: "ann", key: "k1" },
      { name: "bob", key: "k:x" }
    ]
  ],
  ["apiKeys", {}, ["API_KEY"]],
  ["apiKeys", { API_KEYS: "ann" }, ["API_KEYS"]],
  ...[
    '"sk-1"',
    "'sk-1'",
    "“sk-1”",
    "Bearer sk-1",
    "bearer Bearer sk-1",
    '"Bearer sk-1"',
    'Bearer "sk-1"',
    "Authorization: Bearer sk-1"
  ].flatMap(
    (written): ReadonlyArray<Row> => [
      ["apiKeys", { API_KEY: written }, [{ name: "default", key: "sk-1" }]],
      [
        "apiKeys",
        { API_KEYS: `ann:k,bob:${written}` },
        [
          { name: "ann", key: "k" },
          { name: "bob", key: "sk-1" }
        ]
      ],
      [
        "optimization",
        { ...optimizing, EXTERNAL_API_KEY: written },
        { wanted: true, improver: { ...external, apiKey: "sk-1" } }
      ],
      [
        "backend",
        { CF_ACCOUNT_ID: '"a1"', CF_API_TOKEN: written },
        { _tag: "Rest", accountId: "a1", apiToken: "sk-1", baseUrl: "https://api.cloudflare.com/client/v4" }
      ]
    ]
  ),
  [
    "apiKeys",
    { API_KEYS: "\"ann:k1\", 'bob:k2'" },
    [
      { name: "ann", key: "k1" },
      { name: "bob", key: "k2" }
    ]
  ],
  ["apiKeys", { API_KEY: 'a"b"' }, [{ name: "default", key: 'a"b"' }]],
  ["apiKeys", { API_KEY: "Bearer" }, ["API_KEY"]],
  ["apiKeys", { API_KEYS: 'ann:""' }, ["API_KEYS"]],
  ["optimization", { ...optimizing, EXTERNAL_API_KEY: "sk 1" }, ["EXTERNAL_API_KEY"]],
  ["optimization", { ...optimizing, EXTERNAL_API_KEY: "sk-…" }, ["EXTERNAL_API_KEY"]],
  ["optimization", { ...optimizing, EXTERNAL_API_KEY: "sk\u200b1" }, ["EXTERNAL_API_KEY"]],
  ["optimization", { ...optimizing, EXTERNAL_API_BASE: '"https://llm.test"', EXTERNAL_MODEL: "'gpt-4o'" }, optimizer],
  ["backend", { CF_ACCOUNT_ID: "a1", CF_API_TOKEN: "t 1" }, ["CF_API_TOKEN"]],
  ["backend", { FLUX_BACKEND: "preview", CF_ACCOUNT_ID: "a1", CF_API_TOKEN: "t 1" }, { _tag: "Preview" }],
  ["locale", { LOCALE: '"de"' }, "de"],
  [
    "optimization",
    { ...optimizing, SYSTEM_MESSAGE: '"Improve."' },
    { wanted: true, improver: { ...external, systemMessage: '"Improve."' } }
  ],
  ["imageExpiration", {}, 1800],
  ["imageExpiration", { IMAGE_EXPIRATION: "60" }, 60],
  ["imageExpiration", { IMAGE_EXPIRATION: "86400" }, 86400],
  ...["59", "0", "-60", "90.5", "1e99", "soon", "31536001"].map(
    (text): Row => ["imageExpiration", { IMAGE_EXPIRATION: text }, ["IMAGE_EXPIRATION"]]
  ),
  ["provenance", {}, "xmp"],
  ["provenance", { PROVENANCE: "xmp" }, "xmp"],
  ["provenance", { PROVENANCE: " off " }, "off"],
  ...["c2pa", "on", "true", "xmp,off"].map((text): Row => ["provenance", { PROVENANCE: text }, ["PROVENANCE"]]),
  ["webhookSecret", {}, undefined],
  ["webhookSecret", { WEBHOOK_SECRET: "" }, undefined],
  ["webhookSecret", { WEBHOOK_SECRET: "whsec_AQID" }, new Uint8Array([1, 2, 3])],
  ["webhookSecret", { WEBHOOK_SECRET: '"whsec_AQIDBA=="' }, new Uint8Array([1, 2, 3, 4])],
  ["webhookSecret", { WEBHOOK_SECRET: " é" }, new Uint8Array([0xc3, 0xa9])],
  ...["whsec_", "whsec_é", "whsec_A"].map(
    (text): Row => ["webhookSecret", { WEBHOOK_SECRET: text }, ["WEBHOOK_SECRET"]]
  ),
  ["publicBaseUrl", {}, undefined],
  ["publicBaseUrl", { PUBLIC_BASE_URL: "https://art.test/" }, "https://art.test"],
  ["publicBaseUrl", { PUBLIC_BASE_URL: "https://art.test/flux//" }, "https://art.test/flux"],
  ["publicBaseUrl", { PUBLIC_BASE_URL: "http://localhost:8787" }, "http://localhost:8787"],
  ...["art.test", "/flux", "ftp://art.test", "javascript:alert(1)", "https://art.test/?a", "https://art.test/#a"].map(
    (text): Row => ["publicBaseUrl", { PUBLIC_BASE_URL: text }, ["PUBLIC_BASE_URL"]]
  ),
  ["helperRequests", {}, "answer"],
  ["helperRequests", { HELPER_REQUESTS: "draw" }, "draw"],
  ["helperRequests", { HELPER_REQUESTS: "yes" }, ["HELPER_REQUESTS"]],
  ["helperRequests", { HELPER_REQUESTS: "Draw " }, "draw"],
  ["backend", { FLUX_BACKEND: "PREVIEW" }, { _tag: "Preview" }],
  ["chatStyle", { CHAT_STYLE: "Short" }, "short"],
  ["provenance", { PROVENANCE: "OFF" }, "off"],
  ["title", {}, "Flux API Worker"],
  ["title", { TITLE: " Bilder der Familie <3 " }, "Bilder der Familie <3"],
  ["title", { TITLE: "x".repeat(61) }, "Flux API Worker"],
  ["locale", {}, undefined],
  ["locale", { LOCALE: "en" }, "en"],
  ["locale", { LOCALE: "de-AT" }, "de"],
  ["locale", { LOCALE: "tlh" }, "en"],
  ["chatStyle", {}, "full"],
  ["chatStyle", { CHAT_STYLE: "Short" }, "short"],
  ["chatStyle", { CHAT_STYLE: "full" }, "full"],
  ["chatStyle", { CHAT_STYLE: "chatty" }, "full"],
  ["editPhrases", { EDIT_PHRASES: " Make It , CHANGE,," }, ["make it", "change"]],
  ["allowedOrigins", {}, []],
  ["allowedOrigins", { ALLOWED_ORIGINS: "*" }, []],
  [
    "allowedOrigins",
    { ALLOWED_ORIGINS: "https://A.test/ , app://obsidian.md" },
    ["https://a.test", "app://obsidian.md"]
  ],
  // Rather nobody than everybody.
  ["allowedOrigins", { ALLOWED_ORIGINS: "a.test" }, ["a.test"]],
  ["allowedOrigins", { ALLOWED_ORIGINS: "https://a.test, https://b.test" }, ["https://a.test", "https://b.test"]],
  ["logLevel", {}, "Info"],
  ["logLevel", { LOG_LEVEL: "debug" }, "Debug"],
  ["logLevel", { LOG_LEVEL: "WARN" }, "Warn"],
  ["logLevel", { LOG_LEVEL: "None" }, "None"],
  ["logLevel", { LOG_LEVEL: "chatty" }, "Info"],
  ["logPrompts", {}, false],
  ["logPrompts", { LOG_PROMPTS: "true" }, true],
  ["logPrompts", { LOG_PROMPTS: "perhaps" }, false],
  ...["True", "TRUE"].map((text): Row => ["logPrompts", { LOG_PROMPTS: text }, true]),
  ...["False", "FALSE", "yes", "1"].map((text): Row => ["logPrompts", { LOG_PROMPTS: text }, false]),
  ["otlpEndpoint", {}, undefined],
  ["otlpEndpoint", { OTEL_EXPORTER_OTLP_ENDPOINT: "https://otel.test/" }, "https://otel.test"],
  ["otlpEndpoint", { OTEL_EXPORTER_OTLP_ENDPOINT: "https://otel.test/otlp//" }, "https://otel.test/otlp"],
  ...["otel.test", "grpc://otel.test", "https://otel.test/?a=b", "https://otel.test/#a"].map(
    (text): Row => ["otlpEndpoint", { OTEL_EXPORTER_OTLP_ENDPOINT: text }, undefined]
  ),
  ["optimization", {}, { wanted: false, improver: gemma }],
  ...["True", "TRUE", "YES", "on", "1"].map(
    (text): Row => ["optimization", { PROMPT_OPTIMIZATION: text }, { wanted: true, improver: gemma }]
  ),
  ...["False", "FALSE", "No", "off", "0"].map(
    (text): Row => ["optimization", { PROMPT_OPTIMIZATION: text }, { wanted: false, improver: gemma }]
  ),
  [
    "optimization",
    { PROMPT_OPTIMIZATION: "false", EXTERNAL_API_BASE: "nonsense" },
    { wanted: false, improver: ["EXTERNAL_API_BASE"] }
  ],
  ["optimization", { PROMPT_OPTIMIZATION: "maybe" }, ["PROMPT_OPTIMIZATION"]],
  ["optimization", { ...optimizing, EXTERNAL_API_BASE: "" }, { wanted: true, improver: undefined }],
  ["optimization", { ...optimizing, EXTERNAL_MODEL: "" }, { wanted: true, improver: undefined }],
  ["optimization", { ...optimizing, EXTERNAL_API_BASE: "llm.test" }, ["EXTERNAL_API_BASE"]],
  ["optimization", optimizing, optimizer],
  [
    "optimization",
    { ...optimizing, EXTERNAL_API_KEY: "sk-e", SYSTEM_MESSAGE: "Improve." },
    { wanted: true, improver: { ...external, apiKey: "sk-e", systemMessage: "Improve." } }
  ],
  ...["@cf/ibm-granite/granite-4.0-h-micro", "@cf/openai/gpt-oss-20b", "@cf/new/model_1.5-x"].map(
    (id): Row => [
      "optimization",
      { PROMPT_OPTIMIZATION: "true", EXTERNAL_MODEL: id },
      textModel({ model: textModelOf(id) })
    ]
  ),
  [
    "optimization",
    { PROMPT_OPTIMIZATION: "true", SYSTEM_MESSAGE: "Improve." },
    textModel({ systemMessage: "Improve." })
  ],
  // An API that is set is asked, whatever its model is called.
  [
    "optimization",
    { ...optimizing, EXTERNAL_MODEL: gemma.model.id },
    { wanted: true, improver: { ...external, model: gemma.model.id } }
  ],
  ...["@cf/", "@cf/a", "@cf/a/b/c", "@cf/a/../b", "@cf/a/..", "@cf/a/b?c", "@cf/a/b c", "@cf/a/é"].map(
    (id): Row => ["optimization", { PROMPT_OPTIMIZATION: "true", EXTERNAL_MODEL: id }, ["EXTERNAL_MODEL"]]
  )
]

describe("AppConfig", () => {
  it.effect.each(values)("%s of %j", ([setting, env, expected]) =>
    Effect.map(read(env), (config) => {
      expect(plain(config[setting])).toEqual(expected)
    })
  )

  it.effect.each([
    [{}, { defaultModel: schnell, sizedModel: klein, steps: undefined }],
    [{ FLUX_MODEL: "klein" }, { defaultModel: klein, sizedModel: klein, steps: undefined }],
    [{ FLUX_MODEL: "@CF/black-forest-labs/FLUX-2-klein-4b" }, { defaultModel: klein, sizedModel: klein }],
    [{ FLUX_SIZED_MODEL: "OFF" }, { defaultModel: schnell, sizedModel: undefined }],
    [{ FLUX_SIZED_MODEL: schnell }, { defaultModel: schnell, sizedModel: schnell }],
    [{ FLUX_NUM_STEPS: "8" }, { defaultModel: schnell, sizedModel: klein, steps: 8 }]
  ] as const)("models of %j", ([env, { defaultModel, sizedModel, ...rest }]) =>
    Effect.gen(function* () {
      const models = yield* Effect.fromResult((yield* read(env)).models)
      expect(models.defaultModel.id).toBe(defaultModel)
      expect(models.sizedModel?.id).toBe(sizedModel)
      expect(models.defaultSteps).toBe("steps" in rest ? rest.steps : undefined)
    })
  )

  it.effect("names for /health a key that no header can hold", () =>
    Effect.map(
      read({ ...optimizing, EXTERNAL_API_KEY: "sk one", CF_ACCOUNT_ID: "a1", CF_API_TOKEN: "two words" }),
      (config) => {
        expect(config.problems.map(({ variable }) => variable)).toEqual(
          expect.arrayContaining(["CF_API_TOKEN", "EXTERNAL_API_KEY"])
        )
      }
    )
  )

  it.effect("reads MODEL_ALIASES, and finds them whatever the case", () =>
    Effect.gen(function* () {
      const { models } = yield* read({ MODEL_ALIASES: `Painter = klein , gpt-4o=${schnell},` })
      const { aliases } = yield* Effect.fromResult(models)
      expect([...aliases]).toEqual([
        ["painter", "klein"],
        ["gpt-4o", schnell]
      ])
    })
  )

  it.effect.each([
    ["FLUX_MODEL", "dall-e-7"],
    ["FLUX_SIZED_MODEL", "on"],
    ["FLUX_NUM_STEPS", "0"],
    ["FLUX_NUM_STEPS", "4.5"],
    ["FLUX_NUM_STEPS", "many"],
    ["FLUX_NUM_STEPS", "5000"],
    ["MODEL_ALIASES", "painter"],
    ["MODEL_ALIASES", "painter=nobody"],
    ["MODEL_ALIASES", "=klein"],
    ["MODEL_ALIASES", "a=klein=b"]
  ] as const)("refuses %s=%s", ([variable, value]) =>
    Effect.map(read({ [variable]: value }), ({ models }) => {
      expect(plain(models)).toEqual([variable])
    })
  )
})

describe("what is wrong", () => {
  const allWrong = {
    API_KEYS: "nobody",
    FLUX_BACKEND: "everything",
    CF_API_BASE: "nowhere",
    FLUX_MODEL: "unknown",
    FLUX_SIZED_MODEL: "unknown",
    FLUX_NUM_STEPS: "many",
    MODEL_ALIASES: "a=unknown",
    IMAGE_EXPIRATION: "soon",
    PROMPT_OPTIMIZATION: "perhaps",
    EXTERNAL_API_BASE: "nowhere",
    PUBLIC_BASE_URL: "nowhere",
    HELPER_REQUESTS: "ignore",
    JOB_WINDOW: "short",
    NEURON_BUDGET: "0",
    KEY_CONCURRENCY: "-1",
    TITLE: "x".repeat(61),
    LOCALE: "tlh",
    CHAT_STYLE: "chatty",
    ALLOWED_ORIGINS: "nowhere",
    LOG_LEVEL: "chatty",
    LOG_PROMPTS: "perhaps",
    OTEL_EXPORTER_OTLP_ENDPOINT: "nowhere"
  }
  const harmless = [
    "LOCALE",
    "CHAT_STYLE",
    "ALLOWED_ORIGINS",
    "LOG_LEVEL",
    "LOG_PROMPTS",
    "OTEL_EXPORTER_OTLP_ENDPOINT"
  ]
  const good = { API_KEY: "sk", FLUX_BACKEND: "preview" }
  const withStore = (env: Env) => Effect.provide(AppConfig, configFrom(env, { FLUX_CF_KV: makeFakeKv().namespace }))

  it.effect("is told wholly, each thing once, and in the order in which to mend it", () =>
    Effect.map(read(allWrong), ({ canDraw, problems }) => {
      const [keys, ...rest] = Object.keys(allWrong)
      expect(problems.map(({ variable }) => variable)).toEqual([keys, "FLUX_CF_KV", ...rest])
      expect(canDraw).toBe(false)
    })
  )

  it.effect.each(Object.entries(allWrong))("is told where it is %s alone", ([variable, value]) =>
    Effect.map(withStore({ ...good, [variable]: value }), ({ problems }) => {
      expect(problems.map((problem) => problem.variable)).toEqual([variable])
      expect(problems[0]?.message).toContain(variable)
    })
  )

  it.effect.each(harmless)("keeps nothing from being drawn where it is %s", (variable) =>
    Effect.map(withStore({ ...good, [variable]: "?!" }), ({ canDraw, problems }) => {
      expect(problems).toHaveLength(1)
      expect(canDraw).toBe(true)
    })
  )

  it.effect.each([
    "a.test",
    "https://a.test, b.test",
    "https://*.a.test",
    "https://a.test/chat",
    "https://a.test?x",
    "https://a .test",
    "https://"
  ])("is told of ALLOWED_ORIGINS: %j", (ALLOWED_ORIGINS) =>
    Effect.map(withStore({ ...good, ALLOWED_ORIGINS }), ({ problems }) => {
      expect(problems.map(({ variable }) => variable)).toEqual(["ALLOWED_ORIGINS"])
    })
  )

  it.effect.each([
    "*",
    "https://a.test",
    "https://a.test:8443/,http://localhost:3000",
    "chrome-extension://abcdefghijklmnop",
    "capacitor://localhost, tauri://localhost, null",
    "https://xn--bcher-kva.test, http://[::1]:8080"
  ])("is not a list such as %j in ALLOWED_ORIGINS", (ALLOWED_ORIGINS) =>
    Effect.map(withStore({ ...good, ALLOWED_ORIGINS }), ({ problems }) => {
      expect(problems).toEqual([])
    })
  )
})
