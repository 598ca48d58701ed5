/**
 * src/http/page/page.generated.ts: the page at `/`, the reference at `/docs` and the page for lost links, each as one HTML file.
 */
import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import * as esbuild from "esbuild"
import { unnamedTexts } from "./pageTexts.ts"
import { writeGenerated } from "./writeGenerated.ts"

const FOLDER = join(import.meta.dirname, "../src/http/page")
const OUTPUT = join(FOLDER, "page.generated.ts")
/** Browsers since autumn 2023, which have all that the page uses. */
const TARGET = ["chrome119", "firefox121", "safari17"]

const read = (path: string) => {
  try {
    return readFileSync(path, "utf8")
  } catch {
    return ""
  }
}

const bundle = async (entry: string): Promise<string> => {
  const { outputFiles } = await esbuild.build({
    entryPoints: [join(FOLDER, entry)],
    bundle: true,
    minify: true,
    write: false,
    format: entry.endsWith(".ts") ? "iife" : "esm",
    target: TARGET,
    charset: "utf8",
    legalComments: "none",
    plugins: [unnamedTexts]
  })
  return (outputFiles[0]?.text ?? "").trim()
}

const hash = (text: string) => `sha256-${createHash("sha256").update(text).digest("base64")}`

/** Puts `text` in the place of `mark`, which has to be there. */
const put = (html: string, mark: string, text: string): string => {
  if (!html.includes(mark)) throw new Error(`The page has no ${mark}`)
  return html.replace(mark, () => text)
}

const htmlOf = (name: string): string =>
  read(join(FOLDER, name))
    .replace(/>\s*\n\s*</g, "><")
    .trim()

const withStyle = (html: string, style: string): string => put(html, "<style></style>", `<style>${style}</style>`)

const withScript = (html: string, script: string): string => {
  if (/<\/script|<!--/i.test(script)) throw new Error("The script holds what would end its element")
  return put(html, "<script></script>", `<script>${script}</script>`)
}

const localized = (html: string): string => put(html, '<html lang="en">', '<html lang="{{lang}}">')

const [script, style, referenceScript, referenceStyle, noteStyle, serviceWorker] = await Promise.all(
  ["main.ts", "page.css", "reference/main.ts", "reference/reference.css", "css/note.css", "serviceWorker.ts"].map(
    bundle
  )
)
if (!script || !style || !referenceScript || !referenceStyle || !noteStyle || !serviceWorker)
  throw new Error("A part of a page is empty")

const page = put(
  withScript(withStyle(localized(htmlOf("page.html")), style), script),
  ">null</script>",
  ">{{service}}</script>"
)

// The small ones first: what they have in common with the page is at its beginning, near enough for gzip to find.
writeGenerated(OUTPUT, {
  serviceWorker,
  icon: read(join(FOLDER, "icon.svg")).trim(),
  iconPng: readFileSync(join(FOLDER, "icon.png")).toString("base64"),
  note: withStyle(localized(htmlOf("note.html")), noteStyle),
  noteStyleHash: hash(noteStyle),
  reference: withScript(withStyle(htmlOf("reference/reference.html"), referenceStyle), referenceScript),
  referenceScriptHash: hash(referenceScript),
  referenceStyleHash: hash(referenceStyle),
  page,
  scriptHash: hash(script),
  styleHash: hash(style)
})
