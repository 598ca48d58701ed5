import { execFile } from "node:child_process"
import { once } from "node:events"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { join, resolve } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { API_KEY, type RunningService, startService } from "../support/service.ts"

const SCRIPT = join(resolve(import.meta.dirname, "../.."), "scripts/doctor.ts")
const START_MS = 60_000

/** Runs the doctor with this key in its environment. */
const doctor = (args: ReadonlyArray<string>, key = ""): Promise<{ code: number; output: string }> =>
  new Promise((done) => {
    const env = { ...process.env, FLUX_API_KEY: key }
    const child = execFile(process.execPath, [SCRIPT, ...args], { env }, (_error, stdout, stderr) =>
      done({ code: child.exitCode ?? -1, output: stdout + stderr })
    )
  })

/** The row of a check. */
const row = (output: string, check: string): string =>
  output.split("\n").find((line) => line.startsWith(`${check}  `)) ?? ""

const failedRows = (output: string) => output.split("\n").filter((line) => line.includes("✗"))

describe("the doctor of a deployment in order", () => {
  let service: RunningService
  beforeAll(async () => {
    service = await startService({ ai: "rest" })
  }, START_MS)
  afterAll(() => service.close(), START_MS)

  it("finds nothing wrong, and draws nothing", { timeout: START_MS }, async () => {
    const { code, output } = await doctor([service.url], API_KEY)
    expect(failedRows(output)).toEqual([])
    expect(code).toBe(0)
    expect(service.workersAi.calls).toHaveLength(0)
    for (const check of ["GET /health", "GET /docs", "no key", "preflight of a page (CORS)", "GET /v1/models"]) {
      expect(row(output, check)).toContain("✓")
    }
    expect(row(output, "GET /docs")).toContain('shows "Draw in a chat"')
    expect(row(output, "MCP: initialize")).toContain("✓ version ")
    expect(row(output, "MCP: tools")).toContain("✓ generate_image, edit_image")
    expect(row(output, "a title for Open WebUI")).toContain("A red fox")
    expect(row(output, "NextChat")).toContain(`enter ${service.url}`)
    expect(row(output, "Open WebUI")).toContain(`enter ${service.url}/v1`)
  })

  it("draws with --draw, and follows the link", { timeout: START_MS }, async () => {
    service.workersAi.say = () => "A small boat on a still lake."
    const { code, output } = await doctor([`${service.url}/v1/`, "--draw", "--key", API_KEY])
    expect(failedRows(output)).toEqual([])
    expect(code).toBe(0)
    expect(row(output, "draw a picture")).toContain("neurons")
    expect(row(output, "improve a prompt")).toContain("✓ A small boat")
    expect(row(output, "its link")).toContain("image/jpeg")
    expect(row(output, "its mark")).toContain("trainedAlgorithmicMedia")
    expect(row(output, "draw in a chat, as a stream")).toContain("pieces")
    for (const check of ["draw by Responses", "draw by MCP", "draw by OpenRouter"])
      expect(row(output, check)).toMatch(/✓ [\d.]+ s/)
    expect(row(output, "a mask")).toContain("✓ repainted")
    expect(row(output, "outside of a mask")).toContain("✓ as it was")
    expect(row(output, "img2img")).toContain("✓ 512x512")
    // A prompt that was improved, and seven pictures.
    expect(service.workersAi.calls).toHaveLength(8)
  })

  it("checks what needs no key where there is none", { timeout: START_MS }, async () => {
    const { code, output } = await doctor([service.url])
    expect(row(output, "your key")).toContain("FLUX_API_KEY")
    expect(output).not.toContain("GET /v1/models")
    expect(code).toBe(0)
  })

  it("names a wrong key without telling it", { timeout: START_MS }, async () => {
    const { code, output } = await doctor([service.url, "--key", "sk-not-this-one"])
    expect(row(output, "your key")).toMatch(/✗.*API_KEY/)
    expect(output).not.toContain("sk-not-this-one")
    expect(code).toBe(1)
  })

  it("prints no right key either", { timeout: START_MS }, async () => {
    expect((await doctor([service.url, "--draw"], API_KEY)).output).not.toContain(API_KEY)
  })
})

describe("the doctor of a deployment without a key, and with pages of one origin", () => {
  let service: RunningService
  beforeAll(async () => {
    const vars = {
      API_KEY: "",
      ALLOWED_ORIGINS: "https://mine.example",
      IMAGE_EXPIRATION: "1",
      HELPER_REQUESTS: "draw"
    }
    service = await startService({ ai: "rest", vars })
  }, START_MS)
  afterAll(() => service.close(), START_MS)

  it("names all that is missing, and what to do", { timeout: START_MS }, async () => {
    const { code, output } = await doctor([service.url], API_KEY)
    expect(code).toBe(1)
    expect(output).toMatch(/^GET \/health +✗ API_KEY is missing or wrong +npx wrangler secret put API_KEY$/m)
    expect(output).toMatch(/^GET \/health +✗ IMAGE_EXPIRATION is missing or wrong +npx wrangler secret put IMAGE/m)
    expect(row(output, "no key")).toMatch(/✗.*npx wrangler secret put API_KEY/)
  })

  it("tells a page that may from one that may not", { timeout: START_MS }, async () => {
    const check = "pages of others (CORS)"
    expect(row((await doctor([service.url])).output, check)).toMatch(/! .*ALLOWED_ORIGINS/)
    expect(row((await doctor([service.url, "--origin", "https://other.example"])).output, check)).toContain("✗")
    const { output } = await doctor([service.url, "--origin", "https://mine.example"])
    expect(row(output, "preflight of a page (CORS)")).toContain("✓ https://mine.example")
  })
})

/** A proxy that changes what the service at `target` says. */
const startProxy = async (target: string, change: (text: string) => string) => {
  const server = createServer(async ({ headers, url = "/" }, response) => {
    const answer = await fetch(target + url, { headers: { authorization: headers.authorization ?? "" } })
    const text = await answer.text()
    const kept = [...answer.headers].filter(
      ([name]) => !/^(content-length|content-encoding|transfer-encoding)$/.test(name)
    )
    response
      .writeHead(answer.status, Object.fromEntries(kept))
      .end(/^\/($|docs|openapi)/.test(url) ? change(text) : text)
  }).listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = server.address() as AddressInfo // an IP socket has this shape, only a pipe has not
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() }
}

describe("the doctor of pages that were changed on their way", () => {
  let service: RunningService
  beforeAll(async () => {
    service = await startService({ ai: "rest" })
  }, START_MS)
  afterAll(() => service.close(), START_MS)

  it.each([
    ["a script", (text: string) => text.replace("<script>", "<script>//\n"), "GET /docs", "no browser runs"],
    ["no script", (text: string) => text.replace(/<script>[\s\S]*<\/script>/, ""), "GET /", "without its script"],
    ["another page", () => "<!doctype html><title>Sign in</title>", "GET /", "without its script"],
    [
      "no names",
      (text: string) => (text.startsWith("{") ? text.replaceAll('"summary"', '"summery"') : text),
      "GET /docs",
      "shows nothing"
    ]
  ])("sees %s, though the status is 200", { timeout: START_MS }, async (_, change, check, seen) => {
    const proxy = await startProxy(service.url, change)
    const { code, output } = await doctor([proxy.url])
    proxy.close()
    expect(row(output, check)).toContain(seen)
    expect(code).toBe(1)
  })
})

describe("the doctor of something else", () => {
  it("says that nothing answers", async () => {
    const server = createServer().listen(0, "127.0.0.1")
    await once(server, "listening")
    const { port } = server.address() as AddressInfo // an IP socket has this shape, only a pipe has not
    server.close()
    await once(server, "close")
    const { code, output } = await doctor([`127.0.0.1:${port}`], API_KEY)
    expect(row(output, "GET /health")).toContain("no answer")
    expect(code).toBe(1)
  })

  it("says that it is no such service", async () => {
    const server = createServer((_request, response) => response.end("<p>Hello</p>")).listen(0, "127.0.0.1")
    await once(server, "listening")
    const { port } = server.address() as AddressInfo // an IP socket has this shape, only a pipe has not
    const { code, output } = await doctor([`http://127.0.0.1:${port}`], API_KEY)
    server.close()
    expect(row(output, "GET /health")).toContain("no Flux API Worker")
    expect(output).toContain("1 of 1 failed")
    expect(code).toBe(1)
  })

  it.each([[[]], [["one.example", "two.example"]], [["not an address"]], [["one.example", "--paint"]]])(
    "explains itself for %j",
    async (args) => {
      const { code, output } = await doctor(args)
      expect(output).toContain("npm run doctor -- <address>")
      expect(code).toBe(1)
    }
  )
})
