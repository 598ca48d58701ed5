import { existsSync } from "node:fs"
import { dirname, join, resolve } from "node:path"
import { describe, expect, it } from "vitest"
import { withoutPreviewNote } from "../../scripts/previewNote.ts"
import { parsePrompt } from "../../src/domain/PromptText.ts"
import { beginsWithPhrase, defaultEditPhrases } from "../../src/http/chat/editPhrases.ts"
import { anchorsOf, PROJECT, proseOf, read as textOf } from "./documents.ts"

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

const inCode = (text: string) => matches(text, /`[^`]+`/g).toSorted()
/** The table of what people type, in a section that has the same place in each language. */
const messages = /(?<=\n## [^\n]*\n\n)\|[^\n]*\n\|[^\n]*\n(?:\| `[^`]+` +\|[^\n]*\n){4}/

const read = (file: string) => {
  const text = textOf(file)
  // What people type is said in their own language.
  const prose = proseOf(text).replace(messages, "")
  return {
    fences: matches(text, /^ *```[\s\S]*?^ *```$/gm),
    headings: matches(prose, /^#+ .+$/gm),
    rows: matches(prose, /^ *\|(.*)\|$/gm).map((row) => row.split("|").map((cell) => cell.trim())),
    items: matches(prose, /^ *(?:-|\d+\.) /gm),
    bold: matches(prose, /\*\*[^*]+\*\*/g),
    code: inCode(prose.replace(/^ *\|.*$/gm, "")),
    links: matches(prose, /\]\(([^)\s]+)\)/g),
    messages: matches(messages.exec(text)?.[0] ?? "", /^\| `([^`]+)`/gm)
  }
}

const english = read("README.md")
const translations = Object.entries(languages).filter(([, file]) => file !== "README.md")

describe.each(translations)("README in %s", (_, file) => {
  const translated = read(file)

  it("has the commands and drawings of the README", () => {
    expect(english.fences.length).toBeGreaterThan(4)
    expect(translated.fences).toEqual(english.fences)
  })

  it("has its sections, list items and bold leads", () => {
    const shape = (headings: ReadonlyArray<string>) => headings.map((heading) => heading.split(" ", 1)[0])
    expect(shape(translated.headings)).toEqual(shape(english.headings))
    expect(translated.items).toEqual(english.items)
    expect(translated.bold).toHaveLength(english.bold.length)
  })

  it("has every row of its tables: clients, settings, fixes, concerns", () => {
    // A name in code is the same in each language, in whichever order a sentence needs.
    const names = (rows: ReadonlyArray<ReadonlyArray<string>>) => rows.map((row) => inCode(row.join("|")))
    expect(english.rows.length).toBeGreaterThan(25)
    expect(names(translated.rows)).toEqual(names(english.rows))
  })

  it("has the names of the README in its text", () => {
    expect(translated.code).toEqual(english.code)
  })

  it("leads where the README leads", () => {
    const target = (from: string) => (link: string) =>
      link.startsWith("http") ? link : link.startsWith("#") ? "#" : resolve(PROJECT, dirname(from), link)
    const readmes = Object.values(languages).map((each) => resolve(PROJECT, each))
    const notReadmes = (link: string) => !readmes.includes(link)
    expect(translated.links.map(target(file)).filter(notReadmes).toSorted()).toEqual(
      english.links.map(target("README.md")).filter(notReadmes).toSorted()
    )
  })
})

describe.each(Object.entries(languages))("README in %s", (language, file) => {
  const { links, messages } = read(file)

  it("is short", () => {
    expect(textOf(file).split("\n").length).toBeLessThan(175)
  })

  it("links to files and sections that exist", () => {
    for (const link of links.filter((each) => !each.startsWith("http"))) {
      const [path = "", anchor] = link.split("#")
      const target = resolve(PROJECT, dirname(file), path)
      expect(existsSync(target), link).toBe(true)
      if (anchor !== undefined)
        expect(anchorsOf(textOf(target.slice(join(PROJECT, "/").length))), link).toContain(anchor)
    }
  })

  it("tells messages that do what it says", () => {
    expect(messages).toHaveLength(4)
    const [wide, edit = "", flags, improve] = messages.map((message) => {
      const parsed = parsePrompt(message)
      return parsed._tag === "Success" ? parsed.success : undefined
    })
    expect(wide?.flags.size).toMatchObject({ width: 1024, height: 576 })
    expect(beginsWithPhrase(messages[1] ?? "", defaultEditPhrases)).toBe(true)
    expect(edit).toMatchObject({ prompt: messages[1] })
    expect(flags?.flags).toMatchObject({ size: { width: 576, height: 1024 }, seed: 42, n: 2 })
    expect(improve?.flags).toMatchObject({ raw: false })
  })

  it("says of its picture that it is a preview, for as long as it is one", () => {
    const text = textOf(file)
    const without = withoutPreviewNote(text)
    const lines = (prose: string) => prose.split("\n\n")
    const gone = lines(text).filter((each) => !lines(without).includes(each))
    // Where the owner has put pictures of Flux there is no note any more.
    expect(gone.length).toBeLessThanOrEqual(1)
    for (const note of gone) expect(note).toMatch(/^_[\s\S]*images\/README\.md\)[\s\S]*_$/)
    expect(withoutPreviewNote(without)).toBe(without)
  })

  it("links to the other languages at its top", () => {
    const top = textOf(file).split("\n\n")[3]?.replaceAll("\n", " ") ?? ""
    const expected = Object.entries(languages).map(([name, other]) => {
      if (name === language) return name
      const path = file === "README.md" ? other : other === "README.md" ? "../README.md" : other.replace("docs/", "")
      return `[${name}](${path})`
    })
    expect(top.split(" | ")).toEqual(expected)
  })
})
