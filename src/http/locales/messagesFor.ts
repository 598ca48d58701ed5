import type { Locale } from "../../domain/Locale.ts"
import { de } from "./de.ts"
import { en } from "./en.ts"
import { es } from "./es.ts"
import { fr } from "./fr.ts"
import { ja } from "./ja.ts"
import type { Messages } from "./Messages.ts"
import { ru } from "./ru.ts"
import { zhCn } from "./zh-cn.ts"
import { zhHant } from "./zh-hant.ts"

const messagesByLocale: Readonly<Record<Locale, Messages>> = {
  en,
  "zh-cn": zhCn,
  "zh-hant": zhHant,
  ja,
  es,
  fr,
  ru,
  de
}

/** The sentences of a chat answer in a language. */
export const messagesFor = (locale: Locale): Messages => messagesByLocale[locale]
