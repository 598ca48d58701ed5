/**
 * The languages that this service answers in. The only list of them: each has a file of its name in `src/http/locales`, which
 * `npm run generate` puts together, and the HTML's `lang` follows from the name.
 */
export const locales = ["en", "zh-cn", "zh-hant", "ja", "es", "fr", "ru", "de"] as const

export type Locale = (typeof locales)[number]

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
  return shortForms.get(language) ?? locales.find((locale) => locale === language)
}
