/** `npm run generate`: src/http/page/page.generated.ts, the page at `/` as one HTML file. wrangler runs it before it bundles. */
import { createHash } from "node:crypto"
import { readFileSync, renameSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import * as esbuild from "esbuild"

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
    legalComments: "none"
  })
  return (outputFiles[0]?.text ?? "").trim()
}

const hash = (text: string) => `sha256-${createHash("sha256").update(text).digest("base64")}`

const [script, style] = await Promise.all([bundle("main.ts"), bundle("page.css")])
if (/<\/script|<!--/i.test(script)) throw new Error("The script holds what would end its element")

/** Puts `text` in the place of `mark`, which has to be there. */
const put = (html: string, mark: string, text: string): string => {
  if (!html.includes(mark)) throw new Error(`page.html has no ${mark}`)
  return html.replace(mark, () => text)
}

let html = read(join(FOLDER, "page.html"))
  .replace(/>\s*\n\s*</g, "><")
  .trim()
html = put(html, '<html lang="en">', '<html lang="{{lang}}">')
html = put(html, ">null</script>", ">{{service}}</script>")
html = put(html, "<style></style>", `<style>${style}</style>`)
html = put(html, "<script></script>", `<script>${script}</script>`)

const text = Object.entries({ page: html, scriptHash: hash(script), styleHash: hash(style) })
  .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)}\n`)
  .join("")

// Written only when it changes, so that a build that watches the folder comes to rest.
if (read(OUTPUT) !== text) {
  // Several builds may run at once, and none may read half a page.
  const part = `${OUTPUT}.${process.pid}`
  writeFileSync(part, text)
  renameSync(part, OUTPUT)
}
