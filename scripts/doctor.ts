/**
 * `npm run doctor -- <address>`: checks a deployment from outside and prints a table of what was found. Draws nothing
 * without `--draw`. The exit code is 1 where anything failed. The key is never printed.
 */
import { parseArgs } from "node:util"
import { checkHealth, checkHelper, checkKey, checkModels, type Finding, failed } from "./doctor/checks.ts"
import { checkBrowsers, checkClients } from "./doctor/clients.ts"
import { baseOf, deployment } from "./doctor/Deployment.ts"
import { checkDialects } from "./doctor/dialects.ts"
import { checkDrawing } from "./doctor/drawing.ts"
import { checkImageToImage, checkMask } from "./doctor/masks.ts"
import { checkMcp } from "./doctor/mcp.ts"
import { checkPages } from "./doctor/pages.ts"
import { checkPartnerModels } from "./doctor/partnerModels.ts"

const USAGE = `npm run doctor -- <address> [--draw] [--origin <page>] [--key <key>]

  <address>   of the service, such as https://flux-api-worker.you.workers.dev
  --draw      have a prompt improved and draw a picture in each dialect, five in all, which are billed;
              where PARTNER_MODELS is set one more, in dollars
  --origin    the origin of a web page that is to use the service
  --key       a key of the service; better in the variable FLUX_API_KEY, for the shell remembers what is typed`

const mark: Record<Finding["outcome"], string> = { ok: "✓", note: "!", failed: "✗", skipped: "–" }

const table = (findings: ReadonlyArray<Finding>): string => {
  const rows = [
    ["Check", "Result", "What to do"],
    ...findings.map(({ advice, check, outcome, seen }) => [check, `${mark[outcome]} ${seen}`, advice ?? ""])
  ]
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0))
  return rows
    .map(([check = "", seen = "", advice = ""]) =>
      `${check.padEnd(width(0))}  ${seen.padEnd(width(1))}  ${advice}`.trimEnd()
    )
    .join("\n")
}

const exit = (text: string): never => {
  console.error(text)
  process.exit(1)
}

const readArguments = () => {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { draw: { type: "boolean" }, key: { type: "string" }, origin: { type: "string" } }
    })
  } catch (cause) {
    return exit(`${cause instanceof Error ? cause.message : cause}\n\n${USAGE}`)
  }
}

const { positionals, values } = readArguments()
const base = baseOf(positionals[0] ?? "")
if (base === undefined || positionals.length !== 1) exit(USAGE)
const key = (values.key ?? process.env.FLUX_API_KEY)?.trim() || undefined
if (key !== undefined && !/^[\x20-\x7e]+$/.test(key)) exit("The key has signs that no header can carry.")
const target = deployment(base ?? "", key)

const reasonOf = (cause: unknown): string => {
  const error = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause
  return (error instanceof Error ? error.message : String(error)).split("\n", 1)[0] ?? ""
}

/** No answer at all is a finding like any other. */
const attempt = async (check: string, run: () => Promise<ReadonlyArray<Finding>>): Promise<ReadonlyArray<Finding>> => {
  try {
    return await run()
  } catch (cause) {
    const advice = "check the address, and whether you are online"
    return [{ ...failed(check, `no answer: ${reasonOf(cause)}`, advice), last: true }]
  }
}

const examine = async (): Promise<ReadonlyArray<Finding>> => {
  const health = await attempt("GET /health", () => checkHealth(target))
  if (health.some(({ last }) => last)) return health
  const findings = [
    ...health,
    ...(await attempt("pages", () => checkPages(target))),
    ...(await attempt("keys", () => checkKey(target))),
    ...(await attempt("pages of others (CORS)", () => checkBrowsers(target, values.origin)))
  ]
  if (!findings.some(({ check, outcome }) => check === "your key" && outcome === "ok")) return findings
  findings.push(
    ...(await attempt("models", () => checkModels(target))),
    ...(await attempt("a title for Open WebUI", () => checkHelper(target))),
    ...(await attempt("MCP", () => checkMcp(target))),
    ...(await attempt("clients", () => checkClients(target)))
  )
  if (values.draw) {
    findings.push(
      ...(await attempt("draw a picture", () => checkDrawing(target))),
      ...(await attempt("draw in other dialects", () => checkDialects(target))),
      ...(await attempt("a partner's model", () => checkPartnerModels(target))),
      ...(await attempt("a mask", () => checkMask(target))),
      ...(await attempt("img2img", () => checkImageToImage(target)))
    )
  }
  return findings
}

const findings = await examine()
const failures = findings.filter(({ outcome }) => outcome === "failed").length
const summary = failures === 0 ? "Nothing failed." : `${failures} of ${findings.length} failed.`
const output = `\n${base}\n\n${table(findings)}\n\n${summary}`
console.log(key === undefined ? output : output.replaceAll(key, "•••"))
process.exitCode = failures === 0 ? 0 : 1
