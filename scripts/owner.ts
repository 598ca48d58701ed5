/**
 * `npm run owner`: puts the address of your public repository (the remote `origin`, or the argument `owner/name`) into the
 * deploy buttons, the links of the documents and of the issue forms, in the place of the one that stands there.
 */
import { spawnSync } from "node:child_process"
import { readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { PROJECT } from "./wrangler.ts"

const OURS = /(?<=https:\/\/github\.com\/)[\w.-]+\/[\w.-]*?flux-api-worker[\w.-]*?(?=[/)>\s]|\.git\b|$)/gm

const NO_OWNER = /<!-- no-owner:start -->[\s\S]*?<!-- no-owner:end -->\s*/g

/** `owner/name` of a GitHub repository, by its address in any form or as it is. */
export const repositoryOf = (address: string): string | undefined =>
  /^(?:.*github\.com[/:])?([\w-]+\/[\w.-]+?)(?:\.git)?\/?\s*$/.exec(address)?.[1]

/** A document with its links to this repository turned to another, and without what it says for as long as there is none. */
export const withOwner = (document: string, repository: string): string =>
  document.replace(OURS, repository).replace(NO_OWNER, "")

/** The documents that link to this repository. */
export const documents = (): ReadonlyArray<string> => [
  "README.md",
  ...["docs", ".github/ISSUE_TEMPLATE"].flatMap((folder) =>
    readdirSync(join(PROJECT, folder))
      .filter((name) => /\.(md|yml)$/.test(name))
      .map((name) => `${folder}/${name}`)
  )
]

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const { stdout } = spawnSync("git", ["remote", "get-url", "origin"], { cwd: PROJECT, encoding: "utf8" })
  const repository = repositoryOf(process.argv[2] ?? stdout ?? "")
  if (repository === undefined) {
    console.error("No GitHub repository is known. Name it: npm run owner -- owner/name")
    process.exit(1)
  }
  for (const file of documents()) {
    const before = readFileSync(join(PROJECT, file), "utf8")
    const after = withOwner(before, repository)
    if (after !== before) {
      writeFileSync(join(PROJECT, file), after)
      console.log(`${file}: github.com/${repository}`)
    }
  }
}
