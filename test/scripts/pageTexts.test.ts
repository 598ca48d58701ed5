import { join, resolve } from "node:path"
import * as esbuild from "esbuild"
import { describe, expect, it } from "vitest"
import { unnamedTexts } from "../../scripts/pageTexts.ts"
import { locales } from "../../src/domain/Locale.ts"
import { pageMessages } from "../../src/http/locales/languages.generated.ts"

const TEXTS = join(resolve(import.meta.dirname, "../.."), "src/http/locales/languages.generated.ts")

/** The texts as the build of the page bundles them. */
const builtTexts = async () => {
  const { outputFiles } = await esbuild.build({
    entryPoints: [TEXTS],
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    plugins: [unnamedTexts]
  })
  const code = Buffer.from(outputFiles[0]?.text ?? "").toString("base64")
  return (await import(/* @vite-ignore */ `data:text/javascript;base64,${code}`)).pageMessages
}

/** A tree of texts with what its functions say. */
const told = (texts: unknown): unknown => {
  if (typeof texts === "function") return [1, 2, 5].map((count) => texts(count, "3", "4"))
  if (typeof texts !== "object" || texts === null || Array.isArray(texts)) return texts
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, told(text)]))
}

describe("the texts of the page as they are built", () => {
  it.each(locales)("say in %s what they say in the source", async (locale) => {
    expect(told((await builtTexts())[locale])).toEqual(told(pageMessages[locale]))
  })
})
