/**
 * `npm run build`: dist/main.js, the whole service as one ES module that can be pasted into the dashboard's editor,
 * with its source map beside it. Fails if the code is larger than its budget.
 */
import { spawnSync } from "node:child_process"
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { join, relative } from "node:path"
import { gzipSync } from "node:zlib"
import * as esbuild from "esbuild"
import { PROJECT, QUIET_ENV, WRANGLER } from "./wrangler.ts"

/** Bytes of gzip that the code may take. What is served as it was made has budgets of its own. */
const BUDGET = 266 * 1024
const SERVED = [
  // All pages, the icons and the service worker; of these the page at `/` has 60 KiB (test/browser/setup.test.ts).
  { name: "page", file: "src/http/page/page.generated.ts", budget: 62 * 1024 },
  { name: "openapi.json", file: "src/http/system/openapi.generated.ts", budget: 14 * 1024 }
]
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

/** The gzip size of the code with what the files named here hold left out. */
const sizeWithout = async (files: ReadonlyArray<string>): Promise<number> => {
  const empty: esbuild.Plugin = {
    name: "empty",
    setup: (build) =>
      build.onLoad({ filter: /\.generated\.ts$/ }, ({ path }) => {
        if (!files.includes(relative(PROJECT, path).replaceAll("\\", "/"))) return undefined
        const names = [...readFileSync(path, "utf8").matchAll(/^export const (\w+)/gm)].map(([, name]) => name)
        return { contents: names.map((name) => `export const ${name} = ""`).join("\n") }
      })
  }
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
    plugins: [empty]
  })
  return gzipSize(outputFiles[0]?.contents ?? "")
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

const whole = gzipSize(code)
const everything = await sizeWithout([])
const served = await Promise.all(
  SERVED.map(async (part) => ({ ...part, size: everything - (await sizeWithout([part.file])) }))
)
const counted = whole - (everything - (await sizeWithout(SERVED.map(({ file }) => file))))
const sizes = [{ name: "code", size: counted, budget: BUDGET }, ...served]
const told = sizes.map(({ name, size }) => `${name} ${kib(size)}`).join(", ")
console.log(`dist/main.js: ${kib(total)}, gzip ${kib(whole)} (${told})`)
for (const { budget, name, size } of sizes) {
  if (size > budget) fail(`${name} is over its budget of ${kib(budget)} gzip`)
}
console.log(`
Paste the text of dist/main.js into the editor of the dashboard: docs/deploy.md, "By pasting into the dashboard", has the steps.
\`npm run deploy\` needs no build; it makes its own.`)
