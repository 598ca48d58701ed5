import { describe, expect, it } from "vitest"
import { UpstreamError } from "../../../src/domain/Errors.ts"
import type { Locale } from "../../../src/domain/Locale.ts"
import { errorSentence } from "../../../src/http/locales/errorSentence.ts"
import { messagesFor } from "../../../src/http/locales/messagesFor.ts"
import { FakeFluxModel, FakeLedger, testTime } from "../../support/layers/testLayers.ts"
import { errorFrom } from "../../support/openai/answers.ts"
import { chat, contentFrom, says, streamFrom } from "../../support/openai/chat.ts"
import { testApp } from "../../support/testApp.ts"

/** By what a client says, the language that it gets. */
const languages: Readonly<Record<string, Locale>> = {
  en: "en",
  de: "de",
  fr: "fr",
  es: "es",
  ja: "ja",
  ru: "ru",
  "zh-CN": "zh-cn",
  "zh-TW": "zh-hant"
}

const firstLine = (locale: Locale) => `🎨 ${messagesFor(locale).originalPrompt}: A cat  `

const answerIn = async (env: Readonly<Record<string, string>>, language?: string) =>
  contentFrom(
    await chat(testApp({ env }), says("A cat"), language === undefined ? {} : { "accept-language": language })
  )

describe("the refusal over a budget", () => {
  it.each(Object.entries(languages))("says in its unit what is left and needed: %s", async (language, locale) => {
    const refusal = async (env: Readonly<Record<string, string>>) => {
      const bindings = { LEDGER: FakeLedger.make(() => testTime).objects.namespace }
      const app = testApp({ env, bindings, testClock: true })
      const error = await errorFrom(await chat(app, says("A cat"), { "accept-language": language }))
      expect(error).toMatchObject({ status: 429, code: "insufficient_quota" })
      return error.message
    }
    const inDollars = await refusal({ BUDGET_USD: "0.001" })
    expect(inDollars).toMatch(/\$0\.001\b.*\$0\.001901.*2026-11-23/)
    const inNeurons = await refusal({ NEURON_BUDGET: "5" })
    expect(inNeurons).toMatch(/(?<!\d)5(?!\d).*172\.8.*2026-11-23/)
    const word = messagesFor(locale).errors?.neurons(5) ?? "5 neurons"
    expect(inNeurons).toContain(word)
    expect(inDollars).not.toContain(word.replace(/[5\s]/g, ""))
  })
})

describe("the language of an answer", () => {
  it("is English by default", async () => {
    expect(await answerIn({})).toMatch(/^🎨 Original prompt: A cat {2}\n💬 Prompt model: Original prompt {2}\n/)
  })

  it.each(Object.entries(languages))("where the client accepts %s is %s", async (language, locale) => {
    const content = await answerIn({}, language)
    expect(content.split("\n")[0]).toBe(firstLine(locale))
    expect(content).toMatch(/^!\[[^[\]\n]+\]\(http:\/\/flux\.test\/image\/\S+\)$/m)
  })

  it("differs in each of the eight languages", async () => {
    const contents = await Promise.all(Object.keys(languages).map((language) => answerIn({}, language)))
    const told = contents.map((content) => content.replace(/\(http.*\)/, ""))
    expect(new Set(told).size).toBe(8)
  })

  it.each([
    ["fr;q=0.5, de;q=0.9", "de"],
    ["nl, de-AT;q=0.3", "de"],
    ["tlh, xx", "en"],
    ["de;q=0", "en"],
    ["*", "en"],
    [";;;,,,q=", "en"]
  ] as const)("follows Accept-Language %s", async (header, locale) => {
    expect((await answerIn({}, header)).split("\n")[0]).toBe(firstLine(locale))
  })

  it.each([
    ["de", "fr", "de"],
    ["DE", undefined, "de"],
    ["klingon", "de", "en"]
  ] as const)("is that of LOCALE=%s, whatever is accepted (%s)", async (LOCALE, header, locale) => {
    expect((await answerIn({ LOCALE }, header)).split("\n")[0]).toBe(firstLine(locale))
  })

  it("is that of notices and failures too, also in the error object", async () => {
    const german = { "accept-language": "de" }
    const error = new UpstreamError({ message: "Workers AI is on fire." })
    const failing = testApp({ flux: FakeFluxModel.failing(error) })
    const { content, error: told } = await streamFrom(await chat(failing, says("A cat", { stream: true }), german))
    const inGerman = messagesFor("de")
    expect(content).toContain(`⚠️ ${inGerman.generationFailed} ${errorSentence(error, inGerman)}`)
    expect(told?.message).toBe(errorSentence(error, inGerman))
    expect((await errorFrom(await chat(failing, says("A cat"), german))).message).toBe(errorSentence(error, inGerman))
    const adapted = await contentFrom(await chat(testApp(), says("A cat --steps 50"), german))
    expect(adapted).toContain(`⚠️ ${messagesFor("de").stepsIgnored(50, 8)}  \n`)
  })
})

describe("what is refused before anything is drawn", () => {
  const expired = "http://flux.test/image/0000000000000000000001-1000000000.jpg"
  const attached = (url: string) =>
    says([
      { type: "text", text: "Blue" },
      { type: "image_url", image_url: { url } }
    ])
  const refused: ReadonlyArray<readonly [string, object | string, RegExp | undefined]> = [
    ["an empty prompt", says(""), undefined],
    ["a prompt of flags", says("--n 2"), undefined],
    ["no message", { messages: [] }, undefined],
    ["an edit of nothing", says("Blue --edit"), undefined],
    ["a prompt that is too long", says("a".repeat(5000)), /2048|characters/],
    ["a prompt that is much too long", says("a".repeat(40_000)), /32 KB/],
    [
      "too many pictures",
      says([
        { type: "text", text: "Blue" },
        ...Array.from({ length: 5 }, () => ({ type: "image_url", image_url: { url: expired } }))
      ]),
      /4/
    ],
    ["a picture of another format", attached("data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA="), /GIF/],
    ["a picture that can't be got at", says([{ type: "text", text: "Blue" }, { type: "image_url" }]), /'image_url'/],
    ["a picture that has expired", attached(expired), undefined],
    ["a wrong field", says("A cat", { n: 99 }), /'n'/],
    ["a wrong size", says("A cat", { aspect_ratio: "wide-ish" }), /`aspect_ratio`/],
    ["a wrong flag", says("A cat --n 99"), /--n/],
    ["an unknown model", says("A cat", { model: "gpt-4o-mini" }), /gpt-4o-mini/],
    ["a broken body", "{", /JSON/]
  ]

  it.each(
    Object.entries(languages).flatMap(([language, locale]) => refused.map((row) => [language, locale, ...row] as const))
  )("is told in %s (%s): %s", async (language, locale, _, body, detail) => {
    const told = async (header: string, env: Readonly<Record<string, string>> = {}) =>
      errorFrom(
        await chat(testApp({ env }), typeof body === "string" ? body : { ...body }, { "accept-language": header })
      )
    const [said, english] = [await told(language), await told("en")]
    expect({ ...said, message: "" }).toEqual({ ...english, message: "" })
    if (locale === "en") return expect(said.message).toBe(english.message)
    expect(said.message).not.toBe(english.message)
    if (detail) expect(said.message).toMatch(detail)
    expect((await told("en", { LOCALE: locale })).message).toBe(said.message)
  })

  it("includes keys, and says nothing in other languages to programs", async () => {
    const german = { "accept-language": "de", authorization: "Bearer wrong" }
    const inChat = await errorFrom(await chat(testApp(), says("A cat"), german))
    expect(inChat).toMatchObject({ status: 401, message: messagesFor("de").errors?.wrongKey })
    const images = await testApp().fetch("/v1/images/generations", { method: "POST", headers: german, body: "{}" })
    expect((await errorFrom(images)).message).toMatch(/^Incorrect API key/)
  })
})
