/** src/http/system/openapi.generated.ts: the document that `/openapi.json` gives, and the version of the service. */
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { writeGenerated } from "./writeGenerated.ts"

const PROJECT = join(import.meta.dirname, "..")

const read = (name: string): { readonly version?: string } => JSON.parse(readFileSync(join(PROJECT, name), "utf8"))

writeGenerated(join(PROJECT, "src/http/system/openapi.generated.ts"), {
  openapi: JSON.stringify(read("openapi.json")),
  version: read("package.json").version ?? ""
})
