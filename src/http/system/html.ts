import type { Locale } from "../../domain/Locale.ts"

/** For the HTML's `lang`, by which browsers choose fonts and voices: `zh-Hant`. */
export const languageTag = (locale: Locale): string => new Intl.Locale(locale).toString()

/** A text as it may stand in HTML. */
export const escapeHtml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;")

/** The headers of every page: it is read as what it says that it is, and tells nobody where a reader came from. */
export const pageHeaders = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer"
}
