/**
 * `npm run deploy`: checks what a deploy needs and says what is missing, deploys, and names the next step. Arguments go to
 * `wrangler deploy`.
 */
import { spawnSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { lacksNamespaceId, namespaceTitle, withNamespaceId, workerName } from "./kvNamespace.ts"
import { PROJECT, QUIET_ENV, WRANGLER } from "./wrangler.ts"

const folder = mkdtempSync(join(tmpdir(), "flux-deploy-"))
process.on("exit", () => rmSync(folder, { recursive: true, force: true }))
const report = join(folder, "report.ndjson")

const wrangler = (args: ReadonlyArray<string>, stdio: "inherit" | "pipe") =>
  spawnSync(process.execPath, [WRANGLER, ...args], {
    cwd: PROJECT,
    env: { ...QUIET_ENV, ...(stdio === "inherit" && { WRANGLER_OUTPUT_FILE_PATH: report }) },
    encoding: "utf8",
    stdio
  })

const fail = (reason: string): never => {
  console.error(reason)
  process.exit(1)
}

const NO_ID = `
Where Cloudflare deploys from a connected git repository: run \`npm run deploy\` once more, which writes the id of the KV
namespace into wrangler.toml, and commit that. Nothing in it is secret.
`

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const field = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined

const namesIn = (list: unknown): ReadonlyArray<string> =>
  Array.isArray(list) ? list.map((entry) => String(field(entry, "name"))) : []

/** The options that say which Worker is meant. */
const options = process.argv.slice(2)
const optionValue = (...names: ReadonlyArray<string>): string | undefined =>
  options.flatMap((option, index) => {
    const [label = "", value] = option.split("=", 2)
    return names.includes(label) ? [value ?? options[index + 1] ?? ""] : []
  })[0]
const worker = [["--name"], ["--env", "-e"], ["--config", "-c"]].flatMap((names) => {
  const value = optionValue(...names)
  return value === undefined ? [] : [`${names[0]}=${value}`]
})

const settingsFile = resolve(PROJECT, optionValue("--config", "-c") ?? "wrangler.toml")
const settings = readFileSync(settingsFile, "utf8")

const checkLogin = (): void => {
  const { stderr, stdout } = wrangler(["whoami", "--json"], "pipe")
  const who = parse(stdout)
  if (who === undefined) {
    // A token for deploys alone may not be allowed to tell whose it is.
    if (!process.env.CLOUDFLARE_API_TOKEN) fail(`Cloudflare does not answer:\n\n${stderr.trim()}`)
    console.log("– Cloudflare login: a token of unknown rights")
    return
  }
  if (field(who, "loggedIn") !== true) {
    fail(`wrangler is not logged in to Cloudflare. Either

  npx wrangler login                          in the browser, once on this machine
  export CLOUDFLARE_API_TOKEN=<token>         where there is no browser (template "Edit Cloudflare Workers")

and run this again.`)
  }
  const accounts = namesIn(field(who, "accounts"))
  const asks = process.stdin.isTTY && process.stdout.isTTY
  const named = process.env.CLOUDFLARE_ACCOUNT_ID || /^account_id\s*=/m.test(settings)
  if (accounts.length > 1 && !named && !asks) {
    fail(`This login may deploy to several accounts: ${accounts.join(", ")}.
Name one of them by its id, as \`npx wrangler whoami\` lists it, and run this again:

  export CLOUDFLARE_ACCOUNT_ID=<id>`)
  }
  console.log(`✓ Cloudflare login (${accounts.join(", ") || "account unknown"})`)
}

/** Whether callers can get in; `undefined` where the Worker is not there yet. */
const hasKey = (): boolean | undefined => {
  const { status, stdout } = wrangler(["secret", "list", "--format", "json", ...worker], "pipe")
  if (status !== 0) return undefined
  return namesIn(parse(stdout)).some((name) => name === "API_KEY" || name === "API_KEYS")
}

/**
 * wrangler makes the namespace anew where it does not find it bound to the Worker, and fails because its title is taken (code
 * 10014): on each build but the first of a connected repository, for its checkout has no id either.
 */
const findNamespace = (): void => {
  const script = optionValue("--name") ?? workerName(settings)
  if (script === undefined || optionValue("--env", "-e") !== undefined || !lacksNamespaceId(settings)) return
  const { stdout } = wrangler(
    ["kv", "namespace", "list", ...worker.filter((option) => option.startsWith("--config"))],
    "pipe"
  )
  const list = parse(stdout)
  const found = Array.isArray(list) ? list.find((each) => field(each, "title") === namespaceTitle(script)) : undefined
  const id = field(found, "id")
  if (typeof id !== "string") return
  writeFileSync(settingsFile, withNamespaceId(settings, id))
  console.log(`✓ The KV namespace ${namespaceTitle(script)} is there. Its id stands in wrangler.toml now: commit it`)
}

if (options.includes("--dry-run")) process.exit(wrangler(["deploy", ...options], "inherit").status ?? 1)

checkLogin()
const keyed = hasKey()
const found = {
  first: "– First deploy: it creates the KV namespace and binds Workers AI",
  keyed: "✓ A key for callers is set",
  open: "✗ No key for callers is among the secrets: unless API_KEY is a variable of the dashboard, nobody gets in"
}
console.log(keyed === undefined ? found.first : keyed ? found.keyed : found.open)
findNamespace()
console.log()

const { status } = wrangler(["deploy", ...options], "inherit")
if (status !== 0) process.exit(status ?? 1)

const deployed = readFileSync(report, "utf8")
  .split("\n")
  .map(parse)
  .find((entry) => field(entry, "type") === "deploy")
const targets = field(deployed, "targets")
const target = Array.isArray(targets) ? targets.find((each) => /^https:\/\/[^\s*]+$/.test(String(each))) : undefined
console.log(`
Next:
${keyed ? "" : `\n  npx wrangler secret put API_KEY ${worker.join(" ")}`.trimEnd()}
  npm run doctor -- ${target ?? "<address of the Worker>"}
${lacksNamespaceId(readFileSync(settingsFile, "utf8")) ? NO_ID : ""}`)
