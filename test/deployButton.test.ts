import { readFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { describe, expect, it } from "vitest"
import { parseDevVars } from "../scripts/dev-vars.ts"
import { documents, repositoryOf, withOwner } from "../scripts/owner.ts"

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

  it.each(documents())("stands in %s with the owner, or with a place for one that `npm run owner` fills", (file) => {
    const text = read(file)
    expect(text).not.toMatch(
      /deploy\.workers\.cloudflare\.com\/\?url=https:\/\/github\.com\/(?![\w-]+\/[\w.-]*flux-api-worker)/
    )
    const filled = withOwner(text, "ada/my-flux-api-worker")
    expect(filled).not.toMatch(file.includes("README") ? /YOUR_NAME|no-owner/ : /github\.com\/YOUR_NAME/)
    expect(filled.match(/\?url=https:\/\/github\.com\/ada\/my-flux-api-worker\)/g) ?? []).toHaveLength(
      text.match(/deploy\.workers\.cloudflare\.com\/\?url=/g)?.length ?? 0
    )
    expect(withOwner(filled, "bob/flux-api-worker.fork")).toBe(withOwner(text, "bob/flux-api-worker.fork"))
  })

  it.each([
    ["https://github.com/ada/flux-api-worker.git\n", "ada/flux-api-worker"],
    ["git@github.com:ada/flux-api-worker.git\n", "ada/flux-api-worker"],
    ["ssh://git@github.com/ada/flux.api-worker/", "ada/flux.api-worker"],
    ["ada/flux-api-worker", "ada/flux-api-worker"],
    ["", undefined],
    ["/somewhere/else.git\n", undefined]
  ])("knows the repository of %j", (address, repository) => {
    expect(repositoryOf(address)).toBe(repository)
  })
})
