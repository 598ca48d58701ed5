import { join, resolve } from "node:path"
import * as esbuild from "esbuild"
import { describe, expect, it } from "vitest"
import { unnamedTexts } from "../../scripts/pageTexts.ts"
import { locales } from "../../src/domain/Locale.ts"

const FOLDER = join(resolve(import.meta.dirname, "../.."), "src/http/locales")

/** The texts as they are, and as the build of the page bundles them. */
const textsOf = async (locale: string) => {
  const entry = join(FOLDER, `${locale}.ts`)
  const { outputFiles } = await esbuild.build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    plugins: [unnamedTexts]
  })
  const code = Buffer.from(outputFiles[0]?.text ?? "").toString("base64")
  const built = await import(/* @vite-ignore */ `data:text/javascript;base64,${code}`)
  const written = await import(/* @vite-ignore */ entry)
  return [built.pageMessages, written.pageMessages] as const
}

/** A tree of texts with what its functions say. */
const told = (texts: unknown): unknown => {
  if (typeof texts === "function") return [1, 2, 5].map((count) => texts(count, "3", "4"))
  if (typeof texts !== "object" || texts === null || Array.isArray(texts)) return texts
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, told(text)]))
}

describe("the texts of the page as they are built", () => {
  it.each(locales)("say in %s what they say in the source", async (locale) => {
    const [built, written] = await textsOf(locale)
    expect(told(built)).toEqual(told(written))
  })
})
