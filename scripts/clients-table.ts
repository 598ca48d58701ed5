/**
 * `npm run clients-table`: writes which client takes which address into the README, and what the tests check of each into
 * docs/clients.md.
 */
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import type { Client } from "../test/clients/Client.ts"
import { clients } from "../test/clients/clients.ts"
import { withTable } from "./markdownTable.ts"
import { PROJECT } from "./wrangler.ts"

const headings = ["Client", "Base address", "Key", "Checked", "Background requests answered without drawing"]

const cellsOf = ({ background, baseAddress, baseOption, drawing, keyOption, name }: Client): ReadonlyArray<string> => [
  name,
  `\`${baseAddress}\`${baseOption ? ` (\`${baseOption}\`)` : ""}`,
  keyOption,
  drawing.join(", "),
  background.join(", ") || "none"
]

const byAddress = () =>
  Object.entries(Object.groupBy(clients, ({ baseAddress }) => baseAddress)).map(([address, group = []]) => [
    `\`${address}\``,
    group.map(({ name }) => name).join(", ")
  ])

/** `docs/clients.md` with its table brought up to date. Throws where it has no marks for it. */
export const withClientsTable = (document: string): string =>
  withTable(document, "clients", [headings, ...clients.map(cellsOf)])

/** The README, likewise. */
export const withAddresses = (readme: string): string =>
  withTable(readme, "clients", [["Base address", "Clients"], ...byAddress()])

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const write = (file: string, update: (text: string) => string) => {
    const path = join(PROJECT, file)
    writeFileSync(path, update(readFileSync(path, "utf8")))
  }
  write("README.md", withAddresses)
  write("docs/clients.md", withClientsTable)
}
