import { type ChildProcess, spawn, spawnSync } from "node:child_process"
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { type AddressInfo, createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { build } from "esbuild"
import { PROJECT } from "../../scripts/wrangler.ts"

/** The service in a workerd process of its own. */
export interface SoakedWorker {
  readonly url: string
  /** Resident memory in bytes. */
  readonly memoryBytes: () => number
  /** Lines of the log that tell of something that must not happen. */
  readonly complaints: ReadonlyArray<string>
  /** How many requests were logged, one line for each. */
  readonly logged: () => number
  readonly stop: () => Promise<void>
}

const binary = join(PROJECT, "node_modules/workerd/bin/workerd")

/** Bundled as wrangler does it. */
const bundle = async (outfile: string): Promise<void> => {
  if (!existsSync(join(PROJECT, "src/http/page/page.generated.ts"))) {
    spawnSync(process.execPath, [join(PROJECT, "scripts/generate.ts")], { cwd: PROJECT })
  }
  await build({
    absWorkingDir: PROJECT,
    entryPoints: ["src/main.ts"],
    outfile,
    bundle: true,
    minify: true,
    keepNames: true,
    format: "esm",
    target: "es2024",
    conditions: ["workerd", "worker", "browser"],
    external: ["cloudflare:*", "node:*"],
    logLevel: "error"
  })
}

interface Line {
  readonly level?: string
  readonly message?: unknown
}

const parse = (line: string): Line | undefined => {
  try {
    return JSON.parse(line)
  } catch {
    // A line of workerd itself.
    return undefined
  }
}

/** The one thing that is an error for the owner and none of the service: KV failed three times. */
const expected = /A picture could not be stored/

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo // a server that listens on a port has one
      server.close(() => resolve(port))
    })
  })

const configFor = (port: number, upstreamPort: number, vars: Readonly<Record<string, string>>): string => {
  const bindings = Object.entries(vars).map(([name, value]) => {
    return `(name = ${JSON.stringify(name)}, text = ${JSON.stringify(value)})`
  })
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .worker),
    (name = "internet", network = (allow = ["public", "private"])),
    (name = "storage", disk = (path = "storage", writable = true)),
    (name = "kv", external = (address = "127.0.0.1:${upstreamPort}", http = ()))
  ],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")]
);
const worker :Workerd.Worker = (
  modules = [(name = "main.js", esModule = embed "service.js")],
  compatibilityDate = "2026-10-20",
  compatibilityFlags = ["enable_request_signal", "no_nodejs_compat", "no_nodejs_compat_v2"],
  bindings = [
    (name = "FLUX_CF_KV", kvNamespace = "kv"),
    (name = "RUNNER", durableObjectNamespace = "JobRunner"),
    (name = "LEDGER", durableObjectNamespace = "KeyLedger"),
    ${bindings.join(", ")}
  ],
  durableObjectNamespaces = [
    (className = "JobRunner", uniqueKey = "runner", enableSql = true),
    (className = "KeyLedger", uniqueKey = "ledger", enableSql = true)
  ],
  durableObjectStorage = (localDisk = "storage")
);
`
}

const untilReady = async (url: string, child: ChildProcess): Promise<void> => {
  for (;;) {
    if (child.exitCode !== null) throw new Error("workerd ended before it answered.")
    const response = await fetch(`${url}/health`).catch(() => undefined)
    await response?.arrayBuffer()
    if (response?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** Builds the Worker and starts it. `upstreamPort` is where Workers KV is to be found. */
export const startSoakedWorker = async (
  upstreamPort: number,
  vars: Readonly<Record<string, string>>
): Promise<SoakedWorker> => {
  // Durable Objects wait for the disk with each write, and there is nothing here to be kept.
  const folder = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "flux-soak-"))
  await bundle(join(folder, "service.js"))
  mkdirSync(join(folder, "storage"))
  const port = await freePort()
  writeFileSync(join(folder, "soak.capnp"), configFor(port, upstreamPort, vars))
  const complaints: Array<string> = []
  let logged = 0
  const onLine = (line: string): void => {
    const parsed = parse(line)
    if (parsed?.message === "request") logged += 1
    if (parsed ? /ERROR|FATAL/i.test(parsed.level ?? "") && !expected.test(line) : line.trim() !== "") {
      complaints.push(line.slice(0, 500))
    }
  }
  const child = spawn(binary, ["serve", "soak.capnp"], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] })
  for (const output of [child.stdout, child.stderr]) createInterface({ input: output }).on("line", onLine)
  const url = `http://127.0.0.1:${port}`
  await untilReady(url, child)
  return {
    url,
    memoryBytes: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))?.[1]) * 1024,
    complaints,
    logged: () => logged,
    stop: async () => {
      const ended = new Promise((resolve) => child.once("exit", resolve))
      child.kill("SIGKILL")
      await ended
      rmSync(folder, { recursive: true, force: true })
    }
  }
}
