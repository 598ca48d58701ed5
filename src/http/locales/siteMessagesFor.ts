import type { Locale } from "../../domain/Locale.ts"
import { siteMessages as de } from "./de.ts"
import { siteMessages as en } from "./en.ts"
import { siteMessages as es } from "./es.ts"
import { siteMessages as fr } from "./fr.ts"
import { siteMessages as ja } from "./ja.ts"
import { siteMessages as ru } from "./ru.ts"
import type { SiteMessages } from "./SiteMessages.ts"
import { siteMessages as zhCn } from "./zh-cn.ts"
import { siteMessages as zhHant } from "./zh-hant.ts"

const messagesByLocale: Readonly<Record<Locale, SiteMessages>> = {
  en,
  "zh-cn": zhCn,
  "zh-hant": zhHant,
  ja,
  es,
  fr,
  ru,
  de
}

/** What pages without a program say, in a language. */
export const siteMessagesFor = (locale: Locale): SiteMessages => messagesByLocale[locale]
