/**
 * The texts of the page without their names, for its build: English tells the names for all languages, for eight times they
 * would be a twentieth of the page.
 */
import { readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { pathToFileURL } from "node:url"
import type { Plugin } from "esbuild"
import { locales } from "../src/domain/Locale.ts"

type Texts = unknown

const isGroup = (texts: Texts): texts is Readonly<Record<string, Texts>> =>
  typeof texts === "object" && texts !== null && !Array.isArray(texts)

/** As code, in the order of `names`; with `named`, as an object, else as arrays within arrays. */
const codeOf = (texts: Texts, names: Texts, named: boolean): string => {
  if (typeof texts === "function") return String(texts)
  if (!isGroup(texts) || !isGroup(names)) return JSON.stringify(texts)
  const parts = Object.keys(names).map((name) => {
    const code = codeOf(texts[name], names[name], named)
    return named ? `${JSON.stringify(name)}: ${code}` : code
  })
  return named ? `{${parts}}` : `[${parts}]`
}

const giveNames = `const named = (names, texts) =>
  typeof names === "object" && !Array.isArray(names)
    ? Object.fromEntries(Object.keys(names).map((name, place) => [name, named(names[name], texts[place])]))
    : texts
`

/** Stands in for `languages.generated.ts`, with the texts of the page alone. */
export const unnamedTexts: Plugin = {
  name: "unnamed-texts",
  setup: (build) =>
    build.onLoad({ filter: /[\\/]languages\.generated\.ts$/ }, async ({ path }) => {
      const fileOf = (locale: string) => join(dirname(path), `${locale}.ts`)
      const textsOf = async (locale: string): Promise<Texts> =>
        (await import(pathToFileURL(fileOf(locale)).href)).pageMessages
      const names = await textsOf("en")
      const others = locales.filter((locale) => locale !== "en")
      const entries = await Promise.all(
        others.map(async (locale) => {
          // What the functions among the texts use.
          const constants = readFileSync(fileOf(locale), "utf8").match(/^const .+$/gm) ?? []
          const texts = codeOf(await textsOf(locale), names, false)
          return `"${locale}": named(en, (() => {\n${constants.join("\n")}\nreturn ${texts}})())`
        })
      )
      const contents = `${giveNames}const en = ${codeOf(names, names, true)}\nexport const pageMessages = {en, ${entries}}`
      return { contents, loader: "js" }
    })
}
