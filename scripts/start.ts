/**
 * `npm start`: the service in workerd on this machine, without account, login or network. Arguments go to
 * `wrangler dev` (`npm start -- --port 9000`).
 */
import { spawn } from "node:child_process"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { createInterface } from "node:readline"
import type { Readable } from "node:stream"
import { setTimeout as sleep } from "node:timers/promises"
import { LOCAL_KEY, type LocalDefaults, localDefaults, parseDevVars } from "./dev-vars.ts"
import { PROJECT, QUIET_ENV, WRANGLER } from "./wrangler.ts"

const POLL_MS = 200
const PROBE = /GET \/health 200/
const NOISE = /AI bindings always access remote resources/

const readDevVars = (): string => {
  try {
    return readFileSync(join(PROJECT, ".dev.vars"), "utf8")
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return ""
    throw cause
  }
}

// A key of `.dev.vars` may be the one in production: the line reads it from the file, so that no terminal log has it.
const KEYS: Record<LocalDefaults["key"], readonly [told: string, inShell: string]> = {
  default: [LOCAL_KEY, LOCAL_KEY],
  API_KEY: ["your API_KEY (.dev.vars)", "$(node --env-file=.dev.vars -p process.env.API_KEY)"],
  API_KEYS: [
    "one of your API_KEYS (.dev.vars)",
    "$(node --env-file=.dev.vars -p '/:([^,]+)/.exec(process.env.API_KEYS)[1].trim()')"
  ]
}

const banner = (url: string, { key, backend, missing }: LocalDefaults): string => {
  const draws = {
    preview: missing
      ? `preview pictures: ${missing} is missing in .dev.vars`
      : "preview pictures; for Flux put CF_ACCOUNT_ID and CF_API_TOKEN into .dev.vars",
    rest: "Flux, with the account in .dev.vars",
    chosen: "what FLUX_BACKEND in .dev.vars names"
  }[backend]
  const [told, inShell] = KEYS[key]
  const body = JSON.stringify(JSON.stringify({ prompt: "A cute cat", response_format: "url" }))
  return `
  Address  ${url}
  API key  ${told}
  Draws    ${draws}

  Try it:
  curl ${url}/v1/images/generations -H "Authorization: Bearer ${inShell}" -H "Content-Type: application/json" -d ${body}

  Ctrl+C stops the service.
`
}

const defaults = localDefaults(parseDevVars(readDevVars()))
const wrangler = spawn(
  process.execPath,
  [
    WRANGLER,
    "dev",
    ...Object.entries(defaults.vars).flatMap(([name, value]) => ["--var", `${name}:${value}`]),
    "--local",
    ...process.argv.slice(2)
  ],
  {
    cwd: PROJECT,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: {
      ...QUIET_ENV,
      // The placeholder of `request.cf` is meant to be used here, instead of a download.
      CLOUDFLARE_CF_FETCH_ENABLED: "false",
      CLOUDFLARE_LOAD_DEV_VARS_FROM_DOT_ENV: "false"
    }
  }
)
let stopping = false
const stop = () => {
  stopping = true
  wrangler.kill("SIGTERM")
}
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop)

// npm hands a signal to a shell that dies without passing it on; what remains to be seen is the parent's death.
if (process.env.npm_lifecycle_event === "start") {
  const parent = process.ppid
  setInterval(() => process.ppid !== parent && stop(), POLL_MS).unref()
}

const eachLine = (input: Readable | null, use: (line: string) => void) => {
  if (input) createInterface({ input }).on("line", use)
}

// What wrangler says before the Worker answers is of use only if it never does.
let ready = false
let probeLogged = false
const held: Array<string> = []
eachLine(wrangler.stdout, (line) => {
  if (!probeLogged && PROBE.test(line)) probeLogged = true
  else if (ready) console.log(line)
  else held.push(line)
})

let skipBlank = false
eachLine(wrangler.stderr, (line) => {
  skipBlank = NOISE.test(line) || (skipBlank && line.trim() === "")
  if (!skipBlank) console.error(line)
})

// wrangler names its address before it knows whether the Worker starts, so the Worker itself is asked.
const answers = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(`${url}/health`)).ok
  } catch {
    return false
  }
}

const isReadyMessage = (message: unknown): message is { ip: string; port: number } =>
  typeof message === "object" && message !== null && "ip" in message && "port" in message

wrangler.once("message", async (text) => {
  const message: unknown = JSON.parse(String(text))
  if (!isReadyMessage(message)) return
  const url = `http://${message.ip}:${message.port}`
  while (!(await answers(url))) {
    if (wrangler.exitCode !== null || wrangler.signalCode !== null) return
    await sleep(POLL_MS)
  }
  ready = true
  console.log(banner(url, defaults))
})

wrangler.on("close", (code) => {
  if (!ready && !stopping) for (const line of held) console.error(line)
  process.exitCode = stopping ? 0 : (code ?? 1)
})
