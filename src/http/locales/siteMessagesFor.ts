import type { Locale } from "../../domain/Locale.ts"
import { siteMessages } from "./languages.generated.ts"
import type { SiteMessages } from "./SiteMessages.ts"

/** What pages without a program say, in a language. */
export const siteMessagesFor = (locale: Locale): SiteMessages => siteMessages[locale]
