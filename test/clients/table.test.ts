import { readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { withClientsTable } from "../../scripts/clients-table.ts"
import { PROJECT } from "../../scripts/wrangler.ts"
import { clients, programs } from "./clients.ts"

const readme = readFileSync(join(PROJECT, "README.md"), "utf8")

describe("the compatibility table of the README", () => {
  it("is what `npm run clients-table` writes", () => {
    expect(readme).toBe(withClientsTable(readme))
  })

  it("differs where anything in it is edited", () => {
    const edited = readme.replace("| LibreChat ", "| LibreChats")
    expect(edited).not.toBe(readme)
    expect(withClientsTable(edited)).toBe(readme)
  })

  it("names each check of a client once", () => {
    expect(programs.flatMap(({ requests }) => requests).length).toBeGreaterThan(40)
    for (const { background, drawing } of clients) {
      const checks = [...drawing, ...background]
      expect(new Set(checks).size).toBe(checks.length)
    }
  })

  it("refuses a README without marks", () => {
    expect(() => withClientsTable("# A README")).toThrow("clients:start")
  })
})
