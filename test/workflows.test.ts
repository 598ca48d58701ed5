import { readdirSync, readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"

const folder = ".github/workflows"
const workflows = readdirSync(folder).map((name) => [name, readFileSync(`${folder}/${name}`, "utf8")] as const)

describe.each(workflows)("the workflow %s", (_, text) => {
  it("names each action by a commit, with its version beside it", () => {
    const uses = text.match(/uses: .*/g) ?? []
    expect(uses.length).toBeGreaterThan(0)
    for (const line of uses) expect(line).toMatch(/^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
  })

  it("may do nothing by default, and its jobs may only read", () => {
    expect(text).toMatch(/^permissions: \{\}$/m)
    expect(text).not.toMatch(/:\s*write(-all)?\b/)
  })
})
