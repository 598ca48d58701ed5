import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { createTestHarness, unstable_startWorker } from "wrangler"
import { parseDevVars } from "../../scripts/dev-vars.ts"
import { PROJECT, QUIET_ENV } from "../../scripts/wrangler.ts"
import { answerMockAi } from "./mock-ai/answerMockAi.ts"
import { type FakeWorkersAi, makeFakeWorkersAi } from "./workers-ai/FakeWorkersAi.ts"
import { listen } from "./workers-ai/server.ts"

export interface ServiceOptions {
  /** Settings, over those of a service with one key, {@link API_KEY}. Nothing of `.dev.vars` is used. */
  readonly vars?: Readonly<Record<string, string>>
  /** How the Worker gets to Workers AI: over HTTP and the REST API, or through the binding `AI`. */
  readonly ai: "rest" | "binding"
  /** With `rest`: a Worker that is already built, instead of `src/main.ts`. */
  readonly script?: string
  /** With `rest`: a folder for what is stored, which is there again for the next service. By default nothing outlives it. */
  readonly persist?: string
}

/** The Worker of `wrangler.toml` in workerd, with a KV namespace and an Images binding of its own. */
export interface RunningService {
  /** `http://127.0.0.1:{port}`, for any HTTP client. */
  readonly url: string
  /** `fetch` for a path of the service. */
  readonly fetch: (path: string, init?: RequestInit) => Promise<Response>
  /** Draws for the service, and knows what it was asked; the same for both ways to it. */
  readonly workersAi: FakeWorkersAi
  /** The namespace FLUX_CF_KV. */
  readonly kv: () => Promise<KVNamespace>
  /** What the Worker has logged since the start or the last reset. */
  readonly logs: () => ReadonlyArray<string>
  /** Forgets pictures, logs, and what Workers AI was asked and told; what isolate and Durable Objects remember stays. */
  readonly reset: () => Promise<void>
  readonly close: () => Promise<void>
}

/** The key that a service takes where the test sets no other. */
export const API_KEY = "sk-test"

interface Runtime extends Pick<RunningService, "kv" | "close"> {
  readonly url: string
  readonly logs: Array<{ readonly message: string }>
}

type Vars = Readonly<Record<string, string>>

const wranglerToml = join(PROJECT, "wrangler.toml")

/** An empty setting counts as unset, so these undo whatever somebody's `.dev.vars` sets. */
const unsetDevVars = (): Vars => {
  const path = join(PROJECT, ".dev.vars")
  const names = existsSync(path) ? Object.keys(parseDevVars(readFileSync(path, "utf8"))) : []
  return Object.fromEntries(names.map((name) => [name, ""]))
}

/**
 * With workerd's own network, where `createTestHarness` would send requests through this process and turn a broken
 * connection into an answer with status 500; and with the address of the runtime itself, for the proxy of `wrangler dev`
 * before it hides that a client went away.
 */
const startAlone = async (vars: Vars, { persist, script }: ServiceOptions): Promise<Runtime> => {
  const logs: Runtime["logs"] = []
  const worker = await unstable_startWorker({
    config: wranglerToml,
    bindings: Object.fromEntries(
      Object.entries(vars).map(([name, value]) => [name, { type: "secret_text", value } as const])
    ),
    ...(script !== undefined && {
      entrypoint: script,
      build: { bundle: false, moduleRules: [], additionalModules: [], define: {}, alias: {} }
    }),
    dev: {
      remote: false,
      server: { hostname: "127.0.0.1", port: 0 },
      logLevel: "error",
      watch: false,
      persist: persist ?? false,
      inspector: false,
      structuredLogsHandler: (log: { readonly message: string }) => void logs.push(log)
    }
  })
  // Answered once the runtime is there, which `worker.ready` does not wait for.
  await worker.fetch("http://service/health")
  const runtime = worker.raw.runtimes[0]?.mf
  if (runtime === undefined) throw new Error("wrangler has no runtime for the Worker.")
  return {
    url: (await runtime.ready).origin,
    logs,
    // The same interface, declared once more by miniflare.
    kv: async () => (await runtime.getKVNamespace("FLUX_CF_KV")) as unknown as KVNamespace,
    close: () => worker.dispose()
  }
}

const startBesideMockAi = async (vars: Vars, mockAiUrl: string): Promise<Runtime> => {
  const harness = createTestHarness({
    workers: [
      { configPath: wranglerToml, vars, bindingOverrides: { AI: "mock-ai" } },
      { configPath: join(PROJECT, "test/support/mock-ai/wrangler.toml"), vars: { MOCK_AI_URL: mockAiUrl } }
    ]
  })
  const { url } = await harness.listen()
  return {
    url: url.origin,
    get logs() {
      return harness.getLogs()
    },
    kv: async () => (await harness.getWorker<{ FLUX_CF_KV: KVNamespace }>().getEnv()).FLUX_CF_KV,
    close: () => harness.close()
  }
}

/** Starts the service, in about three seconds: once for a test file, with a `reset` after each test. */
export const startService = async (options: ServiceOptions): Promise<RunningService> => {
  const { ai, vars = {} } = options
  Object.assign(process.env, QUIET_ENV, {
    // The placeholder of `request.cf` is meant to be used here, instead of a download.
    CLOUDFLARE_CF_FETCH_ENABLED: "false",
    CLOUDFLARE_LOAD_DEV_VARS_FROM_DOT_ENV: "false"
  })
  const workersAi = makeFakeWorkersAi()
  const upstream = await listen(ai === "rest" ? workersAi.fetch : answerMockAi(workersAi))
  const settings = { ...unsetDevVars(), API_KEY, FLUX_BACKEND: ai }
  const account = {
    CF_ACCOUNT_ID: workersAi.accountId,
    CF_API_TOKEN: workersAi.apiToken,
    CF_API_BASE: `${upstream.origin}/client/v4`
  }
  const runtime =
    ai === "rest"
      ? await startAlone({ ...settings, ...account, ...vars }, options)
      : await startBesideMockAi({ ...settings, ...vars }, upstream.origin)
  let forgotten = 0
  return {
    url: runtime.url,
    fetch: (path, init) => fetch(new URL(path, runtime.url), init),
    workersAi,
    kv: runtime.kv,
    logs: () => runtime.logs.slice(forgotten).map(({ message }) => message),
    reset: async () => {
      const kv = await runtime.kv()
      const { keys } = await kv.list()
      await Promise.all(keys.map(({ name }) => kv.delete(name)))
      workersAi.reset()
      forgotten = runtime.logs.length
    },
    close: async () => {
      await runtime.close()
      workersAi.reset()
      await upstream.close()
    }
  }
}
