import { readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { withAddresses, withClientsTable } from "../../scripts/clients-table.ts"
import { PROJECT } from "../../scripts/wrangler.ts"
import { clients, programs } from "./clients.ts"

const tables = [
  ["docs/clients.md", withClientsTable],
  ["README.md", withAddresses]
] as const

describe.each(tables)("the table of clients in %s", (file, update) => {
  const document = readFileSync(join(PROJECT, file), "utf8")

  it("is what `npm run clients-table` writes", () => {
    expect(document).toBe(update(document))
  })

  it("differs where anything in it is edited", () => {
    const edited = document.replace("http://localhost:8787/v1` ", "http://localhost:8787/v2` ")
    expect(edited).not.toBe(document)
    expect(update(edited)).toBe(document)
  })

  it("needs its marks", () => {
    expect(() => update("# A document")).toThrow("clients:start")
  })
})

describe("the clients", () => {
  it("names each check of a client once", () => {
    expect(programs.flatMap(({ requests }) => requests).length).toBeGreaterThan(40)
    for (const { background, drawing } of clients) {
      const checks = [...drawing, ...background]
      expect(new Set(checks).size).toBe(checks.length)
    }
  })
})
