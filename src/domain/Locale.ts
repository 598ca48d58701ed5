import { de } from "../http/locales/de.ts"
import { en } from "../http/locales/en.ts"
import { es } from "../http/locales/es.ts"
import { fr } from "../http/locales/fr.ts"
import { ja } from "../http/locales/ja.ts"
import type { Messages } from "../http/locales/Messages.ts"
import { ru } from "../http/locales/ru.ts"
import { zhCn } from "../http/locales/zh-cn.ts"
import { zhHant } from "../http/locales/zh-hant.ts"

const messagesByLocale = { en, "zh-cn": zhCn, "zh-hant": zhHant, ja, es, fr, ru, de } satisfies Record<string, Messages>

/** A language that this service answers in. */
export type Locale = keyof typeof messagesByLocale

export const messagesFor = (locale: Locale): Messages => messagesByLocale[locale]

/** Country codes that people type for the language. */
const shortForms: ReadonlyMap<string, Locale> = new Map([
  ["cn", "zh-cn"],
  ["tw", "zh-hant"],
  ["jp", "ja"]
])

const traditionalChinese: ReadonlyArray<string> = ["hant", "tw", "hk", "mo"]

/**
 * The locale for a language tag such as `de-AT`, `zh-Hant-HK` or `fr_FR.UTF-8`, in any case; `undefined` where we don't
 * have the language.
 */
export const matchLocale = (tag: string): Locale | undefined => {
  const [language = "", ...subtags] = tag
    .trim()
    .toLowerCase()
    .split(/[-_.@]/)
  if (language === "zh") {
    // A script says more than a region: zh-Hans-HK is simplified.
    const traditional = !subtags.includes("hans") && subtags.some((subtag) => traditionalChinese.includes(subtag))
    return traditional ? "zh-hant" : "zh-cn"
  }
  // The cast: Object.keys types its result as string, though the object is a literal of ours.
  const locales = Object.keys(messagesByLocale) as ReadonlyArray<Locale>
  return shortForms.get(language) ?? locales.find((locale) => locale === language)
}

/** A language range and its weight as in RFC 9110; anything else, `*` included, asks for nothing that we could give. */
const weightedTag = /^\s*([\w-]+)\s*(?:;\s*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?$/i

/** The best locale for an `Accept-Language` header, by its weights; English where none fits. */
export const negotiateLocale = (acceptLanguage: string | undefined): Locale => {
  const preferred = (acceptLanguage ?? "")
    .split(",")
    .map((entry) => {
      const [, tag = "", q = "1"] = weightedTag.exec(entry) ?? []
      return { locale: matchLocale(tag), q: Number(q) }
    })
    .filter(({ q }) => q > 0)
    .sort((a, b) => b.q - a.q)
  return preferred.find(({ locale }) => locale !== undefined)?.locale ?? "en"
}
