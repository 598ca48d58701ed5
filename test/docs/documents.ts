import { readdirSync, readFileSync } from "node:fs"
import { join, resolve } from "node:path"

export const PROJECT = resolve(import.meta.dirname, "../..")

/** The text of a document of the project. */
export const read = (file: string): string => readFileSync(join(PROJECT, file), "utf8")

/** Every document: those at the root and those in `docs` and its folders, the translations of the README among them. */
export const documents: ReadonlyArray<string> = [
  ...readdirSync(PROJECT),
  ...readdirSync(join(PROJECT, "docs"), { recursive: true }).map((name) => `docs/${name}`)
]
  .filter((name) => name.endsWith(".md"))
  .toSorted()

/** The translations of the README have its commands; a test says so. */
export const isTranslation = (file: string): boolean => /README\.[a-z-]+\.md$/.test(file)

/** A document without its blocks of code. */
export const proseOf = (text: string): string => text.replace(/^ *```[\s\S]*?^ *```$/gm, "")

/** The text between a heading and the next one of its level or above. */
export const section = (file: string, heading: string): string => {
  const text = read(file)
  const start = text.indexOf(`\n${heading}\n`)
  if (start === -1) throw new Error(`${file} has no section "${heading}"`)
  const level = heading.split(" ", 1)[0]?.length ?? 0
  const rest = text.slice(start + heading.length + 2)
  const end = rest.search(new RegExp(`^#{1,${level}} `, "m"))
  return end === -1 ? rest : rest.slice(0, end)
}

/** The cells of each row whose first cell is code or a ratio; headings and rules are left out. */
export const rows = (text: string): ReadonlyArray<ReadonlyArray<string>> =>
  Array.from(text.matchAll(/^\| ((?:`|\d+:\d).*) \|$/gm), ([, row = ""]) => row.split("|").map((cell) => cell.trim()))

export const inCode = (cell: string | undefined): ReadonlyArray<string> =>
  Array.from((cell ?? "").matchAll(/`([^`]+)`/g), ([, code = ""]) => code)

/** The blocks of shell commands of a document. */
export const shellBlocks = (file: string): ReadonlyArray<string> =>
  Array.from(read(file).matchAll(/^ *```sh\n([\s\S]*?)^ *```$/gm), ([, text = ""]) => text)

/** The anchor that GitHub gives to a heading. */
export const slug = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}_\- ]/gu, "")
    .replaceAll(" ", "-")

export const anchorsOf = (text: string): ReadonlyArray<string> =>
  Array.from(proseOf(text).matchAll(/^#+ (.+)$/gm), ([, title = ""]) => slug(title))
