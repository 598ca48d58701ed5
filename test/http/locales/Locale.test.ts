import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { type Locale, locales, matchLocale } from "../../../src/domain/Locale.ts"
import { image } from "../../../src/http/chat/Markdown.ts"
import type { Messages } from "../../../src/http/locales/Messages.ts"
import { messagesFor } from "../../../src/http/locales/messagesFor.ts"
import { negotiateLocale } from "../../../src/http/locales/negotiateLocale.ts"

/** What a language truly shares with English. */
const sharedWithEnglish: Partial<Record<Locale, ReadonlyArray<string>>> = { de: ["seed"] }
const translated = locales
  .filter((locale) => locale !== "en")
  .map((locale) => ({ locale, shared: sharedWithEnglish[locale] ?? [] }))

/** Every message as one string, the functions called with arguments that can be found again. */
const sentences = (messages: Messages): Record<string, string> => {
  const { errors, imageFailed, optimizationFailed, sizeAdapted, stepsIgnored, ...rest } = messages
  const { betaDrawn, modelReplaced, wishesIgnored, ...texts } = rest
  return {
    ...texts,
    ...optimizationFailed,
    sizeAdapted: sizeAdapted("1111x2222", "3333x4444"),
    stepsIgnored: stepsIgnored(17, undefined),
    stepsAboveMaximum: stepsIgnored(17, 8),
    imageFailed: imageFailed(5, 9),
    wishesIgnored: wishesIgnored("guidance", "klein"),
    replacedForCapacity: modelReplaced.capacity("klein", "flux-2-dev"),
    replacedAsRetired: modelReplaced.retired("klein", "flux-2-dev"),
    replacedForQuota: modelReplaced.quota("klein", "flux-2-dev"),
    betaDrawn: betaDrawn("klein", "1111x2222")
  }
}

const labels = ["originalPrompt", "promptModel", "optimizedPrompt", "imageSize", "seed"] as const

describe("matchLocale", () => {
  it.each<[string, Locale | undefined]>([
    ["en", "en"],
    ["en-GB", "en"],
    ["EN_us", "en"],
    ["de", "de"],
    ["de-AT", "de"],
    ["de-CH-1996", "de"],
    ["de_DE.UTF-8", "de"],
    [" fr ", "fr"],
    ["fr-CA", "fr"],
    ["es-419", "es"],
    ["ru-RU", "ru"],
    ["ja-JP", "ja"],
    ["jp", "ja"],
    ["zh", "zh-cn"],
    ["zh-CN", "zh-cn"],
    ["zh-SG", "zh-cn"],
    ["zh-Hans", "zh-cn"],
    ["zh-Hans-HK", "zh-cn"],
    ["cn", "zh-cn"],
    ["zh-TW", "zh-hant"],
    ["zh_TW.UTF-8", "zh-hant"],
    ["zh-HK", "zh-hant"],
    ["zh-MO", "zh-hant"],
    ["zh-Hant", "zh-hant"],
    ["zh-Hant-CN", "zh-hant"],
    ["ZH-HANT-TW", "zh-hant"],
    ["tw", "zh-hant"],
    ["eo", undefined],
    ["pt-BR", undefined],
    ["deu", undefined],
    ["d", undefined],
    ["*", undefined],
    ["", undefined],
    ["-", undefined],
    ["constructor", undefined],
    ["__proto__", undefined]
  ])("%j is %s", (tag, locale) => {
    expect(matchLocale(tag)).toBe(locale)
  })

  it("knows what it gives", () => {
    fc.assert(
      fc.property(fc.string(), (tag) => {
        expect([...locales, undefined]).toContain(matchLocale(tag))
      })
    )
  })
})

describe("negotiateLocale", () => {
  it.each<[string | undefined, Locale]>([
    [undefined, "en"],
    ["", "en"],
    ["fr", "fr"],
    ["fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5", "fr"],
    ["de;q=0.7,ja;q=0.8", "ja"],
    ["de;q=0.5, ru;q=0.50", "de"],
    ["en-US,en;q=0.9,de;q=0.8", "en"],
    ["pt-BR,pt;q=0.9,es;q=0.8,en;q=0.7", "es"],
    ["zh-TW,zh;q=0.9,en-US;q=0.8", "zh-hant"],
    ["zh-CN,zh-TW;q=0.9", "zh-cn"],
    ["  ru ; q=0.2 ,\tde ;q=0.3", "de"],
    ["ru;q=0.2,de;Q=0.3", "de"],
    ["*", "en"],
    ["*;q=1, de;q=0.1", "de"],
    ["de;q=0", "en"],
    ["de;q=0.000, fr;q=0.001", "fr"],
    ["de;q=, fr;q=0.1", "fr"],
    ["de;q, fr;q=0.1", "fr"],
    ["de;q=high, fr;q=0.1", "fr"],
    ["de;q=-1, fr;q=0.1", "fr"],
    ["de;q=2, fr;q=0.1", "fr"],
    ["de;q=Infinity, fr;q=0.1", "fr"],
    ["de;q=1e0, fr;q=0.1", "fr"],
    ["de;q=0x1, fr;q=0.1", "fr"],
    ["de;q=nonsense", "en"],
    [",,;q=1,;", "en"],
    ["tlh, eo;q=0.9", "en"]
  ])("%j is answered in %s", (header, locale) => {
    expect(negotiateLocale(header)).toBe(locale)
  })

  it("takes the heaviest of our languages, wherever it stands", () => {
    const entry = fc.record({
      tag: fc.oneof(fc.constantFrom(...locales), fc.constantFrom("eo", "tlh-Latn", "*")),
      thousandths: fc.integer({ min: 0, max: 1000 })
    })
    const entries = fc.uniqueArray(entry, { selector: ({ thousandths }) => thousandths })
    fc.assert(
      fc.property(entries, (wanted) => {
        const header = wanted.map(({ tag, thousandths }) => `${tag};q=${(thousandths / 1000).toFixed(3)}`).join(",")
        const ours = wanted.filter(({ tag, thousandths }) => thousandths > 0 && matchLocale(tag))
        const heaviest = ours.toSorted((a, b) => a.thousandths - b.thousandths).at(-1)
        expect(negotiateLocale(header)).toBe(heaviest?.tag ?? "en")
      })
    )
  })

  it("answers any header in one of our languages", () => {
    const piece = fc.constantFrom("de", "zh", "-", "TW", "*", ";", "q", "=", "0.5", "1", ",", " ", "\u0000", "é")
    const header = fc.oneof(
      fc.string(),
      fc.array(piece).map((pieces) => pieces.join(""))
    )
    fc.assert(
      fc.property(header, (text) => {
        expect(locales).toContain(negotiateLocale(text))
      })
    )
  })
})

describe.each(locales)("messages in %s", (locale) => {
  const messages = messagesFor(locale)

  it.each(Object.entries(sentences(messages)))("%s is one line of text", (_, sentence) => {
    expect(sentence.trim()).not.toBe("")
    expect(sentence).not.toMatch(/[\n\r]|undefined|NaN|\[object/)
  })

  it.each(labels)("%s leaves the colon to the line it labels", (label) => {
    expect(messages[label]).not.toMatch(/[:：]/)
  })

  it("has an alternative text that markdown takes as it is", () => {
    const url = "https://example.com/image/a.png"
    expect(image(messages.imageAlt, url)).toBe(`![${messages.imageAlt}](${url})`)
  })

  it("says both sizes", () => {
    expect(messages.sizeAdapted("1111x2222", "3333x4444")).toMatch(/1111x2222.*3333x4444/)
  })

  it("says the steps, and the most that there can be where that is known", () => {
    expect(messages.stepsIgnored(17, undefined)).toContain("17")
    expect(messages.stepsIgnored(17, 8)).toContain("17")
    expect(messages.stepsIgnored(17, 8)).toMatch(/(?<!\d)8(?!\d)/)
  })

  it("says which image of how many failed", () => {
    expect(messages.imageFailed(5, 9).match(/\d/g)?.toSorted()).toEqual(["5", "9"])
  })
})

describe.each(translated)("messages in $locale", ({ locale, shared }) => {
  it("are translated", () => {
    const english = sentences(messagesFor("en"))
    const same = Object.entries(sentences(messagesFor(locale))).filter(([name, text]) => text === english[name])
    expect(same.map(([name]) => name)).toEqual(shared)
  })
})

it("tells the two Chinese scripts apart", () => {
  expect(messagesFor("zh-cn").imageAlt).toBe("生成的图像")
  expect(messagesFor("zh-hant").imageAlt).toBe("生成的圖片")
})

it("answers in German with the words that its readers know", () => {
  expect(messagesFor("de")).toMatchObject({
    originalPrompt: "Originaler Prompt",
    promptModel: "Prompt-Generierungsmodell",
    noPromptModel: "Original Prompt",
    optimizedPrompt: "Optimierter Prompt",
    imageSize: "Bildgröße",
    imageGenerated: "Bild erfolgreich generiert!",
    hereIsTheResult: "Hier ist das Ergebnis:",
    imageAlt: "Generiertes Bild"
  })
})
