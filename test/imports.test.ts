import { globSync, readFileSync } from "node:fs"
import { dirname, join, relative, resolve } from "node:path"
import { describe, expect, it } from "vitest"

const root = join(import.meta.dirname, "../src")

/** The files of `src` with the files that each imports, also those that it imports for their types only. */
const imports: ReadonlyMap<string, ReadonlyArray<string>> = new Map(
  globSync("**/*.ts", { cwd: root })
    .filter((file) => !file.endsWith(".generated.ts"))
    .map((file) => {
      const text = readFileSync(join(root, file), "utf8")
      const targets = [...text.matchAll(/^(?:import|export) [^"]*?from "(\.{1,2}\/[^"]+)"/gms)]
      return [file, targets.map(([, path = ""]) => relative(root, resolve(root, dirname(file), path)))]
    })
)

const roomOf = (file: string): string => file.split("/")[0] ?? ""
const edges = [...imports].flatMap(([from, targets]) => targets.map((to) => ({ from, to })))
const told = (found: ReadonlyArray<{ readonly from: string; readonly to: string }>) =>
  found.map(({ from, to }) => `${from} -> ${to}`)

/** A chain of files of which each imports the next, and the last the first. */
const findCircle = (): ReadonlyArray<string> => {
  const done = new Set<string>()
  const walk = (file: string, path: ReadonlyArray<string>): ReadonlyArray<string> => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file]
    if (done.has(file)) return []
    for (const target of imports.get(file) ?? []) {
      const circle = walk(target, [...path, file])
      if (circle.length > 0) return circle
    }
    done.add(file)
    return []
  }
  for (const file of imports.keys()) {
    const circle = walk(file, [])
    if (circle.length > 0) return circle
  }
  return []
}

describe("imports in src", () => {
  it("are found", () => {
    expect(imports.size).toBeGreaterThan(100)
    expect(told(edges)).toContain("main.ts -> http/Program.ts")
    expect(edges.length).toBeGreaterThan(imports.size)
  })

  it("run from http over services to domain", () => {
    const forbidden: Readonly<Record<string, ReadonlyArray<string>>> = {
      domain: ["services", "http"],
      services: ["http"]
    }
    expect(told(edges.filter(({ from, to }) => forbidden[roomOf(from)]?.includes(roomOf(to))))).toEqual([])
  })

  it("run in no circle", () => {
    expect(findCircle()).toEqual([])
  })

  it("take into the browser's program nothing but texts, and types", () => {
    const bundled = [...imports.keys()]
      .filter((file) => file.startsWith("http/page/"))
      .flatMap((from) => {
        const text = readFileSync(join(root, from), "utf8")
        return [...text.matchAll(/^import (?!type )[^"]*?from "(\.{1,2}\/[^"]+)"/gms)].map(([, path = ""]) => ({
          from,
          to: relative(root, resolve(root, dirname(from), path))
        }))
      })
      .filter(({ to }) => !to.startsWith("http/page/") && !to.startsWith("http/locales/"))
    expect(told(bundled)).toEqual([])
  })
})
