import type { Locale } from "../../domain/Locale.ts"
import { siteMessagesFor } from "../locales/siteMessagesFor.ts"
import { page, scriptHash, styleHash } from "../page/page.generated.ts"
import type { ServiceInfo } from "../page/ServiceInfo.ts"
import { escapeHtml, languageTag } from "./html.ts"

/** The page at `/`, in a language, with the name of the place and what it has to know of the service. */
export const drawingPage = (locale: Locale, service: ServiceInfo, title: string): string =>
  page
    .replace("{{lang}}", () => languageTag(locale))
    .replace("{{noscript}}", () => escapeHtml(siteMessagesFor(locale).noScript))
    .replace("{{service}}", () => inertJson(service))
    .replace("{{title}}", () => escapeHtml(title))
    .replace("{{title}}", () => escapeHtml(title))

/** Within a script element nothing but `<` can end the data or change how it is read. */
const inertJson = (value: unknown): string => JSON.stringify(value).replaceAll("<", "\\u003c")

/** Runs and styles what was built, and nothing else; loads nothing from elsewhere. */
export const pageSecurityPolicy = [
  "default-src 'none'",
  `script-src '${scriptHash}'`,
  `style-src '${styleHash}'`,
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  // The name of what may choose a script's address, which is that of the service worker.
  "trusted-types worker"
].join("; ")
