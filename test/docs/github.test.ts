import { readdirSync } from "node:fs"
import { join } from "node:path"
import sharp from "sharp"
import { expect, it } from "vitest"
import { documents, withOwner } from "../../scripts/owner.ts"
import { PROJECT, read } from "./documents.ts"

const forms = readdirSync(join(PROJECT, ".github/ISSUE_TEMPLATE")).map((name) => `.github/ISSUE_TEMPLATE/${name}`)

it("describes the repository within GitHub's limits", () => {
  const cell = (label: string) => read("docs/github.md").split(`| ${label}`)[1]?.split("|")[1]?.trim() ?? ""
  expect(cell("Description").length).toBeGreaterThan(0)
  expect(cell("Description").length).toBeLessThanOrEqual(350)
  expect(cell("Description")).toContain(read("README.md").split("\n\n")[1]?.replace(/\.$/, ""))
  const topics = Array.from(cell("Topics").matchAll(/`([^`]+)`/g), ([, topic = ""]) => topic)
  expect(topics.length).toBeLessThanOrEqual(20)
  for (const topic of topics) expect(topic).toMatch(/^[a-z\d][a-z\d-]{0,49}$/)
})

it("has a social picture of the size that GitHub asks for", async () => {
  const { height, size = 0, width } = await sharp(join(PROJECT, "docs/images/social.jpg")).metadata()
  expect([width, height]).toEqual([1280, 640])
  expect(size).toBeLessThan(1_000_000)
})

it.each(forms)("asks in %s for what a form needs, each thing once", (file) => {
  const ids = Array.from(read(file).matchAll(/^ {4}id: (\S+)$/gm), ([, id]) => id)
  expect(new Set(ids).size).toBe(ids.length)
  if (!file.endsWith("config.yml")) {
    expect(read(file)).toMatch(/^name: .+\ndescription: .+$/m)
    expect(ids.length).toBeGreaterThan(0)
  }
})

it("lets `npm run owner` fill every link to the repository", () => {
  for (const file of [...documents(), ...forms, ".github/PULL_REQUEST_TEMPLATE.md", "SECURITY.md", "CONTRIBUTING.md"]) {
    const text = read(file)
    if (!documents().includes(file)) expect(text).not.toContain("github.com/YOUR_NAME")
    expect(withOwner(text, "ada/flux-api-worker")).not.toContain("github.com/YOUR_NAME")
  }
})
