/** `npm run clients-table`: writes the compatibility table of the README from what the tests check. */
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import type { Client } from "../test/clients/Client.ts"
import { clients } from "../test/clients/clients.ts"
import { PROJECT } from "./wrangler.ts"

const README = join(PROJECT, "README.md")
const marks = /(?<=<!-- clients:start -->\n)[\s\S]*?(?=<!-- clients:end -->)/

const headings = ["Client", "Base address", "Key", "Checked", "Background requests answered without drawing"]

const cellsOf = ({ background, baseAddress, baseOption, drawing, keyOption, name }: Client): ReadonlyArray<string> => [
  name,
  `\`${baseAddress}\`${baseOption ? ` (\`${baseOption}\`)` : ""}`,
  keyOption,
  drawing.join(", "),
  background.join(", ") || "none"
]

/** The table as it stands in the README, with columns of equal width. */
const clientsTable = (): string => {
  const rows = [headings, ...clients.map(cellsOf)]
  const widths = headings.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)))
  const line = (cells: ReadonlyArray<string>) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`
  const rule = widths.map((width) => "-".repeat(width))
  const [first = [], ...others] = rows
  return [first, rule, ...others].map(line).join("\n")
}

/** A README with the table between its marks brought up to date. Throws where it has no marks. */
export const withClientsTable = (readme: string): string => {
  if (!marks.test(readme)) throw new Error("The README has no <!-- clients:start --> and <!-- clients:end -->.")
  return readme.replace(marks, () => `\n${clientsTable()}\n\n`)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  writeFileSync(README, withClientsTable(readFileSync(README, "utf8")))
}
