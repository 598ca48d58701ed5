import { execFile } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import { afterAll, expect } from "vitest"
import { toolResultFrom } from "../../support/mcp.ts"
import { mcpInspector } from "../clients/mcp.ts"
import { packageOf } from "../packages.ts"
import { prove } from "../prove.ts"
import { failureOf, useService } from "../service.ts"

const { apiKey, drawn, service } = useService()

const launcher = join(
  import.meta.dirname,
  "../node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js"
)
const home = mkdtempSync(join(tmpdir(), "flux-inspector-"))
afterAll(() => rmSync(home, { recursive: true, force: true }))

/** What the command line prints; it keeps its settings away from those of whoever runs the tests. */
const inspect = async (...args: ReadonlyArray<string>): Promise<unknown> => {
  const target = ["--cli", `${service().url}/mcp`, "--transport", "http", "--header", `Authorization: Bearer ${apiKey}`]
  const { stdout } = await promisify(execFile)(process.execPath, [launcher, ...target, ...args], {
    env: { ...process.env, HOME: home },
    maxBuffer: 16 * 1024 * 1024
  })
  return JSON.parse(stdout)
}

const call = (...pairs: ReadonlyArray<string>) =>
  inspect("--method", "tools/call", "--tool-name", "generate_image", "--tool-arg", ...pairs)

prove(mcpInspector, packageOf("@modelcontextprotocol/inspector").version, {
  "tools/list": async () => {
    const names = ["generate_image", "edit_image", "list_models"]
    expect(await inspect("--method", "tools/list")).toMatchObject({ tools: names.map((name) => ({ name })) })
  },

  "tools/list --strict": async () => {
    await inspect("--method", "tools/list", "--strict")
  },

  "tools/call": async () => {
    const { links, structuredContent } = toolResultFrom(await call("prompt=A red fox", "size=16:9"))
    expect(structuredContent?.images[0]).toMatchObject({ url: links[0]?.uri, size: "1024x576" })
    expect(drawn()).toBe(1)
  },

  "failures as results": async () => {
    const failure = await failureOf(call("prompt=A red fox", "model=gpt-4o-mini"))
    expect(JSON.stringify(failure)).toContain("gpt-4o-mini")
  },

  "resources/list, prompts/list": async () => {
    expect(await inspect("--method", "resources/list")).toEqual({ resources: [] })
    expect(await inspect("--method", "prompts/list")).toEqual({ prompts: [] })
  }
})
