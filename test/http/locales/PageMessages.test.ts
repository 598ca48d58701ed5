import { describe, expect, it } from "vitest"
import { type Locale, locales } from "../../../src/domain/Locale.ts"
import { messages, pageMessages, siteMessages } from "../../../src/http/locales/languages.generated.ts"

/** All sentences in a tree of texts, those that take values with some in them. */
const sentencesIn = (value: unknown): ReadonlyArray<string> => {
  if (typeof value === "string") return [value]
  if (typeof value === "function") return [2, 1].map((count) => String(value(count, "3")))
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(sentencesIn) : []
}

const all = (locale: Locale) => sentencesIn([messages, siteMessages, pageMessages].map((textsOf) => textsOf[locale]))

const breaking = (locale: Locale, rule: RegExp) => all(locale).filter((sentence) => rule.test(sentence))

describe.each(locales)("the texts of the page in %s", (locale) => {
  const { advice, examples, keyHint } = pageMessages[locale]

  it("are all there", () => {
    expect(all(locale).length).toBeGreaterThan(150)
    expect(all(locale).filter((sentence) => sentence.trim() === "")).toEqual([])
    expect(examples).toHaveLength(pageMessages.en.examples.length)
    expect(new Set(pageMessages[locale].choices.styles).size).toBe(pageMessages.en.choices.styles.length)
  })

  it("tell somebody with a key of no setting that only the owner can change", () => {
    for (const sentence of sentencesIn(advice)) expect(sentence).not.toMatch(/[A-Z]{2,}_|wrangler|Settings/)
    expect(keyHint).not.toContain("API_KEY")
  })

  it("begin with examples that have ratios of the table, or none", () => {
    for (const example of examples) expect(example).toMatch(/[^\d]$|(,|、|，)? ?(3:2|4:5|16:9)$/)
  })
})

describe("what tools of this kind say", () => {
  it("is 生成 for drawing in Chinese and Japanese", () => {
    for (const locale of ["zh-cn", "zh-hant", "ja"] as const) {
      expect(pageMessages[locale].draw).toBe("生成")
      expect(breaking(locale, /绘制|繪製|画画|畫畫|描[くいか]|描画/)).toEqual([])
    }
  })

  it("is one word for picture in each language", () => {
    expect(breaking("zh-cn", /图片|圖/)).toEqual([])
    expect(breaking("zh-hant", /圖像|图/)).toEqual([])
    expect(breaking("ja", /イメージ|写真(?!$)/)).toEqual([])
    expect(breaking("ru", /картин/i)).toEqual([])
    expect(breaking("de", /Grafik|Abbildung/)).toEqual([])
  })

  it("is one form of address in Spanish", () => {
    expect(
      breaking(
        "es",
        /\b(usted|int[eé]ntelo|env[ií]e(?:la|lo)?|describa|cambie|elija|descargue|introduzca|compruebe|pida|avise)\b/i
      )
    ).toEqual([])
  })

  it("sets the spaces of French typography", () => {
    expect(breaking("fr", / [;:!?»]|« |(?<![\s\u00a0\d])[;!?»]|(?<![\s\u00a0\d]):(?!\/)/)).toEqual([])
  })

  it("has the verbs of image tools in Russian and German", () => {
    expect(pageMessages.ru.edit).toBe("Редактировать")
    expect(pageMessages.de.draw).toBe("Erstellen")
    expect(breaking("ru", /Править/)).toEqual([])
    expect(breaking("de", /Optimiertes Prompt|Bildspezifikation/)).toEqual([])
  })
})
