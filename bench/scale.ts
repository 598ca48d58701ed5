/**
 * `node bench/scale.ts`: how many claims a second one ledger takes, measured in workerd, and what waits in line before it and
 * before Workers AI, simulated from that. docs/design/scale.md says what follows; its figures are these. Takes half a minute.
 */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as esbuild from "esbuild"
import { median } from "./load.ts"
import { lineBefore, seededRandom, withinTheMinute } from "./queues.ts"
import { startWorkerd } from "./workerd.ts"

const rounds = 5
const pairs = 1000

const folder = mkdtempSync(join(tmpdir(), "flux-scale-"))
const script = join(folder, "scale.js")
await esbuild.build({
  entryPoints: [join(import.meta.dirname, "scaleWorker.ts")],
  outfile: script,
  bundle: true,
  format: "esm",
  target: "es2024",
  conditions: ["workerd", "worker", "browser"],
  external: ["cloudflare:*"]
})

const table = (head: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string>>) => {
  for (const row of [head, head.map(() => "---"), ...rows]) console.log(`| ${row.join(" | ")} |`)
  console.log("")
}

/** Generations a second, and the CPU of workerd for each, in milliseconds: claims and ends, and the Worker that asks. */
const measure = async (awaited: boolean, width: number) => {
  // Nothing but the ledger is asked, so nobody listens at the port of Workers AI and Workers KV.
  const workerd = await startWorkerd(script, 9, {}, { objects: true })
  try {
    const rates: Array<number> = []
    const cpu: Array<number> = []
    for (let round = -1; round < rounds; round += 1) {
      const cpuBefore = workerd.cpuMillis()
      const begin = performance.now()
      const query = new URLSearchParams({
        pairs: String(pairs),
        width: String(width),
        awaited: String(awaited),
        key: "alice"
      })
      const { ok } = await fetch(`${workerd.url}/?${query}`, { method: "POST" })
      if (!ok) throw new Error("A claim was not answered")
      if (round < 0) continue
      rates.push((pairs * 1000) / (performance.now() - begin))
      cpu.push((workerd.cpuMillis() - cpuBefore) / pairs)
    }
    return { rate: median(rates), cpu: median(cpu) }
  } finally {
    await workerd.stop()
  }
}

const kinds = [
  { name: "claim that is waited for, then end (2 rows)", awaited: true, width: 1 },
  { name: "... 64 at a time", awaited: true, width: 64 },
  { name: "claim beside the drawing, then end (1 row)", awaited: false, width: 1 },
  { name: "... 64 at a time", awaited: false, width: 64 }
]
const measured = []
for (const kind of kinds) measured.push({ ...kind, ...(await measure(kind.awaited, kind.width)) })
rmSync(folder, { recursive: true, force: true })

console.log("One ledger, all generations with one key:\n")
table(
  ["what", "generations a second", "CPU ms each"],
  measured.map(({ cpu, name, rate }) => [name, rate.toFixed(0), cpu.toFixed(2)])
)

/**
 * What one object takes at most, being one thread: its CPU, with that of the Worker that asks, so rather too much. The rate
 * above is also that of what else this machine does.
 */
const each = Math.max(...measured.map(({ cpu }) => cpu)) / 1000
const seed = 20
const millis = (seconds: number) => (seconds * 1000).toFixed(1)
console.log(
  `The line before one ledger, where a generation takes it ${millis(each)} ms of CPU (${(1 / each).toFixed(0)} a second):\n`
)
table(
  ["generations a second with one key", "of what it can", "wait ms, mean", "wait ms, 99 of 100"],
  [12 * each, 0.5, 0.8, 0.9, 0.95].map((part) => {
    const { mean, p99 } = lineBefore(part / each, each, seededRandom(seed))
    return [(part / each).toFixed(0), `${(100 * part).toFixed(0)}%`, millis(mean), millis(p99)]
  })
)

const percent = (part: number) => `${(100 * part).toFixed(1)}%`
console.log("The account's 720 pictures a minute, for an hour; who is refused comes again twice:\n")
table(
  ["pictures a minute", "retry-after", "served at once", "served after waiting", "refused"],
  [360, 700, 800, 1000, 3333].flatMap((aMinute) =>
    [10, 30, 60].map((retryAfter) => {
      const served = withinTheMinute({ aMinute, limit: 720, minutes: 60, retryAfter }, seededRandom(seed))
      return [
        String(aMinute),
        `${retryAfter} s`,
        percent(served.atOnce),
        percent(served.afterWaiting),
        percent(served.refused)
      ]
    })
  )
)
