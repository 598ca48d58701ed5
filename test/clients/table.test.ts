import { readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { withAddresses, withClientsTable } from "../../scripts/clients-table.ts"
import { PROJECT } from "../../scripts/wrangler.ts"
import { chatClients } from "../../src/http/page/clients.ts"
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

describe("what the page says to enter in a program", () => {
  const guide = readFileSync(join(PROJECT, "docs/clients.md"), "utf8")
  const service = "https://flux.example.com"

  it("is what the tests check, for every chat program", () => {
    const told = chatClients.filter(({ name }) => clients.some((client) => client.name === name))
    expect(told.map(({ name }) => name)).toEqual(expect.arrayContaining(programs.map(({ name }) => name)))
    for (const { addressField, keyField, name, path } of told) {
      const client = clients.find((each) => each.name === name)
      expect({ name, address: path, addressField, keyField }).toEqual({
        name,
        address: client?.baseAddress.slice("http://localhost:8787".length),
        addressField: client?.baseOption,
        keyField: client?.keyOption.replaceAll("`", "")
      })
    }
  })

  it("is what the guide says, with the key in its place", () => {
    const written = Array.from(guide.matchAll(/```json\n([\s\S]*?)```/g), ([, text = ""]) =>
      text.replace(/\$\{\w+:[\w-]+\}/g, "YOUR_KEY")
    )
    for (const { configuration, name, path } of chatClients) {
      if (!configuration) continue
      const made = configuration(service + path, "YOUR_KEY")
      expect(
        written.map((text) => JSON.parse(text)),
        name
      ).toContainEqual(expect.objectContaining(made))
    }
    const nextChat = chatClients.find(({ name }) => name === "NextChat")
    expect(guide).toContain(nextChat?.models?.(["flux-1-schnell", "klein"]))
  })
})
