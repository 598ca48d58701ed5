import { describe, expect, it } from "vitest"
import { UpstreamError } from "../../../src/domain/Errors.ts"
import type { Locale } from "../../../src/domain/Locale.ts"
import { errorSentence } from "../../../src/http/locales/errorSentence.ts"
import { messagesFor } from "../../../src/http/locales/messagesFor.ts"
import { FakeFluxModel } from "../../support/layers/testLayers.ts"
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

  it("is that of notices and failures too, and not that of the error object", async () => {
    const german = { "accept-language": "de" }
    const error = new UpstreamError({ message: "Workers AI is on fire." })
    const failing = testApp({ flux: FakeFluxModel.failing(error) })
    const { content, error: told } = await streamFrom(await chat(failing, says("A cat", { stream: true }), german))
    const inGerman = messagesFor("de")
    expect(content).toContain(`⚠️ ${inGerman.generationFailed} ${errorSentence(error, inGerman)}`)
    expect(told?.message).toBe("Workers AI is on fire.")
    expect((await errorFrom(await chat(failing, says("A cat"), german))).message).toBe("Workers AI is on fire.")
    const adapted = await contentFrom(await chat(testApp(), says("A cat --steps 50"), german))
    expect(adapted).toContain(`⚠️ ${messagesFor("de").stepsIgnored(50, 8)}  \n`)
  })
})
