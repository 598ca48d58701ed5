/**
 * `npm run build`: dist/main.js, the whole service as one ES module that can be pasted into the dashboard's editor,
 * with its source map beside it. Fails if the code is larger than its budget.
 */
import { spawnSync } from "node:child_process"
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync
} from "node:fs"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import * as esbuild from "esbuild"
import { PROJECT, QUIET_ENV, WRANGLER } from "./wrangler.ts"

/** Bytes of gzip that the code may take. The pages, data made from their own sources, have a budget of their own. */
const BUDGET = 250 * 1024
const PAGE_BUDGET = 60 * 1024
const PAGE = "src/http/page/page.generated.ts"
const PAGE_FILTER = /[\\/]page\.generated\.ts$/
const LARGEST = 10

const dist = join(PROJECT, "dist")
const kib = (bytes: number) => `${(bytes / 1024).toFixed(1)} KiB`
const gzipSize = (content: string | Uint8Array) => gzipSync(content, { level: 9 }).length

const fail = (reason: string): never => {
  console.error(reason)
  process.exit(1)
}

/** Bundles as a deploy does, into `folder`. */
const bundle = (folder: string): esbuild.Metafile => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [WRANGLER, "deploy", "--dry-run", "--minify", "--outdir", folder, "--metafile", join(folder, "meta.json")],
    { cwd: PROJECT, env: QUIET_ENV, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }
  )
  if (status !== 0) fail(`${stdout}${stderr}`)
  const extra = readdirSync(folder).filter((name) => !/^(main\.js(\.map)?|meta\.json|README\.md)$/.test(name))
  if (extra.length > 0) fail(`The bundle is more than one file: ${extra.join(", ")}`)
  return JSON.parse(readFileSync(join(folder, "meta.json"), "utf8"))
}

/** What the page adds to the gzip size: the difference between a bundle with it and one with empty strings for it. */
const pageSize = async (): Promise<number> => {
  if (!existsSync(join(PROJECT, PAGE))) return 0
  const emptyPage: esbuild.Plugin = {
    name: "empty-page",
    setup: (build) =>
      build.onLoad({ filter: PAGE_FILTER }, ({ path }) => {
        const names = [...readFileSync(path, "utf8").matchAll(/^export const (\w+)/gm)].map(([, name]) => name)
        return { contents: names.map((name) => `export const ${name} = ""`).join("\n") }
      })
  }
  const size = async (plugins: Array<esbuild.Plugin>) => {
    const { outputFiles } = await esbuild.build({
      absWorkingDir: PROJECT,
      entryPoints: ["src/main.ts"],
      bundle: true,
      minify: true,
      write: false,
      format: "esm",
      target: "es2024",
      conditions: ["workerd", "worker", "browser"],
      external: ["cloudflare:*", "node:*"],
      plugins
    })
    return gzipSize(outputFiles[0]?.contents ?? "")
  }
  return (await size([])) - (await size([emptyPage]))
}

rmSync(dist, { recursive: true, force: true })
mkdirSync(dist)
const folder = mkdtempSync(join(dist, "bundle-"))
const meta = bundle(folder)
const output = Object.values(meta.outputs).find((candidate) => candidate.entryPoint !== undefined)
if (output === undefined) throw new Error("The bundle has no entry point")

const foreign = output.imports.map(({ path }) => path).filter((path) => !/^(cloudflare|node):/.test(path))
if (foreign.length > 0) fail(`The bundle imports what a Worker does not have: ${foreign.join(", ")}`)

const code = readFileSync(join(folder, "main.js"), "utf8").replace(/^\/\/# sourceMappingURL=.*\n?/m, "")
writeFileSync(join(dist, "main.js"), code)
renameSync(join(folder, "main.js.map"), join(dist, "main.js.map"))
rmSync(folder, { recursive: true })

const total = Buffer.byteLength(code)
console.log("Largest parts of dist/main.js:")
const parts = Object.entries(output.inputs).sort(([, a], [, b]) => b.bytesInOutput - a.bytesInOutput)
for (const [path, { bytesInOutput }] of parts.slice(0, LARGEST)) {
  const share = `${((bytesInOutput / total) * 100).toFixed(1)} %`
  console.log(`${share.padStart(8)} ${kib(bytesInOutput).padStart(10)}  ${path.replace(/^.*node_modules\//, "")}`)
}

const page = await pageSize()
const counted = gzipSize(code) - page
console.log(`dist/main.js: ${kib(total)}, gzip ${kib(counted + page)} (code ${kib(counted)}, page ${kib(page)})`)
if (counted > BUDGET) fail(`The code is over its budget of ${kib(BUDGET)} gzip`)
if (page > PAGE_BUDGET) fail(`The page is over its budget of ${kib(PAGE_BUDGET)} gzip`)
