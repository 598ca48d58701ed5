import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { withModelsTable } from "../../scripts/models-table.ts"
import { defaultSize, ratioSizes } from "../../src/domain/ImageSize.ts"
import { findModel } from "../../src/domain/ModelCatalogue.ts"
import { inCode, PROJECT, read, rows, section } from "./documents.ts"

describe("the documents and the code", () => {
  it("names every setting that the code reads, and no other", () => {
    const services = join(PROJECT, "src/services")
    const config = [
      join(services, "Config.ts"),
      ...readdirSync(join(services, "config")).map((name) => join(services, "config", name))
    ]
    const variables = config.flatMap((file) =>
      Array.from(readFileSync(file, "utf8").matchAll(/"([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*)"/g), ([, name = ""]) => name)
    )
    const bindings = Array.from(
      readFileSync(join(services, "Bindings.ts"), "utf8").matchAll(/readonly ([A-Z_]+)\?:/g),
      ([, name = ""]) => name
    )
    const documented = rows(read("docs/settings.md").split("\n## ", 1)[0] ?? "").map(([name]) => inCode(name)[0])
    expect(documented.toSorted()).toEqual([...new Set([...variables, ...bindings])].toSorted())
  })

  it("names every setting of .dev.vars.example", () => {
    const example = readFileSync(join(PROJECT, ".dev.vars.example"), "utf8")
    const names = Array.from(example.matchAll(/^#?([A-Z_]+)=/gm), ([, name = ""]) => name)
    expect(names.length).toBeGreaterThan(0)
    for (const name of names) expect(read("docs/settings.md")).toContain(`| \`${name}\` `)
  })

  it("lists the ratios with their sizes", () => {
    const listed = rows(section("docs/api.md", "## Sizes")).map(([ratio, size]) => [ratio, size?.split(" ")[0]])
    expect(listed).toEqual(Array.from(ratioSizes, ([ratio, { height, width }]) => [ratio, `${width}x${height}`]))
  })

  it("has the table of models that `npm run models-table` writes", () => {
    const document = read("docs/models.md")
    expect(document).toBe(withModelsTable(document))
    const edited = document.replace("172.8 ", "172.9 ")
    expect(edited).not.toBe(document)
    expect(withModelsTable(edited)).toBe(document)
    expect(() => withModelsTable("# Models")).toThrow("models:start")
  })

  it("tells in the README only settings that docs/settings.md has, and ten of them", () => {
    const all = rows(read("docs/settings.md")).map(([name]) => name)
    const told = rows(section("README.md", "## The settings that matter")).map(([name]) => name)
    expect(told).toHaveLength(10)
    for (const name of told) expect(all).toContain(name)
  })

  it("tells in the README the prices of the catalogue", () => {
    const text = section("README.md", "## What it costs")
    for (const [, name = "", price] of text.matchAll(/`([a-z\d-]+)` \(([\d.]+)/g)) {
      const neurons = findModel(name)?.neurons({ size: defaultSize, steps: 4, inputs: [] }) ?? 0
      expect(neurons).toBeCloseTo(Number(price), 5)
      expect(text).toContain(` ${Math.floor(10_000 / neurons)} `)
    }
  })

  it("tells the date and every compatibility flag of wrangler.toml to those who use the dashboard", () => {
    const settings = read("wrangler.toml")
    const date = /^compatibility_date = "(.+)"$/m.exec(settings)?.[1]
    const flags = /^compatibility_flags = \[(.+)\]$/m.exec(settings)?.[1]?.match(/\w+/g) ?? []
    const step = /_Runtime_: ([\s\S]*?)\n\d/.exec(section("docs/deploy.md", "## By pasting into the dashboard"))?.[1]
    expect(flags.length).toBeGreaterThan(0)
    expect(inCode(step)).toEqual([date, ...flags])
  })

  it("tells in CHANGELOG.md what the version of package.json brought", () => {
    const versions = Array.from(read("CHANGELOG.md").matchAll(/^## \[(\d+\.\d+\.\d+)\]/gm), ([, version]) => version)
    expect(versions[0]).toBe(JSON.parse(read("package.json")).version)
  })
})
