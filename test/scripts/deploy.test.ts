import { execFile } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, describe, expect, it } from "vitest"
import { lacksNamespaceId, namespaceTitle, withNamespaceId, workerName } from "../../scripts/kvNamespace.ts"
import { PROJECT } from "../../scripts/wrangler.ts"
import { type CloudflareAccount, namespaceId, startCloudflareApi } from "../support/cloudflareApi.ts"

const TIMEOUT_MS = 150_000
const home = mkdtempSync(join(tmpdir(), "flux-deploy-test-"))
afterAll(() => rmSync(home, { recursive: true, force: true }))

/** `npm run deploy` by somebody without a login of their own on this machine. */
const run = (
  env: Readonly<Record<string, string>>,
  args: ReadonlyArray<string> = []
): Promise<{ code: number; output: string }> =>
  new Promise((done) => {
    const inherited = Object.fromEntries(
      Object.entries(process.env).filter(([name]) => !/^(CLOUDFLARE|CF)_/.test(name))
    )
    const child = execFile(
      process.execPath,
      [join(PROJECT, "scripts/deploy.ts"), ...args],
      { env: { ...inherited, HOME: home, XDG_CONFIG_HOME: home, ...env } },
      (_error, stdout, stderr) => done({ code: child.exitCode ?? -1, output: stdout + stderr })
    )
    child.stdin?.end()
  })

const deploy = async (account: CloudflareAccount, args: ReadonlyArray<string> = []) => {
  const api = await startCloudflareApi(account)
  const env = { CLOUDFLARE_API_BASE_URL: api.origin, CLOUDFLARE_API_TOKEN: "token-of-the-test" }
  const result = await run(env, args)
  await api.close()
  return { ...result, calls: api.calls, uploaded: api.calls.find(({ call }) => call.startsWith("PUT "))?.body }
}

describe("npm run deploy", () => {
  it("says how to log in where there is no login", { timeout: TIMEOUT_MS }, async () => {
    const { code, output } = await run({})
    expect(output).toContain("npx wrangler login")
    expect(code).toBe(1)
  })

  it("asks for an account where there are several, and uploads nothing", { timeout: TIMEOUT_MS }, async () => {
    const { code, output, uploaded } = await deploy({ accounts: ["Alice", "Company"] })
    expect(output).toContain("Alice, Company")
    expect(output).toContain("export CLOUDFLARE_ACCOUNT_ID=")
    expect(uploaded).toBeUndefined()
    expect(code).toBe(1)
  })

  it("makes the namespace and binds everything the first time", { timeout: TIMEOUT_MS }, async () => {
    const { calls, code, output, uploaded = "" } = await deploy({})
    expect(output).toContain("First deploy")
    expect(output).toContain("npx wrangler secret put API_KEY")
    expect(output).toMatch(/npm run doctor -- https:\/\/flux-api-worker\.alice\.workers\.dev/)
    expect(code).toBe(0)
    expect(calls.filter(({ call }) => /^POST \S+\/kv\/namespaces$/.test(call))).toHaveLength(1)
    for (const name of ["FLUX_CF_KV", "AI", "IMAGES", "LEDGER", "RUNNER"]) {
      expect(uploaded).toContain(`{"name":"${name}"`)
    }
    expect(output).toContain("run `npm run deploy` once more")
  })

  it.each([
    [["API_KEYS"], "✓ A key for callers is set", false],
    [["CF_API_TOKEN"], "✗ No key for callers", true]
  ])("looks for a key among the secrets %j", { timeout: TIMEOUT_MS }, async (secrets, told, next) => {
    const { code, output } = await deploy({ secrets })
    expect(output).toContain(told)
    expect(output.includes("npx wrangler secret put API_KEY")).toBe(next)
    expect(code).toBe(0)
  })

  it("binds the namespace that is there by its id, instead of making it anew", { timeout: TIMEOUT_MS }, async () => {
    const config = join(home, "wrangler.toml")
    const settings = readFileSync(join(PROJECT, "wrangler.toml"), "utf8")
    writeFileSync(config, settings.replace('"src/main.ts"', JSON.stringify(join(PROJECT, "src/main.ts"))))
    const namespaces = ["other", "flux-api-worker-flux-cf-kv"]
    const { calls, code, output, uploaded = "" } = await deploy({ namespaces }, ["--config", config])
    expect(output).toContain("Its id stands in wrangler.toml now")
    expect(output).not.toContain("once more")
    expect(code).toBe(0)
    expect(calls.filter(({ call }) => call.startsWith("POST ") && call.endsWith("/kv/namespaces"))).toEqual([])
    expect(uploaded).toContain(`{"name":"FLUX_CF_KV","type":"kv_namespace","namespace_id":"${namespaceId(1)}"}`)
    expect(readFileSync(config, "utf8")).toMatch(new RegExp(`^binding = "FLUX_CF_KV"\\nid = "${namespaceId(1)}"$`, "m"))
  })
})

describe("the id of the KV namespace", () => {
  const settings = readFileSync(join(PROJECT, "wrangler.toml"), "utf8")
  const withoutId = withNamespaceId(settings, "").replace('id = ""\n', "")

  it("gets into the settings once, and nothing else changes", () => {
    expect(lacksNamespaceId(withoutId)).toBe(true)
    const once = withNamespaceId(withoutId, "abc")
    expect(lacksNamespaceId(once)).toBe(false)
    expect(once.replace('id = "abc"\n', "")).toBe(withoutId)
    expect(withNamespaceId(once, "def")).toBe(once.replace("abc", "def"))
  })

  it("is sought under the title that wrangler gives", () => {
    expect(namespaceTitle(workerName(settings) ?? "")).toBe("flux-api-worker-flux-cf-kv")
  })
})
