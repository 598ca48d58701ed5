import { spawn } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { text } from "node:stream/consumers"
import { afterAll, expect } from "vitest"
import { opencode } from "../../clients/programs.ts"
import { packageOf } from "../../packages.ts"
import { prove } from "../../prove.ts"
import { useService } from "../../service.ts"

const { apiKey, baseURL, drawn, expectPictureIn, inputs, service } = useService()

const program = join(import.meta.dirname, "../../programs/node_modules/opencode-linux-x64/bin/opencode")
const folder = mkdtempSync(join(tmpdir(), "flux-opencode-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const model = "flux/flux-1-schnell"
const configuration = (npm: string) => ({
  autoupdate: false,
  share: "disabled",
  model,
  small_model: model,
  enabled_providers: ["flux"],
  provider: {
    flux: { npm, name: "Flux", options: { baseURL: baseURL(), apiKey }, models: { "flux-1-schnell": { name: "Flux" } } }
  },
  mcp: {
    flux: { type: "remote", url: `${service().url}/mcp`, headers: { Authorization: `Bearer ${apiKey}` }, oauth: false }
  }
})

/** Runs it in a home of its own, without anything of whoever runs the tests, and gives what it prints. */
const run = async (args: ReadonlyArray<string>, npm = "@ai-sdk/openai"): Promise<string> => {
  const work = join(folder, "work")
  mkdirSync(work, { recursive: true })
  writeFileSync(join(work, "opencode.json"), JSON.stringify(configuration(npm)))
  const home = (name: string) => join(folder, "home", name)
  const child = spawn(program, [...args], {
    cwd: work,
    env: {
      PATH: process.env.PATH,
      HOME: home(""),
      XDG_CONFIG_HOME: home("config"),
      XDG_DATA_HOME: home("data"),
      XDG_CACHE_HOME: home("cache"),
      XDG_STATE_HOME: home("state"),
      OPENCODE_DISABLE_MODELS_FETCH: "1"
    },
    stdio: ["ignore", "pipe", "pipe"]
  })
  const [out, error] = await Promise.all([text(child.stdout), text(child.stderr)])
  return out + error
}

prove(opencode, packageOf("opencode-linux-x64").version, {
  "opencode run": async () => {
    await expectPictureIn(await run(["run", "A red fox"]))
  },

  "its title": async () => {
    await run(["run", "A grey wolf in the snow"])
    expect(drawn()).toBe(1)
    const sessions: unknown = JSON.parse(await run(["session", "list", "--format", "json"]))
    expect(JSON.stringify(sessions)).toContain("grey wolf")
  },

  "opencode run --continue": async () => {
    await run(["run", "A red fox"])
    await expectPictureIn(await run(["run", "--continue", "make it winter"]), 2)
    expect(inputs()).toBe(1)
  },

  "the provider @ai-sdk/openai-compatible": async () => {
    await expectPictureIn(await run(["run", "A red fox"], "@ai-sdk/openai-compatible"))
  },

  "its tools": async () => {
    const printed = await run(["run", "--format", "json", "A red fox"])
    expect(printed).not.toContain('"tool_use"')
    expect(drawn()).toBe(1)
  },

  "opencode mcp list": async () => {
    expect(await run(["mcp", "list"])).toMatch(/flux.*connected/)
  }
})
