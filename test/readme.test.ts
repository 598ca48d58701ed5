import { execFile, spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { delimiter, dirname, join, resolve } from "node:path"
import { promisify } from "node:util"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { ratioSizes } from "../src/domain/ImageSize.ts"
import { models } from "../src/domain/ModelCatalogue.ts"
import { pixelsOf } from "./support/metadata.ts"

const PROJECT = resolve(import.meta.dirname, "..")
const START_MS = 90_000
const readme = readFileSync(join(PROJECT, "README.md"), "utf8")

/** The text between a heading and the next one of its level or above. */
const section = (heading: string): string => {
  const start = readme.indexOf(`\n${heading}\n`)
  if (start === -1) throw new Error(`README.md has no section "${heading}"`)
  const level = heading.split(" ", 1)[0]?.length ?? 0
  const rest = readme.slice(start + heading.length + 2)
  const end = rest.search(new RegExp(`^#{1,${level}} `, "m"))
  return end === -1 ? rest : rest.slice(0, end)
}

/** The cells of each row whose first cell is code or a ratio; headings and rules are left out. */
const rows = (text: string): ReadonlyArray<ReadonlyArray<string>> =>
  Array.from(text.matchAll(/^\| ((?:`|\d+:\d).*) \|$/gm), ([, row = ""]) => row.split("|").map((cell) => cell.trim()))

const inCode = (cell: string | undefined): ReadonlyArray<string> =>
  Array.from((cell ?? "").matchAll(/`([^`]+)`/g), ([, code = ""]) => code)

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

const commands = Array.from(readme.matchAll(/^```sh\n([\s\S]*?)^```$/gm), ([, text = ""]) => text)
const curls = commands.filter((text) => /\bcurl\b/.test(text))

describe("the curl commands of the README", { timeout: START_MS }, () => {
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

  it("fails where a command of the README would fail", async () => {
    await expect(run("curl http://localhost:8787/v1/models")).rejects.toThrow("401")
  })

  // In order, for the commands of edits use the picture that those before have saved.
  it.each(curls.map((text) => [/http:\S+/.exec(text)?.[0], text]))("%#: %s", async (_address, text) => {
    const answer = await run(text)
    expect(answer).not.toMatch(/"error":\s*\{\s*"message"/)
    if (text.includes("chat/completions")) expect(answer).toContain("![Generated image](")
  })

  it("are all run", () => {
    const typed = /^\s*(?:\w+=\$\()?curl /gm
    expect(curls.join("\n").match(typed)).toHaveLength(readme.match(typed)?.length ?? 0)
    expect(curls.length).toBeGreaterThan(0)
  })

  it("draws the picture of the README with the first of them", async () => {
    const link = /!\[Generated image\]\(([^)]+)\)/.exec(await run(curls[0] ?? ""))?.[1] ?? ""
    const drawn = Buffer.from(await (await fetch(link)).arrayBuffer())
    const shown = readFileSync(join(PROJECT, "docs/images/preview.png"))
    // The metadata tells when each was drawn.
    expect(await pixelsOf(drawn)).toEqual(await pixelsOf(shown))
  })

  it("touches every endpoint of the service, and the README lists each of them", async () => {
    const document: unknown = JSON.parse(await run("curl http://localhost:8787/openapi.json"))
    const paths = Object.keys((document as { paths: object }).paths) // the shape of any OpenAPI document
    const all = curls.join("\n")
    for (const path of paths) {
      expect(section("## Endpoints")).toContain(` ${path}\``)
      const address = new RegExp(`http://localhost:8787${path.replace(/\{.*/, "\\S+")}(?=\\s)`)
      expect(all).toMatch(path === "/image/{key}" ? /curl "\$LINK"/ : address)
    }
    expect(paths.length).toBeGreaterThan(6)
  })
})

describe("the README and the code", () => {
  it("names every setting that the code reads, and no other", () => {
    const services = join(PROJECT, "src/services")
    const config = [
      join(services, "Config.ts"),
      ...readdirSync(join(services, "config")).map((name) => join(services, "config", name))
    ]
    const variables = config.flatMap((file) =>
      Array.from(readFileSync(file, "utf8").matchAll(/"([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*)"/g), ([, name = ""]) => name)
    )
    const bindings = Array.from(
      readFileSync(join(services, "Bindings.ts"), "utf8").matchAll(/readonly ([A-Z_]+)\?:/g),
      ([, name = ""]) => name
    )
    const documented = rows(section("## Settings").split("\n### ", 1)[0] ?? "").map(([name]) => inCode(name)[0])
    expect(documented.toSorted()).toEqual([...new Set([...variables, ...bindings])].toSorted())
  })

  it("names every setting of .dev.vars.example", () => {
    const example = readFileSync(join(PROJECT, ".dev.vars.example"), "utf8")
    const names = Array.from(example.matchAll(/^#?([A-Z_]+)=/gm), ([, name = ""]) => name)
    expect(names.length).toBeGreaterThan(0)
    for (const name of names) expect(section("## Settings")).toContain(`| \`${name}\` `)
  })

  it("lists the ratios with their sizes", () => {
    const listed = rows(section("## Sizes")).map(([ratio, size]) => [ratio, size?.split(" ")[0]])
    expect(listed).toEqual(Array.from(ratioSizes, ([ratio, { height, width }]) => [ratio, `${width}x${height}`]))
  })

  it("lists the models with their names, prices, sizes and steps", () => {
    const listed = rows(section("## Models")).map(([id, names, neurons, sizes, steps, seed, inputs]) => ({
      id: inCode(id)[0],
      aliases: inCode(names),
      neurons: Number(neurons),
      sizes,
      steps,
      seed,
      inputs
    }))
    const size = { width: 1024, height: 1024 }
    expect(listed).toEqual(
      models.map((model) => ({
        id: model.id,
        aliases: model.aliases,
        neurons: Math.round(model.neurons({ size, steps: model.steps?.default ?? 0, inputs: [] }) * 100) / 100,
        sizes: model.sizes._tag === "Fixed" ? "1024 only" : `${model.sizes.minimum} to ${model.sizes.maximum}`,
        steps: model.steps ? `${model.steps.default} (${model.steps.maximum})` : "fixed",
        seed: model.seed ? "yes" : "no",
        inputs: model.inputs ? `up to ${model.inputs.maximum}` : "none"
      }))
    )
  })
})

const anchorsOf = (prose: string): ReadonlyArray<string> =>
  Array.from(prose.matchAll(/^#+ (.+)$/gm), ([, title = ""]) =>
    title
      .toLowerCase()
      .replace(/[^\w\- ]/g, "")
      .replace(/ /g, "-")
  )

const documents = ["README.md", "CHANGELOG.md", "AGENTS.md", "docs/architecture.md", "docs/clients.md", "docs/jobs.md"]

describe.each(documents)("%s", (name) => {
  const file = join(PROJECT, name)
  const text = readFileSync(file, "utf8")

  it("links to files and sections that exist", () => {
    const prose = text.replace(/^```[\s\S]*?^```$/gm, "")
    const links = Array.from(prose.matchAll(/\]\(((?!https?:)[^)\s]+)\)/g), ([, link = ""]) => link)
    for (const link of links) {
      const [path = "", anchor] = link.split("#")
      const target = path === "" ? file : resolve(dirname(file), path)
      expect(existsSync(target), link).toBe(true)
      if (anchor !== undefined) {
        expect(anchorsOf(readFileSync(target, "utf8").replace(/^```[\s\S]*?^```$/gm, ""))).toContain(anchor)
      }
    }
  })

  it("names paths that exist", () => {
    const paths = Array.from(text.matchAll(/`((?:src|test|scripts|docs)\/[\w./-]*)`/g), ([, path = ""]) => path)
    for (const path of paths) expect(existsSync(join(PROJECT, path)), path).toBe(true)
  })
})
