import { existsSync } from "node:fs"
import { dirname, join, resolve } from "node:path"
import { describe, expect, it } from "vitest"
import { anchorsOf, documents, PROJECT, proseOf, read } from "./documents.ts"

describe.each(documents)("%s", (name) => {
  const file = join(PROJECT, name)
  const text = read(name)

  it("links to files and sections that exist", () => {
    const links = Array.from(proseOf(text).matchAll(/\]\(((?!https?:)[^)\s]+)\)/g), ([, link = ""]) => link)
    for (const link of links) {
      const [path = "", anchor] = link.split("#")
      const target = path === "" ? file : resolve(dirname(file), path)
      expect(existsSync(target), link).toBe(true)
      if (anchor !== undefined) expect(anchorsOf(read(target.slice(PROJECT.length + 1))), link).toContain(anchor)
    }
  })

  it("names paths that exist", () => {
    const paths = Array.from(text.matchAll(/`((?:src|test|scripts|docs|bench)\/[\w./-]*)`/g), ([, path = ""]) => path)
    for (const path of paths) expect(existsSync(join(PROJECT, path)), path).toBe(true)
  })
})

it("leads from the README to every document", () => {
  const reached = new Set<string>()
  const waiting = ["README.md"]
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (reached.has(file) || !existsSync(join(PROJECT, file))) continue
    reached.add(file)
    for (const [, path = ""] of read(file).matchAll(/\]\(([^):#\s]+\.md)(?:#[^)]*)?\)/g)) {
      waiting.push(resolve(PROJECT, dirname(file), path).slice(PROJECT.length + 1))
    }
  }
  // For those who work here; their tools find it by its name.
  const found = documents.filter((file) => !/AGENTS\.md$/.test(file))
  expect(found.filter((file) => !reached.has(file))).toEqual([])
})
