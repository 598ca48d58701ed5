import { spawn } from "node:child_process"
import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import { measureLedger } from "./ledger.ts"
import { type Call, call, load, median, percentile } from "./load.ts"
import { startWorkerd, type Workerd } from "./workerd.ts"

const quick = process.argv.includes("--quick")
const root = join(import.meta.dirname, "..")
const folder = mkdtempSync(join(tmpdir(), "flux-bench-"))

const upstream = spawn(process.execPath, [join(import.meta.dirname, "upstream.ts")], {
  stdio: ["ignore", "pipe", "inherit"]
})
const upstreamPort = await new Promise<number>((resolve) =>
  upstream.stdout.once("data", (data) => resolve(Number(String(data))))
)
const tell = (path: string) =>
  fetch(`http://127.0.0.1:${upstreamPort}${path}`, { method: "POST" }).then((response) => response.text())

copyFileSync(join(root, "dist/main.js"), join(folder, "service.js"))
copyFileSync(join(import.meta.dirname, "bare-worker.js"), join(folder, "floor.js"))

const start = async (
  name: "service" | "floor",
  { vars = {}, ...options }: { readonly objects?: boolean; readonly vars?: Readonly<Record<string, string>> } = {}
) => startWorkerd(join(folder, `${name}.js`), upstreamPort, vars, options)

const lines: Array<string> = []
const print = (line: string) => {
  lines.push(line)
  console.log(line)
}
const table = (head: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string>>) => {
  print(`| ${head.join(" | ")} |`)
  print(`| ${head.map(() => "---").join(" | ")} |`)
  for (const row of rows) print(`| ${row.join(" | ")} |`)
  print("")
}
const ratio = (service: number, floor: number) => `**${(service / floor).toFixed(2)}**`
/** The median of the rounds' ratios: what disturbs a machine for a while disturbs both sides of a round. */
const roundRatio = (service: ReadonlyArray<number>, floor: ReadonlyArray<number>) =>
  `**${median(service.map((value, round) => value / (floor[round] ?? Number.NaN))).toFixed(2)}**`
const fixed = (value: number, digits = 2) => value.toFixed(digits)

const chat: Call = {
  method: "POST",
  path: "/v1/chat/completions",
  body: JSON.stringify({ messages: [{ role: "user", content: "A cute cat" }] })
}
const streamed: Call = {
  ...chat,
  body: JSON.stringify({ stream: true, messages: [{ role: "user", content: "A cute cat" }] })
}
const images: Call = {
  method: "POST",
  path: "/v1/images/generations",
  body: JSON.stringify({ prompt: "A cute cat", response_format: "b64_json" })
}
const responses: Call = {
  method: "POST",
  path: "/v1/responses",
  body: JSON.stringify({ input: "A cute cat" })
}
const models: Call = { method: "GET", path: "/v1/models" }

/** A link to a picture that the Worker has stored. */
const storedPath = async (worker: Workerd): Promise<string> => {
  const response = await fetch(`${worker.url}${chat.path}`, {
    method: "POST",
    headers: { authorization: "Bearer sk-bench" },
    body: String(chat.body)
  })
  return /\/image\/[^)"]+/.exec(await response.text())?.[0] ?? ""
}

interface Scenario {
  readonly name: string
  readonly bytes: number
  readonly count: number
  readonly call: (worker: Workerd, name: "service" | "floor") => Promise<Call>
}

const rounds = quick ? 3 : 25
const scenarios: ReadonlyArray<Scenario> = [
  { name: "chat JSON, 300 KB", bytes: 300_000, count: 40, call: async () => chat },
  { name: "chat JSON, 1.5 MB", bytes: 1_500_000, count: 20, call: async () => chat },
  {
    name: "responses JSON, 300 KB (floor: its chat)",
    bytes: 300_000,
    count: 40,
    call: async (_worker, name) => (name === "service" ? responses : chat)
  },
  { name: "images b64_json, 300 KB", bytes: 300_000, count: 40, call: async () => images },
  { name: "images b64_json, 1.5 MB", bytes: 1_500_000, count: 20, call: async () => images },
  {
    name: "GET /image 200, 300 KB",
    bytes: 300_000,
    count: 80,
    call: async (worker) => ({ method: "GET", path: await storedPath(worker) })
  },
  {
    name: "GET /image 304 (floor: its 200)",
    bytes: 300_000,
    count: 80,
    call: async (worker, name) => {
      const path = await storedPath(worker)
      const etag = `"${path.slice("/image/".length)}"`
      return { method: "GET", path, ...(name === "service" && { headers: { "if-none-match": etag }, status: 304 }) }
    }
  },
  { name: "GET /v1/models", bytes: 300_000, count: 80, call: async () => models }
]

const service = await start("service")
const floor = await start("floor")
const workers = { service, floor }

print("# Benchmark")
print("")
print(
  "`npm run bench`: the built Worker beside `bench/bare-worker.js`, the same job written by hand with no library and no " +
    "checks, each in a workerd process of its own, interleaved, with the same Workers AI and Workers KV answering from memory " +
    "in another process. Ratios above 1 mean that the service takes more than the floor."
)
print("")

print("## CPU and latency, one request at a time")
print("")
const rows: Array<ReadonlyArray<string>> = []
for (const scenario of scenarios) {
  await tell(`/bytes/${scenario.bytes}`)
  const calls = { service: await scenario.call(service, "service"), floor: await scenario.call(floor, "floor") }
  const cpu: Record<"service" | "floor", Array<number>> = { service: [], floor: [] }
  const p50: Record<"service" | "floor", Array<number>> = { service: [], floor: [] }
  const p99: Record<"service" | "floor", Array<number>> = { service: [], floor: [] }
  for (const name of ["service", "floor"] as const) await load(workers[name].url, calls[name], scenario.count * 10, 4)
  for (let round = 0; round < rounds; round += 1) {
    // Whoever goes first in a round would always go first after the other's garbage.
    const order = round % 2 === 0 ? (["service", "floor"] as const) : (["floor", "service"] as const)
    for (const name of order) {
      const before = workers[name].cpuMillis()
      const timings = (await load(workers[name].url, calls[name], scenario.count, 1)).map(({ total }) => total)
      cpu[name].push((workers[name].cpuMillis() - before) / scenario.count)
      p50[name].push(median(timings))
      p99[name].push(percentile(timings, 0.99))
    }
    await tell("/forget").then(() => undefined)
    if (scenario.name.startsWith("GET /image")) {
      calls.service = await scenario.call(service, "service")
      calls.floor = await scenario.call(floor, "floor")
    }
  }
  const pair = ({ floor, service }: Record<"service" | "floor", ReadonlyArray<number>>) => [
    `${fixed(median(service))} / ${fixed(median(floor))}`,
    roundRatio(service, floor)
  ]
  rows.push([scenario.name, ...pair(cpu), ...pair(p50), ...pair(p99)])
}
table(["what", "CPU ms (service / floor)", "ratio", "p50 ms", "ratio", "p99 ms", "ratio"], rows)

print("## Requests a second")
print("")
const throughput: Array<ReadonlyArray<string>> = []
for (const [name, request, bytes] of [
  ["chat JSON, 300 KB", chat, 300_000],
  ["GET /v1/models", models, 300_000]
] as const) {
  await tell(`/bytes/${bytes}`)
  for (const concurrency of [1, 8, 64]) {
    const rate: Record<"service" | "floor", Array<number>> = { service: [], floor: [] }
    for (let round = 0; round < (quick ? 2 : 5); round += 1) {
      for (const worker of ["service", "floor"] as const) {
        const count = Math.max(128, concurrency * 4)
        const begin = performance.now()
        await load(workers[worker].url, request, count, concurrency)
        rate[worker].push((count * 1000) / (performance.now() - begin))
        await tell("/forget")
      }
    }
    const [a, b] = [median(rate.service), median(rate.floor)]
    throughput.push([name, String(concurrency), `${fixed(a, 0)} / ${fixed(b, 0)}`, ratio(a, b)])
  }
}
table(["what", "concurrency", "requests/s (service / floor)", "ratio (above 1: faster)"], throughput)

print("## First byte of a stream, with a model that takes 2 s")
print("")
for (const name of ["service", "floor"] as const) await load(workers[name].url, streamed, 200, 4)
await tell("/delay/2000")
const firstBytes: Array<ReadonlyArray<string>> = []
for (const [title, concurrency] of [
  ["one stream", 1],
  ["8 streams at the same moment", 8]
] as const) {
  const first: Record<"service" | "floor", Array<number>> = { service: [], floor: [] }
  for (let round = 0; round < (quick ? 1 : 5); round += 1) {
    for (const name of ["service", "floor"] as const) {
      const timings = await load(workers[name].url, streamed, concurrency, concurrency)
      first[name].push(median(timings.map(({ firstByte }) => firstByte)))
    }
  }
  const [a, b] = [median(first.service), median(first.floor)]
  firstBytes.push([title, fixed(a), fixed(b), fixed(a - b)])
}
await tell("/delay/0")
table(["what", "service ms", "floor ms", "difference ms"], firstBytes)
await service.stop()
await floor.stop()

await measureLedger({ start, tell, print, table, rounds: quick ? 3 : 15 })

print("## What the mark in each picture adds to a generation")
print("")
const marking = await start("service")
const unmarked = await start("service", { vars: { PROVENANCE: "off" } })
const markRows: Array<ReadonlyArray<string>> = []
for (const [title, request, bytes] of [
  ["chat JSON, 300 KB", chat, 300_000],
  ["images b64_json, 300 KB", images, 300_000]
] as const) {
  await tell(`/bytes/${bytes}`)
  const cpu: Record<"xmp" | "off", Array<number>> = { xmp: [], off: [] }
  for (let round = -1; round < rounds; round += 1) {
    const sides = [
      ["xmp", marking],
      ["off", unmarked]
    ] as const
    for (const [name, worker] of round % 2 === 0 ? sides : sides.toReversed()) {
      const before = worker.cpuMillis()
      await load(worker.url, request, 100, 1)
      if (round >= 0) cpu[name].push((worker.cpuMillis() - before) / 100)
    }
    await tell("/forget")
  }
  const added = median(cpu.xmp.map((value, round) => value - (cpu.off[round] ?? Number.NaN)))
  markRows.push([title, `${fixed(median(cpu.xmp))} / ${fixed(median(cpu.off))}`, fixed(added)])
}
await marking.stop()
await unmarked.stop()
table(["what", "CPU ms (`PROVENANCE=xmp` / `off`)", "added ms"], markRows)

print("## Memory over idle, with 64 generations of a 1.5 MB picture in flight")
print("")
const growth: Record<"service" | "floor", Array<number>> = { service: [], floor: [] }
for (let round = 0; round < (quick ? 1 : 3); round += 1) {
  for (const name of ["service", "floor"] as const) {
    const worker = await start(name)
    // Small pictures first, so that what grows is not the code.
    await tell("/bytes/20000")
    await load(worker.url, chat, 400, 8)
    await tell("/forget")
    await tell("/bytes/1500000")
    await tell("/delay/200")
    const idle = worker.memoryBytes()
    let peak = idle
    const watch = setInterval(() => {
      peak = Math.max(peak, worker.memoryBytes())
    }, 5)
    await load(worker.url, chat, 64, 64)
    clearInterval(watch)
    growth[name].push((peak - idle) / 2 ** 20)
    await worker.stop()
    await tell("/forget")
    await tell("/delay/0")
  }
}
table(
  ["service MiB", "floor MiB", "ratio"],
  [
    [
      fixed(median(growth.service), 0),
      fixed(median(growth.floor), 0),
      ratio(median(growth.service), median(growth.floor))
    ]
  ]
)

print("## Memory over 20,000 requests")
print("")
const long = await start("service")
await tell("/bytes/20000")
const samples: Array<string> = []
for (let sample = 0; sample <= 5; sample += 1) {
  if (sample > 0) {
    await load(long.url, models, quick ? 200 : 2000, 8)
    await load(long.url, chat, quick ? 200 : 2000, 8)
    await tell("/forget")
  } else {
    await load(long.url, chat, 2000, 8)
  }
  samples.push(fixed(long.memoryBytes() / 2 ** 20, 0))
}
await long.stop()
print(`MiB after warming up, and after each further ${quick ? 400 : "4,000"}: ${samples.join(", ")}`)
print("")

print("## Cold start to the first answer, and size")
print("")
const cold: Record<"service" | "floor", Array<number>> = { service: [], floor: [] }
for (let round = 0; round < (quick ? 3 : 9); round += 1) {
  for (const name of ["service", "floor"] as const) {
    const begin = performance.now()
    const worker = await start(name)
    await call(worker.url, models)
    cold[name].push(performance.now() - begin)
    await worker.stop()
  }
}
const size = (name: string) => {
  const file = join(folder, name)
  return `${fixed(statSync(file).size / 1024, 1)} KiB, gzip ${fixed(gzipSync(readFileSync(file), { level: 9 }).length / 1024, 1)} KiB`
}
table(
  ["what", "service", "floor", "difference"],
  [
    [
      "process start to first answer, ms",
      fixed(median(cold.service), 0),
      fixed(median(cold.floor), 0),
      fixed(median(cold.service) - median(cold.floor), 0)
    ],
    ["bundle", size("service.js"), size("floor.js"), ""]
  ]
)

upstream.kill()
rmSync(folder, { recursive: true })
if (!quick) writeFileSync(join(import.meta.dirname, "results.md"), `${lines.join("\n").trimEnd()}\n`)
process.exit(0)
