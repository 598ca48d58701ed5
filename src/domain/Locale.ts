import { en } from "./locales/en.ts"
import type { Messages } from "./locales/Messages.ts"

const messagesByLocale = { en } satisfies Record<string, Messages>

/** A language that this service answers in. */
export type Locale = keyof typeof messagesByLocale

export const messagesFor = (locale: Locale): Messages => messagesByLocale[locale]

/** The locale for a language tag such as `de-AT`; `undefined` where we don't have the language. */
export const matchLocale = (tag: string): Locale | undefined => {
  const language = tag.trim().toLowerCase().split(/[-_]/)[0]
  return (Object.keys(messagesByLocale) as ReadonlyArray<Locale>).find((locale) => locale === language)
}

/** The best locale for an `Accept-Language` header, by its weights; English where none fits. */
export const negotiateLocale = (acceptLanguage: string | undefined): Locale => {
  const weighted = (acceptLanguage ?? "").split(",").map((entry) => {
    const [tag = "", ...parameters] = entry.split(";")
    const q = parameters.find((parameter) => parameter.trim().startsWith("q="))
    return { tag, q: q ? Number(q.trim().slice(2)) : 1 }
  })
  const preferred = weighted.filter(({ q }) => q > 0).sort((a, b) => b.q - a.q)
  for (const { tag } of preferred) {
    const locale = matchLocale(tag)
    if (locale) return locale
  }
  return "en"
}
