import { execFile } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import { afterAll } from "vitest"
import { promptfoo } from "../../clients/programs.ts"
import { packageOf } from "../../packages.ts"
import { prove } from "../../prove.ts"
import { useService } from "../../service.ts"

const { apiKey, baseURL, expectPictureIn } = useService()

const program = join(import.meta.dirname, "../../programs/node_modules/.bin/promptfoo")
const folder = mkdtempSync(join(tmpdir(), "flux-promptfoo-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The fields of promptfoo's report that are read. */
interface Report {
  readonly results: { readonly results: ReadonlyArray<{ readonly response?: { readonly output?: unknown } }> }
}

/** What a provider answers to one prompt. */
const evaluate = async (id: string, config: object = {}): Promise<unknown> => {
  const settings = {
    prompts: ["{{what}}"],
    providers: [{ id, config: { apiBaseUrl: baseURL(), apiKey, ...config } }],
    tests: [{ vars: { what: "A red fox" } }]
  }
  const file = join(folder, "promptfooconfig.json")
  const report = join(folder, "report.json")
  writeFileSync(file, JSON.stringify(settings))
  const args = ["eval", "-c", file, "-o", report, "--no-cache", "--no-write", "--no-progress-bar"]
  await promisify(execFile)(program, args, {
    cwd: folder,
    env: {
      ...process.env,
      HOME: folder,
      PROMPTFOO_CONFIG_DIR: folder,
      PROMPTFOO_DISABLE_TELEMETRY: "1",
      PROMPTFOO_DISABLE_UPDATE: "1"
    }
  })
  const { results }: Report = JSON.parse(readFileSync(report, "utf8"))
  return results.results[0]?.response?.output
}

/** Responses come as a list of texts, or as one. */
const textOf = (output: unknown): string => (Array.isArray(output) ? output.join("\n") : String(output))

prove(promptfoo, packageOf("promptfoo").version, {
  "`openai:chat:…`": async () => {
    await expectPictureIn(textOf(await evaluate("openai:chat:flux-1-schnell")))
  },

  "`openai:responses:…`": async () => {
    await expectPictureIn(textOf(await evaluate("openai:responses:flux-1-schnell")))
  },

  "`openai:image:…`": async () => {
    await expectPictureIn(textOf(await evaluate("openai:image:flux-1-schnell")))
  }
})
