import { createHash } from "node:crypto"
import { type Finding, failed, ok, told } from "./checks.ts"
import { type Answer, at, type Deployment } from "./Deployment.ts"

const again = "deploy again: npm run deploy"
const changed =
  "something in front of the Worker changes its pages (Rocket Loader, minifying): switch that off for them"

const scripts = /<script>([\s\S]*?)<\/script>/g

/**
 * What keeps a browser from showing a page of the service. Each shows what its one script makes, which the policy beside it
 * names by its hash: a page that was changed on its way stays empty, whatever its status.
 */
const problemOf = (answer: Answer): string | undefined => {
  if (answer.status !== 200) return told(answer)
  if (!answer.headers.get("content-type")?.startsWith("text/html")) return "no page"
  const policy = answer.headers.get("content-security-policy") ?? ""
  const hashes = Array.from(
    answer.text.matchAll(scripts),
    ([, script = ""]) => `'sha256-${createHash("sha256").update(script).digest("base64")}'`
  )
  if (hashes.length === 0) return "a page without its script"
  return hashes.every((hash) => policy.includes(hash)) ? undefined : "a page whose script no browser runs"
}

/** The names of the operations that the API reference shows, which it makes from the OpenAPI document. */
const operationNames = (document: unknown): ReadonlyArray<string> =>
  Object.values(Object(at(document, "paths")))
    .flatMap((methods) => Object.values(Object(methods)))
    .flatMap((operation) => {
      const summary = at(operation, "summary")
      return typeof summary === "string" ? [summary] : []
    })

/** What the pages show, where nobody has to sign in. */
export const checkPages = async ({ ask }: Deployment): Promise<ReadonlyArray<Finding>> => {
  const page = async (path: string, shown: (answer: Answer) => string | undefined): Promise<Finding> => {
    const answer = await ask(path, { withKey: false })
    const seen = shown(answer)
    const problem = problemOf(answer) ?? (seen === undefined ? "a page that shows nothing" : undefined)
    if (problem === undefined) return ok(`GET ${path}`, `shows "${seen}"`)
    return failed(`GET ${path}`, problem, problem.startsWith("a page whose") ? changed : again)
  }
  const document = await ask("/openapi.json", { withKey: false })
  const known = at(document.json, "paths", "/v1/chat/completions", "post", "summary")
  const names = operationNames(document.json)
  return [
    await page("/", ({ text }) => /<title>([^<]+)<\/title>/.exec(text)?.[1]),
    await page("/docs", () => (typeof known === "string" ? known : undefined)),
    known === undefined
      ? failed("GET /openapi.json", told(document), again)
      : ok("GET /openapi.json", `${names.length} operations`)
  ]
}
