import { type ChildProcess, execFile, spawn, spawnSync } from "node:child_process"
import { once } from "node:events"
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { promisify } from "node:util"
import { afterAll, beforeAll, describe, expect, it } from "vitest"

const PROJECT = resolve(import.meta.dirname, "../..")
const NOT_IN_A_CLONE = /^(node_modules|\.git|\.wrangler|dist|coverage|test|\.dev\.vars.*|\.env.*)$/
const START_MS = 90_000
const hasCurl = spawnSync("curl", ["--version"]).error === undefined

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = server.address() as AddressInfo // an IP socket has this shape, only a pipe has not
  server.close()
  await once(server, "close")
  return port
}

/** A service started by the real script in a fresh copy of the project. */
class LocalService {
  readonly folder = mkdtempSync(join(tmpdir(), "flux-start-"))
  url = ""
  output = ""
  private child: ChildProcess | undefined

  async start(devVars?: string): Promise<void> {
    for (const name of readdirSync(PROJECT).filter((entry) => !NOT_IN_A_CLONE.test(entry))) {
      cpSync(join(PROJECT, name), join(this.folder, name), { recursive: true })
    }
    symlinkSync(join(PROJECT, "node_modules"), join(this.folder, "node_modules"), "junction")
    if (devVars !== undefined) writeFileSync(join(this.folder, ".dev.vars"), devVars)

    const port = await freePort()
    this.url = `http://localhost:${port}`
    const args = ["scripts/start.ts", "--port", String(port), "--persist-to", join(this.folder, "state")]
    const child = spawn(process.execPath, args, { cwd: this.folder, stdio: ["ignore", "pipe", "pipe"] })
    this.child = child
    const ready = new Promise<void>((done, failed) => {
      child.once("exit", (code) => failed(new Error(`exited with ${code} before it was ready:\n${this.output}`)))
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding("utf8").on("data", (text: string) => {
          this.output += text
          if (this.output.includes("Ctrl+C")) done()
        })
      }
    })
    await ready
  }

  /** Asks the script to stop; its exit code. */
  async stop(): Promise<number | null | undefined> {
    if (this.child === undefined || this.child.exitCode !== null) return this.child?.exitCode
    const exited = once(this.child, "exit")
    this.child.kill("SIGTERM")
    await exited
    return this.child.exitCode
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop()
    rmSync(this.folder, { recursive: true, force: true })
  }

  chat(key: string): Promise<Response> {
    return fetch(`${this.url}/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify({ messages: [{ role: "user", content: "A cute cat" }] })
    })
  }

  /** Runs the printed `curl` line in a shell; what it prints. */
  async curl(): Promise<string> {
    const line = /^ *(curl .*)$/m.exec(this.output)?.[1] ?? ""
    return (await promisify(execFile)("sh", ["-c", line], { cwd: this.folder })).stdout
  }
}

describe("npm start without .dev.vars", () => {
  const service = new LocalService()
  beforeAll(() => service.start(), START_MS)
  afterAll(() => service[Symbol.asyncDispose](), START_MS)

  it("prints the address and the key, and nothing else", () => {
    expect(service.output.trim().startsWith(`Address  ${service.url}`)).toBe(true)
    expect(service.output).toMatch(/API key +sk-local/)
    expect(service.output.trim().endsWith("Ctrl+C stops the service.")).toBe(true)
  })

  it("answers on /health", async () => {
    expect((await fetch(`${service.url}/health`)).status).toBe(200)
  })

  it("draws for the key sk-local, and for no other", { timeout: START_MS }, async () => {
    const answer = await service.chat("sk-local")
    expect(answer.status).toBe(200)
    expect(await answer.text()).toContain("![")
    expect((await service.chat("sk-other")).status).toBe(401)
  })

  it.skipIf(!hasCurl)("prints a curl line that works", { timeout: START_MS }, async () => {
    expect(JSON.parse(await service.curl())).toMatchObject({ data: [{ url: expect.stringContaining(service.url) }] })
  })

  it("takes up what is edited anywhere in src", { timeout: START_MS }, async () => {
    const file = join(service.folder, "src/services/Auth.ts")
    writeFileSync(file, `${readFileSync(file, "utf8")}\n// edited\n`)
    await expect.poll(() => service.output, { timeout: START_MS - 10_000 }).toContain("Reloading")
  })

  it("takes the whole service down when it is stopped", { timeout: START_MS }, async () => {
    expect(await service.stop()).toBe(0)
    await expect(fetch(`${service.url}/health`)).rejects.toThrow()
  })
})

describe("npm start with Cloudflare credentials in .dev.vars", () => {
  const TOKEN = "token-of-the-test"
  const KEY = "sk-of-the-test"
  const service = new LocalService()
  const calls: Array<{ method: string | undefined; path: string | undefined; authorization: string | undefined }> = []
  const workersAi = createServer((request, response) => {
    calls.push({ method: request.method, path: request.url, authorization: request.headers.authorization })
    request.resume().on("end", () => {
      response.writeHead(400, { "content-type": "application/json" })
      response.end(
        '{"result":null,"success":false,"errors":[{"code":5006,"message":"refused by the test"}],"messages":[]}'
      )
    })
  })

  beforeAll(async () => {
    workersAi.listen(0, "127.0.0.1")
    await once(workersAi, "listening")
    const { port } = workersAi.address() as AddressInfo // an IP socket has this shape, only a pipe has not
    await service.start(
      `API_KEY="${KEY}"\nCF_ACCOUNT_ID=account\nCF_API_TOKEN=${TOKEN}\nCF_API_BASE=http://127.0.0.1:${port}/client/v4\n`
    )
  }, START_MS)
  afterAll(async () => {
    await service[Symbol.asyncDispose]()
    workersAi.close()
  }, START_MS)

  it("draws with Flux over REST", { timeout: START_MS }, async () => {
    await service.chat(KEY)
    expect(calls[0]).toEqual({
      method: "POST",
      path: expect.stringMatching(/^\/client\/v4\/accounts\/account\/ai\/run\//),
      authorization: `Bearer ${TOKEN}`
    })
  })

  it("lets in the key of .dev.vars alone", { timeout: START_MS }, async () => {
    const before = calls.length
    expect((await service.chat("sk-local")).status).toBe(401)
    expect(calls).toHaveLength(before)
  })

  it.skipIf(!hasCurl)("prints a curl line that reads the key from the file", { timeout: START_MS }, async () => {
    const before = calls.length
    await service.curl()
    expect(calls.length).toBeGreaterThan(before)
  })

  it("tells no value of .dev.vars", () => {
    expect(service.output).not.toContain(KEY)
    expect(service.output).not.toContain(TOKEN)
  })
})
