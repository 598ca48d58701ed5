/**
 * src/http/locales/languages.generated.ts: the texts of each language of `locales` (src/domain/Locale.ts), in a record for each
 * kind. Each bundle keeps the records that it names: the page has no texts of the chat, and the Worker none of the page.
 */
import { join } from "node:path"
import { type Locale, locales } from "../src/domain/Locale.ts"
import { writeModule } from "./writeGenerated.ts"

/** `zh-hant` is `zhHant` in a program. */
const nameOf = (locale: Locale): string => locale.replace(/-./g, ([, letter = ""]) => letter.toUpperCase())

const record = (name: string, type: string, member: (locale: Locale) => string): string => {
  const entries = locales.map((locale) => `  "${locale}": ${nameOf(locale)}.${member(locale)}`)
  return `export const ${name}: Readonly<Record<Locale, ${type}>> = {\n${entries.join(",\n")}\n}\n`
}

writeModule(
  join(import.meta.dirname, "../src/http/locales/languages.generated.ts"),
  [
    'import type { Locale } from "../../domain/Locale.ts"\n',
    ...["Messages", "PageMessages", "SiteMessages"].map((type) => `import type { ${type} } from "./${type}.ts"\n`),
    ...locales.map((locale) => `import * as ${nameOf(locale)} from "./${locale}.ts"\n`),
    "\n/** The sentences of a chat answer. */\n",
    record("messages", "Messages", nameOf),
    "\n/** What pages without a program say. */\n",
    record("siteMessages", "SiteMessages", () => "siteMessages"),
    "\n/** The texts of the page. */\n",
    record("pageMessages", "PageMessages", () => "pageMessages")
  ].join("")
)
