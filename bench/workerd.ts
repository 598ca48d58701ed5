import { type ChildProcess, spawn } from "node:child_process"
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import type { AddressInfo } from "node:net"
import { createServer } from "node:net"
import { dirname, join } from "node:path"
import { createInterface } from "node:readline"

/** A Worker in a workerd process of its own, so that its CPU and memory can be told from those of others. */
export interface Workerd {
  readonly url: string
  /** CPU time of all threads so far, user and system, in milliseconds. */
  readonly cpuMillis: () => number
  /** Resident memory in bytes. */
  readonly memoryBytes: () => number
  /** How many files its Durable Objects have left on disk. */
  readonly storedFiles: () => number
  readonly stop: () => Promise<void>
}

const binary = join(import.meta.dirname, "../node_modules/workerd/bin/workerd")

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })

const text = (name: string, value: string) => `(name = ${JSON.stringify(name)}, text = ${JSON.stringify(value)})`

/** Starts a script (one ES module). `upstreamPort` is where Workers AI and Workers KV are to be found. */
export const startWorkerd = async (
  script: string,
  upstreamPort: number,
  vars: Readonly<Record<string, string>> = {},
  options: {
    /** Binds the Durable Objects. */
    readonly objects?: boolean
    /** Is given each line that the Worker logs. */
    readonly onLine?: (line: string) => void
  } = {}
): Promise<Workerd> => {
  const port = await freePort()
  const storage = mkdtempSync(join(dirname(script), "storage-"))
  const settings = {
    CF_ACCOUNT_ID: "account",
    CF_API_TOKEN: "token",
    CF_API_BASE: `http://127.0.0.1:${upstreamPort}/client/v4`,
    API_KEY: "sk-bench",
    ...vars
  }
  const bindings = [
    `(name = "FLUX_CF_KV", kvNamespace = "kv")`,
    ...Object.entries(settings).map(([name, value]) => text(name, value)),
    ...(options.objects
      ? [
          `(name = "RUNNER", durableObjectNamespace = "JobRunner")`,
          `(name = "LEDGER", durableObjectNamespace = "KeyLedger")`
        ]
      : [])
  ]
  const durableObjects = options.objects
    ? `,
  durableObjectNamespaces = [
    (className = "JobRunner", uniqueKey = "runner", enableSql = true),
    (className = "KeyLedger", uniqueKey = "ledger", enableSql = true)
  ],
  durableObjectStorage = (localDisk = "storage")`
    : ""
  const config = join(dirname(script), `bench-${port}.capnp`)
  writeFileSync(
    config,
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .worker),
    (name = "internet", network = (allow = ["public", "private"])),
    (name = "storage", disk = (path = ${JSON.stringify(storage)}, writable = true)),
    (name = "kv", external = (address = "127.0.0.1:${upstreamPort}", http = ()))
  ],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")]
);
const worker :Workerd.Worker = (
  modules = [(name = "main.js", esModule = embed ${JSON.stringify(script.slice(dirname(script).length + 1))})],
  compatibilityDate = "2026-10-20",
  compatibilityFlags = ["enable_request_signal", "no_nodejs_compat", "no_nodejs_compat_v2"],
  bindings = [${bindings.join(", ")}]${durableObjects}
);
`
  )
  const { onLine } = options
  const child = spawn(binary, ["serve", config], {
    stdio: onLine ? ["ignore", "pipe", "pipe"] : ["ignore", "ignore", "inherit"]
  })
  for (const stream of [child.stdout, child.stderr]) {
    if (stream && onLine) createInterface({ input: stream }).on("line", onLine)
  }
  const url = `http://127.0.0.1:${port}`
  await untilReady(url, child)
  return {
    url,
    cpuMillis: () => {
      const tasks = `/proc/${child.pid}/task`
      // The first field is in nanoseconds: https://docs.kernel.org/scheduler/sched-stats.html
      const nanos = readdirSync(tasks).map((task) =>
        Number(readFileSync(`${tasks}/${task}/schedstat`, "utf8").split(" ")[0])
      )
      return nanos.reduce((sum, each) => sum + each, 0) / 1e6
    },
    storedFiles: () =>
      readdirSync(storage, { recursive: true, withFileTypes: true }).filter(
        (entry) => entry.isFile() && entry.name.endsWith(".sqlite")
      ).length,
    memoryBytes: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))?.[1]) * 1024,
    stop: () =>
      new Promise((resolve) => {
        child.once("exit", () => resolve())
        child.kill("SIGKILL")
      })
  }
}

const untilReady = async (url: string, child: ChildProcess): Promise<void> => {
  for (;;) {
    if (child.exitCode !== null) throw new Error("workerd ended before it answered")
    const response = await fetch(`${url}/health`).catch(() => undefined)
    if (response?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
}
