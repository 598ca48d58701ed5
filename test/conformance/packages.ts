import { readFileSync } from "node:fs"
import { join } from "node:path"

/** A package as `package.json` asks for it: its own name, which an alias hides, and its version. */
export interface Package {
  readonly name: string
  readonly version: string
}

/** The fields of `package.json` that are read. */
interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

const manifestOf = (folder: string): Manifest => JSON.parse(readFileSync(join(folder, "package.json"), "utf8"))

const own = manifestOf(import.meta.dirname)
const programs = manifestOf(join(import.meta.dirname, "programs"))
const project = manifestOf(join(import.meta.dirname, "../.."))
const asked: Readonly<Record<string, string>> = {
  ...project.devDependencies,
  ...programs.dependencies,
  ...own.dependencies
}

/** The package that is installed under a name, for the runs or for the project. */
export const packageOf = (alias: string): Package => {
  const wanted = asked[alias]
  if (wanted === undefined) throw new Error(`No package.json asks for ${alias}.`)
  const [, name = alias, version = wanted] = /^npm:(.+)@([^@]+)$/.exec(wanted) ?? []
  return { name, version }
}
