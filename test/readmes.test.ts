import { existsSync, readFileSync } from "node:fs"
import { dirname, join, resolve } from "node:path"
import { describe, expect, it } from "vitest"

const PROJECT = resolve(import.meta.dirname, "..")
const languages = {
  English: "README.md",
  简体中文: "docs/README.zh-cn.md",
  繁體中文: "docs/README.zh-hant.md",
  日本語: "docs/README.ja.md",
  Español: "docs/README.es.md",
  Français: "docs/README.fr.md",
  Русский: "docs/README.ru.md",
  Deutsch: "docs/README.de.md"
}

const matches = (text: string, pattern: RegExp): ReadonlyArray<string> =>
  Array.from(text.matchAll(pattern), ([whole, group]) => group ?? whole)

const fence = /^ *```[\s\S]*?^ *```$/gm
const inCode = (text: string) => matches(text, /`[^`]+`/g).toSorted()

/** The anchor that GitHub gives to a heading. */
const slug = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}_\- ]/gu, "")
    .replaceAll(" ", "-")

const read = (file: string) => {
  const text = readFileSync(join(PROJECT, file), "utf8")
  const prose = text.replace(fence, "")
  // What was checked with each client is told in English alone.
  const table = prose.replace(/(?<=clients:start -->)[\s\S]*?(?=<!-- clients:end)/, (clients) =>
    clients.replace(/^(\|(?:[^|\n]*\|){3}).*$/gm, "$1")
  )
  return {
    fences: matches(text, fence),
    headings: matches(prose, /^#+ .+$/gm),
    rows: matches(table, /^ *\|(.*)\|$/gm).map((row) => row.split("|").map((cell) => cell.trim())),
    items: matches(prose, /^ *(?:-|\d+\.) /gm),
    code: inCode(prose.replace(/^ *\|.*$/gm, "")),
    links: matches(prose, /\]\(([^)\s]+)\)/g)
  }
}

const english = read("README.md")
const settingRows = (rows: ReadonlyArray<ReadonlyArray<string>>) =>
  rows.filter(([name]) => /^`[A-Z_]+`$/.test(name ?? ""))
const translations = Object.entries(languages).filter(([, file]) => file !== "README.md")

describe.each(translations)("README in %s", (_, file) => {
  const translated = read(file)

  it("has the commands and answers of the README", () => {
    expect(english.fences.length).toBeGreaterThan(10)
    expect(translated.fences).toEqual(english.fences)
  })

  it("has its sections and list items", () => {
    const shape = (headings: ReadonlyArray<string>) => headings.map((heading) => heading.split(" ", 1)[0])
    expect(shape(translated.headings)).toEqual(shape(english.headings))
    expect(translated.items).toEqual(english.items)
  })

  it("has its settings, with the same defaults and examples", () => {
    const cells = (rows: ReadonlyArray<ReadonlyArray<string>>) =>
      settingRows(rows).map(([name, , byDefault = "", example = ""]) => [name, inCode(byDefault), inCode(example)])
    expect(cells(english.rows).length).toBeGreaterThan(20)
    expect(cells(translated.rows)).toEqual(cells(english.rows))
  })

  it("has every row of its tables: endpoints, models, sizes, flags, errors", () => {
    // A name in code is the same in each language, in whichever order a sentence needs.
    const names = (rows: ReadonlyArray<ReadonlyArray<string>>) => rows.map((row) => inCode(row.join("|")))
    expect(names(translated.rows)).toEqual(names(english.rows))
    const numbers = (rows: ReadonlyArray<ReadonlyArray<string>>) =>
      rows.map((row) => row.filter((cell) => /^[\d:.x]+$/.test(cell)))
    expect(numbers(translated.rows)).toEqual(numbers(english.rows))
  })

  it("has the names of the README in its text", () => {
    expect(translated.code).toEqual(english.code)
  })

  it("leads where the README leads", () => {
    const target = (from: string) => (link: string) =>
      link.startsWith("http") ? link : link.startsWith("#") ? "#" : resolve(PROJECT, dirname(from), link)
    const notReadmes = (link: string) => !/README/.test(link)
    expect(translated.links.map(target(file)).filter(notReadmes).toSorted()).toEqual(
      english.links.map(target("README.md")).filter(notReadmes).toSorted()
    )
  })
})

describe.each(Object.entries(languages))("README in %s", (language, file) => {
  const text = readFileSync(join(PROJECT, file), "utf8")
  const { headings, links } = read(file)

  it("links to files and sections that exist", () => {
    const anchors = headings.map((heading) => slug(heading.replace(/^#+ /, "")))
    for (const link of links.filter((each) => !each.startsWith("http"))) {
      if (link.startsWith("#")) expect(anchors).toContain(link.slice(1))
      else expect(existsSync(resolve(PROJECT, dirname(file), link)), link).toBe(true)
    }
  })

  it("links to the other languages at its top", () => {
    const top = text.split("\n\n")[1]?.replaceAll("\n", " ") ?? ""
    const expected = Object.entries(languages).map(([name, other]) => {
      if (name === language) return name
      const path = file === "README.md" ? other : other === "README.md" ? "../README.md" : other.replace("docs/", "")
      return `[${name}](${path})`
    })
    expect(top.split(" | ")).toEqual(expected)
  })
})
