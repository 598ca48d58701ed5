import { readdirSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { PROJECT, read } from "./documents.ts"

const sourcesIn = (folder: string): string =>
  readdirSync(join(PROJECT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".generated.ts"))
    .map((name) => read(join(folder, name)))
    .join("\n")
const sources = sourcesIn("src")
const pageSources = sourcesIn("src/http/page")

const named = (text: string, pattern: RegExp): ReadonlyArray<string> => [
  ...new Set(Array.from(text.matchAll(pattern), ([, name = ""]) => name))
]

/** What the code stores by, found where it is written. */
const stores: ReadonlyArray<readonly [what: string, inCode: ReadonlyArray<string>, atLeast: number]> = [
  ["tables", named(sources, /CREATE TABLE (?:IF NOT EXISTS )?(\w+)/g), 2],
  ["columns", named(sources, /CREATE TABLE [\w ]+ \((\w+) INTEGER/g), 1],
  ["keys of an object's storage", named(sources, /storage\.put\("([\w-]+)"/g), 1],
  ["names in the browser", named(pageSources, /"(flux-[a-z-]+)"/g), 6],
  ["stores of IndexedDB", named(sources, /createObjectStore\("(\w+)"/g), 2],
  ["caches in the browser", named(sources, /caches\.open\("?([\w-]+)/g), 0],
  ["bindings", named(read("src/services/Bindings.ts"), /readonly (FLUX_CF_KV|LEDGER|RUNNER|RATE_LIMITER)\?:/g), 4],
  ["classes", named(read("wrangler.toml"), /"(GenerationJobs|KeyBudget|KeyLedger|JobRunner)"/g), 4]
]

describe("docs/storage.md", () => {
  const page = read("docs/storage.md")

  it.each(stores)("names all %s", (_, inCode, atLeast) => {
    expect(inCode.length).toBeGreaterThanOrEqual(atLeast)
    for (const name of inCode) expect(page).toContain(`\`${name}\``)
  })

  it("names nothing in the browser that is not there", () => {
    for (const name of named(page, /`(flux-[a-z-]+)`/g)) expect(pageSources).toContain(`"${name}"`)
  })

  it("is all that is stored: nothing uses another place", () => {
    expect(sources).not.toMatch(/sessionStorage|document\.cookie|caches\.default|\bnew Cache\b|\.D1|R2Bucket/)
  })

  it("tells the lifetimes of the code", () => {
    const minutes = (file: string, name: string) =>
      Number(
        new RegExp(`${name} = (\\d+) \\* 60_000`).exec(read(`src/services/ledger/${file}.ts`))?.[1] ??
          new RegExp(`${name} = (\\d+) \\* 60 \\* 1000`).exec(read(`src/services/ledger/${file}.ts`))?.[1]
      )
    expect(page).toContain(`at most ${minutes("LedgerObject", "wakeMillis")} minutes after a message`)
    expect(page).toContain(`${minutes("JobRow", "lateEndMillis")} minutes where no end has come`)
    expect(page).toContain(`after ${/daysTold = (\d+)/.exec(read("src/services/ledger/answers.ts"))?.[1]} days`)
  })
})
