import { readFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { describe, expect, it } from "vitest"
import { parseDevVars } from "../scripts/dev-vars.ts"

const PROJECT = resolve(import.meta.dirname, "..")
const read = (name: string) => readFileSync(join(PROJECT, name), "utf8")

// What the form of "Deploy to Cloudflare" shows: https://developers.cloudflare.com/workers/platform/deploy-buttons/
describe("the form of the deploy button", () => {
  const bindings = Array.from(read("wrangler.toml").matchAll(/^(?:binding|name) = "([A-Z_]+)"$/gm), ([, name]) => name)
  const asked = Object.keys(parseDevVars(read(".dev.vars.example")))
  const described = JSON.parse(read("package.json")).cloudflare.bindings

  it("asks for the key and nothing else, with no value that could be left in", () => {
    expect(asked).toEqual(["API_KEY"])
    expect(read(".dev.vars.example")).toMatch(/^API_KEY=$/m)
  })

  it("describes the key and every binding, and nothing that is not there", () => {
    expect(bindings.length).toBeGreaterThan(3)
    expect(Object.keys(described).toSorted()).toEqual([...asked, ...bindings].toSorted())
    for (const { description } of Object.values<{ description: string }>(described)) expect(description).toMatch(/\.$/)
  })

  it("stands in the README, with a place for the reader's own repository", () => {
    expect(read("README.md")).toContain(
      "](https://deploy.workers.cloudflare.com/?url=https://github.com/YOUR_NAME/flux-api-worker)"
    )
  })
})
