/**
 * The texts of the page without their names, for its build: English tells the names for all languages, for eight times they
 * would be a twentieth of the page.
 */
import { readFileSync } from "node:fs"
import { basename, dirname, join } from "node:path"
import { pathToFileURL } from "node:url"
import type { Plugin } from "esbuild"

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

const giveNames = `export const named = (names, texts) =>
  typeof names === "object" && !Array.isArray(names)
    ? Object.fromEntries(Object.keys(names).map((name, place) => [name, named(names[name], texts[place])]))
    : texts
`

const textsIn = async (path: string): Promise<Texts> => (await import(pathToFileURL(path).href)).pageMessages

export const unnamedTexts: Plugin = {
  name: "unnamed-texts",
  setup: (build) =>
    build.onLoad({ filter: /[\\/]locales[\\/](?:[a-z]{2}|zh-[a-z]+)\.ts$/ }, async ({ path }) => {
      const names = await textsIn(join(dirname(path), "en.ts"))
      const english = basename(path) === "en.ts"
      const code = codeOf(await textsIn(path), names, english)
      // What the functions among the texts use.
      const constants = readFileSync(path, "utf8").match(/^const .+$/gm) ?? []
      const contents = english
        ? `${giveNames}export const pageMessages = ${code}`
        : `import { named, pageMessages as names } from "./en.ts"\nexport const pageMessages = named(names, ${code})`
      return { contents: [...constants, contents].join("\n"), loader: "js", resolveDir: dirname(path) }
    })
}
