import { readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, it } from "vitest"
import type { SizeRange } from "../../src/domain/ImageSize.ts"
import { partnerModels } from "../../src/domain/partnerModels.ts"

const text = readFileSync(join(import.meta.dirname, "../../docs/partner-models.md"), "utf8")
const [, table = ""] = /<!-- partners:start -->\n([\s\S]*?)<!-- partners:end -->/.exec(text) ?? []
const rows = [...table.matchAll(/^\| (`.*) \|$/gm)].map(([, row = ""]) => row.split("|").map((cell) => cell.trim()))

const sizesOf = (sizes: SizeRange): string => {
  switch (sizes._tag) {
    case "Fixed":
      return "1024x1024"
    case "Range":
      return sizes.minimum === 1 ? "as it came" : `${sizes.minimum} to ${sizes.maximum} pixels`
    case "Listed":
      return sizes.sizes.map(({ height, width }) => `${width}x${height}`).join(", ")
    case "Ratios":
      return `${sizes.ratios.length} ratios, to ${sizes.maximum}`
  }
}

it("docs/partner-models.md lists each model with what the catalogue knows of it", () => {
  const size = { width: 1024, height: 1024 }
  const expected = partnerModels.map(({ id, inputs, microdollars, seconds, seed, sizes }) => [
    `\`${id}\``,
    ((microdollars?.({ size, steps: 1, inputs: [] }) ?? 0) / 1_000_000).toFixed(3),
    sizesOf(sizes),
    seed ? "yes" : "no",
    inputs ? String(Math.min(4, inputs.maximum)) : "none",
    String(seconds)
  ])
  expect(rows.map(([id, price, _from, ...rest]) => [id, price, ...rest])).toEqual(expected)
  expect(rows.every((row) => /^(?:catalogue|provider|estimate|assumed)$/.test(row[2] ?? ""))).toBe(true)
})
