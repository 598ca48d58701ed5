import { existsSync, globSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { compatibilityPage } from "../../scripts/compatibility.ts"
import { PROJECT } from "../../scripts/wrangler.ts"
import type { Feature } from "./Client.ts"
import { packageOf } from "./packages.ts"
import { clients } from "./table.ts"

const page = join(PROJECT, "docs/compatibility.md")
const run = (id: string) => join(import.meta.dirname, "runs", `${id}.test.ts`)

/** The features of each client, with their names. */
const rows = clients.flatMap(({ features, id }) =>
  Object.entries<Feature>(features).map(([name, feature]) => ({ client: id, name, ...feature }))
)

/** Whether a file has a check of that name: a property of an object. */
const checks = (file: string, name: string): boolean =>
  existsSync(file) &&
  readFileSync(file, "utf8")
    .split("\n")
    .some((line) => [name, JSON.stringify(name)].some((key) => line.trim().startsWith(`${key}: `)))

describe("docs/compatibility.md", () => {
  it("is what `npm run compatibility` writes", () => {
    expect(readFileSync(page, "utf8")).toBe(compatibilityPage())
  })
})

describe("the table of the clients", () => {
  it("is found", () => {
    expect(rows.length).toBeGreaterThan(20)
    expect(new Set(clients.map(({ id }) => id)).size).toBe(clients.length)
  })

  it.each(rows)("$client: $name has its proof", ({ client, name, proof }) => {
    if (proof === "source") return
    if (proof === undefined) return expect(checks(run(client), name)).toBe(true)
    expect(readFileSync(join(PROJECT, proof.file), "utf8")).toContain(JSON.stringify(proof.test))
  })

  it("says why something is refused or ignored", () => {
    expect(rows.filter(({ answer, note }) => answer !== "given" && !note)).toEqual([])
  })

  it("knows every run, and every package that is installed for one", () => {
    const runs = globSync("**/*.test.ts", { cwd: join(import.meta.dirname, "runs") }).map((file) =>
      file.replace(".test.ts", "")
    )
    expect(runs.filter((id) => !clients.some((client) => client.id === id))).toEqual([])
    for (const alias of clients.flatMap(({ packages }) => packages)) {
      expect(packageOf(alias).version).toMatch(/^\d+\.\d+\.\d+$/)
    }
  })

  it("has a lock file that names no registry", () => {
    expect(readFileSync(join(import.meta.dirname, "package-lock.json"), "utf8")).not.toContain('"resolved"')
  })
})
