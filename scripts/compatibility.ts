/** `npm run compatibility`: writes docs/compatibility.md from what the runs of the clients check. */
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import type { Client, Feature } from "../test/conformance/Client.ts"
import { fieldTables } from "../test/conformance/fields.ts"
import { packageOf } from "../test/conformance/packages.ts"
import { clients } from "../test/conformance/table.ts"
import { markdownTable } from "./markdownTable.ts"
import { PROJECT } from "./wrangler.ts"

const introduction = `# Compatibility

What programs that call this service get from it. Each line is checked: the packages are installed as their makers publish
them and run, unchanged and over HTTP, against the service in workerd with an imitation of Workers AI. \`npm run conformance\`
does it again. What takes long to install is run on demand, on Linux: \`npm run conformance:programs\`. This page is made from the
same table (\`npm run compatibility\`); a test compares them.

- **given**: it works.
- **refused**: it fails with an error that says why, and nothing is drawn.
- **ignored**: it is accepted and has no effect, on purpose.

How to set up a client is in [Clients, step by step](clients.md).
`

const headings = ["Endpoint", "What", "Answer", "Why, how", "Checked"]

const fieldsIntroduction = `## Fields

Every field that the types of \`openai\` ${packageOf("openai-7").version} know, whichever client sends it. A field that is given makes a
difference in what is drawn or answered, one that is ignored makes none; a test sends each. What is not listed is ignored, unless it
asks for a picture's size, number, seed, steps, quality, format or inputs in the words of another API: those are understood.`

const proofOf = ({ proof }: Feature, id: string): string => {
  if (proof === "source") return "read in its source"
  return proof === undefined ? (id.startsWith("programs/") ? "run on demand" : "run") : "run in the project's tests"
}

const cellsOf =
  (id: string) =>
  ([name, feature]: readonly [string, Feature]): ReadonlyArray<string> => [
    `\`${feature.endpoint}\``,
    name + (feature.from ? ` (from ${feature.from})` : ""),
    feature.answer,
    feature.note ?? "",
    proofOf(feature, id)
  ]

const sectionOf = ({ beside = [], features, id, name, packages, setup }: Client): string => {
  const versions = packages.map((alias, index) =>
    [alias, beside[index]]
      .flatMap((one) => (one === undefined ? [] : [packageOf(one)]))
      .map((installed) => `\`${installed.name}\` ${installed.version}`)
      .join(" with ")
  )
  return [
    `## ${name}`,
    `${versions.join(", ")}. ${setup}`,
    markdownTable([headings, ...Object.entries(features).map(cellsOf(id))])
  ].join("\n\n")
}

const fieldsSection = (): string => {
  const sections = fieldTables.map(({ endpoint, fields, within }) => {
    const rows = Object.entries(fields).map(([name, { answer, note = "" }]) => [`\`${name}\``, answer, note])
    const title = within ? `### The tool \`image_generation\` of \`${endpoint}\`` : `### \`${endpoint}\``
    return `${title}\n\n${markdownTable([["Field", "Answer", "Why, how"], ...rows])}`
  })
  return [fieldsIntroduction, ...sections].join("\n\n")
}

/** The page as the table has it now. */
export const compatibilityPage = (): string =>
  `${[introduction.trimEnd(), ...clients.map(sectionOf), fieldsSection()].join("\n\n")}\n`

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  writeFileSync(join(PROJECT, "docs/compatibility.md"), compatibilityPage())
}
