import { type Locale, matchLocale } from "../../domain/Locale.ts"

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
