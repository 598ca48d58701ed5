import { execFile, spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { delimiter, dirname, join } from "node:path"
import { promisify } from "node:util"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { QUIET_ENV, WRANGLER } from "../../scripts/wrangler.ts"
import { pixelsOf } from "../support/metadata.ts"
import { documents, isTranslation, PROJECT, read, shellBlocks } from "./documents.ts"

const START_MS = 90_000

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = server.address() as AddressInfo // an IP socket has this shape, only a pipe has not
  server.close()
  await once(server, "close")
  return port
}

/** `npm start` as a newcomer meets it, whatever the `.dev.vars` of this folder says. */
const startService = async (folder: string): Promise<{ url: string; stop: () => Promise<void> }> => {
  const port = await freePort()
  const noSettings = join(folder, "no.vars")
  writeFileSync(noSettings, "")
  const vars = ["--env-file", noSettings, "--var", "API_KEY:sk-local", "--var", "FLUX_BACKEND:preview"]
  const args = ["scripts/start.ts", "--port", String(port), "--persist-to", join(folder, "state"), ...vars]
  const child = spawn(process.execPath, args, { cwd: PROJECT, stdio: ["ignore", "pipe", "pipe"] })
  let output = ""
  await new Promise<void>((done, failed) => {
    child.once("exit", (code) => failed(new Error(`exited with ${code} before it was ready:\n${output}`)))
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text
        if (output.includes("Ctrl+C")) done()
      })
    }
  })
  const stop = async () => {
    if (child.exitCode !== null) return
    const exited = once(child, "exit")
    child.kill("SIGTERM")
    await exited
  }
  return { url: `http://localhost:${port}`, stop }
}

const commands = documents
  .filter((file) => !isTranslation(file))
  .flatMap((file) => shellBlocks(file).map((text) => ({ file, text })))
const curls = commands.filter(({ text }) => /\bcurl\b/.test(text))

describe("the curl commands of the documents", { timeout: START_MS }, () => {
  const folder = mkdtempSync(join(tmpdir(), "flux-readme-"))
  const work = mkdtempSync(join(folder, "work-"))
  let service: Awaited<ReturnType<typeof startService>> | undefined
  beforeAll(async () => {
    service = await startService(folder)
  }, START_MS)
  afterAll(async () => {
    await service?.stop()
    rmSync(folder, { recursive: true, force: true })
  }, START_MS)

  /** Runs commands as they stand, but for the port; a status from 400 on makes `curl` fail, and any failure stops. */
  const run = async (text: string): Promise<string> => {
    const script = `set -euo pipefail\ncurl() { command curl --fail-with-body -sS "$@"; }\n${text}`
    const { stdout } = await promisify(execFile)(
      "bash",
      ["-c", script.replaceAll("http://localhost:8787", service?.url ?? "")],
      {
        cwd: work,
        env: { ...process.env, PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}` },
        maxBuffer: 32 * 1024 * 1024
      }
    )
    return stdout
  }

  it("fails where a command would fail", async () => {
    await expect(run("curl http://localhost:8787/v1/models")).rejects.toThrow("401")
  })

  // In order, for the commands of edits use the picture that those before have saved.
  it.each(curls.map(({ file, text }) => [file, /http:\S+/.exec(text)?.[0], text]))(
    "%s, %#: %s",
    async (_, _address, text) => {
      const answer = await run(text)
      expect(answer).not.toMatch(/"error":\s*\{\s*"message"/)
      if (text.includes("chat/completions")) expect(answer).toContain("![Generated image](")
    }
  )

  it("are all run", () => {
    const typed = /^\s*(?:\w+=\$\()?curl /gm
    const ran = curls.map(({ text }) => text).join("\n")
    const written = documents.filter((file) => !isTranslation(file)).map(read)
    expect(ran.match(typed)).toHaveLength(written.join("\n").match(typed)?.length ?? 0)
    expect(curls.length).toBeGreaterThan(10)
  })

  it("draws the preview of docs/deploy.md with its command", async () => {
    const link =
      /!\[Generated image\]\(([^)]+)\)/.exec(
        await run(curls.find(({ file }) => file === "docs/deploy.md")?.text ?? "")
      )?.[1] ?? ""
    const drawn = Buffer.from(await (await fetch(link)).arrayBuffer())
    const shown = readFileSync(join(PROJECT, "docs/images/preview.png"))
    // The metadata tells when each was drawn.
    expect(await pixelsOf(drawn)).toEqual(await pixelsOf(shown))
  })

  it("touches every endpoint of the service, and docs/api.md lists each of them", async () => {
    const document: unknown = JSON.parse(await run("curl http://localhost:8787/openapi.json"))
    const paths = Object.keys((document as { paths: object }).paths) // the shape of any OpenAPI document
    const all = curls.map(({ text }) => text).join("\n")
    const endpoints = read("docs/api.md").split("\n## ", 1)[0]
    for (const path of paths) {
      expect(endpoints).toContain(` ${path}\``)
      const address = new RegExp(`http://localhost:8787${path.replace(/\{.*/, "\\S+")}(?=\\s)`)
      expect(all).toMatch(path === "/image/{key}" ? /curl "\$LINK"/ : address)
    }
    expect(paths.length).toBeGreaterThan(6)
  })
})

/** What a command line begins with, and who runs it. */
const runs: ReadonlyArray<readonly [RegExp, string]> = [
  [/^npm ci && npm start$/, "test/scripts/start.test.ts"],
  [/^npm ci && npm test$/, ".ci/run"],
  [/^npm run deploy\b/, "test/scripts/deploy.test.ts"],
  [/^npm run doctor -- \S+( --draw)?$/, "test/scripts/doctor.test.ts"],
  [/^FLUX_API_KEY=\S+ npm run screenshots -- \S+$/, "scripts/screenshots.ts"],
  [/^npx @modelcontextprotocol\/inspector /, "test/clients/mcp.test.ts"],
  // wrangler's own; whether it knows them is asked below.
  [/^npx wrangler /, "wrangler"]
]

describe("the other commands of the documents", () => {
  const lines = commands
    .filter(({ text }) => !/\bcurl\b/.test(text))
    .flatMap(({ text }) =>
      text
        .replaceAll(/\\\n\s*/g, "")
        .trim()
        .split("\n")
    )
    .map((line) => line.trim())

  it.each([...new Set(lines)])("are run by a test, or known to wrangler: %s", (line) => {
    expect(runs.filter(([begin]) => begin.test(line)).map(([, by]) => by)).toHaveLength(1)
  })

  const inText = documents.flatMap((file) =>
    Array.from(read(file).matchAll(/npm run ([\w-]+)/g), ([, name = ""]) => name)
  )

  it("name scripts that there are", () => {
    const { scripts } = JSON.parse(read("package.json"))
    for (const name of new Set(inText)) expect(Object.keys(scripts)).toContain(name)
  })

  const wrangler = new Set(
    documents.flatMap((file) =>
      Array.from(
        read(file).matchAll(/npx (wrangler [a-z]+(?: (?:put|list|create|delete)\b)?)/g),
        ([, name = ""]) => name
      )
    )
  )

  it.each([...wrangler])("name a command that wrangler has: npx %s", { timeout: START_MS }, async (command) => {
    const args = [WRANGLER, ...command.split(" ").slice(1), "--help"]
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: PROJECT, env: QUIET_ENV })
    expect(stdout).toContain(command)
  })

  it("run wrangler by the Node that npm ci has brought, whatever the machine has", { timeout: START_MS }, async () => {
    const bin = join(PROJECT, "node_modules/.bin")
    const PATH = (process.env.PATH ?? "")
      .split(delimiter)
      .filter((folder) => folder !== bin)
      .join(delimiter)
    const { stdout } = await promisify(execFile)("npx", ["node", "--version"], {
      cwd: PROJECT,
      env: { ...QUIET_ENV, PATH }
    })
    expect(Number(/^v(\d+)/.exec(stdout)?.[1])).toBeGreaterThanOrEqual(22)
    const told = await promisify(execFile)("npx", ["wrangler", "--version"], {
      cwd: PROJECT,
      env: { ...QUIET_ENV, PATH }
    })
    expect(told.stdout).toContain(JSON.parse(read("package.json")).devDependencies.wrangler)
  })
})
