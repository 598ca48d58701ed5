/**
 * `npm run owner`: puts the address of your public repository (the remote `origin`, or the argument `owner/name`) into the
 * deploy buttons and links of the documents, in the place of the one that stands there.
 */
import { spawnSync } from "node:child_process"
import { readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { PROJECT } from "./wrangler.ts"

const OURS = /(?<=https:\/\/github\.com\/)[\w.-]+\/[\w.-]*?flux-api-worker[\w.-]*?(?=\/|\)|\.git\b|\s|$)/gm

/** `owner/name` of a GitHub repository, by its address in any form or as it is. */
export const repositoryOf = (address: string): string | undefined =>
  /^(?:.*github\.com[/:])?([\w-]+\/[\w.-]+?)(?:\.git)?\/?\s*$/.exec(address)?.[1]

/** A document with its links to this repository turned to another. */
export const withOwner = (document: string, repository: string): string => document.replace(OURS, repository)

/** The documents that link to this repository. */
export const documents = (): ReadonlyArray<string> => [
  "README.md",
  ...readdirSync(join(PROJECT, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`)
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
