import { type Call, load, median } from "./load.ts"
import type { Workerd } from "./workerd.ts"

type Kind = "deployed" | "unbound" | "floor"
const kinds = ["deployed", "unbound", "floor"] as const

/** What is measured of the service as `wrangler deploy` makes it, with its Durable Objects bound. */
export interface LedgerBench {
  readonly start: (name: "service" | "floor", options?: { readonly objects?: boolean }) => Promise<Workerd>
  readonly tell: (path: string) => Promise<string>
  readonly print: (line: string) => void
  readonly table: (head: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string>>) => void
  readonly rounds: number
}

let prompts = 0
/** Another prompt each time, as people send them. `marked` says that it could be repeated, as the OpenAI SDKs do. */
const chat = (marked: boolean): Call => ({
  method: "POST",
  path: "/v1/chat/completions",
  body: () => JSON.stringify({ messages: [{ role: "user", content: `A cute cat, number ${++prompts}` }] }),
  ...(marked && { headers: { "x-stainless-retry-count": "0" } })
})

const bytesOnly = (marked: boolean): Call => ({
  ...chat(marked),
  path: "/v1/images/generations",
  body: () => JSON.stringify({ prompt: `A cute cat, number ${++prompts}`, response_format: "b64_json" })
})

const scenarios: ReadonlyArray<{
  readonly name: string
  readonly bytes: number
  readonly count: number
  readonly call: Call
}> = [
  { name: "chat JSON, 300 KB", bytes: 300_000, count: 40, call: chat(false) },
  { name: "chat JSON, 300 KB, marked", bytes: 300_000, count: 40, call: chat(true) },
  { name: "images b64_json, 300 KB, marked", bytes: 300_000, count: 40, call: bytesOnly(true) },
  { name: "chat JSON, 1.5 MB", bytes: 1_500_000, count: 20, call: chat(false) },
  { name: "chat JSON, 1.5 MB, marked", bytes: 1_500_000, count: 20, call: chat(true) },
  { name: "chat JSON, 16 MB", bytes: 16_000_000, count: 4, call: chat(false) }
]

const fixed = (value: number) => value.toFixed(2)
/** The median of the rounds' ratios: what disturbs a machine for a while disturbs both sides of a round. */
const ratio = (a: ReadonlyArray<number>, b: ReadonlyArray<number>) =>
  `**${fixed(median(a.map((value, round) => value / (b[round] ?? Number.NaN))))}**`

/** Measures the service as it is deployed beside the one without objects, and the floor. */
export const measureLedger = async ({ print, rounds, start, table, tell }: LedgerBench): Promise<void> => {
  print("## As it is deployed: with the bindings LEDGER and RUNNER, another prompt each time")
  print("")
  const workers: Readonly<Record<Kind, Workerd>> = {
    deployed: await start("service", { objects: true }),
    unbound: await start("service"),
    floor: await start("floor")
  }
  const rows: Array<ReadonlyArray<string>> = []
  for (const { bytes, call, count, name } of scenarios) {
    await tell(`/bytes/${bytes}`)
    const cpu: Record<Kind, Array<number>> = { deployed: [], unbound: [], floor: [] }
    const p50: Record<Kind, Array<number>> = { deployed: [], unbound: [], floor: [] }
    for (let round = -2; round < rounds; round += 1) {
      const order = round % 2 === 0 ? kinds : kinds.toReversed()
      for (const kind of order) {
        const before = workers[kind].cpuMillis()
        const timings = (await load(workers[kind].url, call, count, 1)).map(({ total }) => total)
        if (round < 0) continue
        cpu[kind].push((workers[kind].cpuMillis() - before) / count)
        p50[kind].push(median(timings))
      }
      await tell("/forget")
    }
    rows.push([
      name,
      kinds.map((kind) => fixed(median(cpu[kind]))).join(" / "),
      ratio(cpu.deployed, cpu.unbound),
      ratio(cpu.deployed, cpu.floor),
      kinds.map((kind) => fixed(median(p50[kind]))).join(" / "),
      ratio(p50.deployed, p50.unbound),
      ratio(p50.deployed, p50.floor)
    ])
  }
  table(
    [
      "what",
      "CPU ms (deployed / without objects / floor)",
      "over without",
      "over floor",
      "p50 ms (the same)",
      "over without",
      "over floor"
    ],
    rows
  )
  print(
    `The free plan gives a request 10 ms of CPU. After all of this, with one key, there were ${workers.deployed.storedFiles()} ` +
      "databases of Durable Objects on disk. A claim that is waited for writes one row, and an end one (`test/worker/LedgerObject.test.ts`)."
  )
  print("")

  await tell("/bytes/300000")
  const rate: Record<Kind, Array<number>> = { deployed: [], unbound: [], floor: [] }
  for (let round = 0; round < Math.max(2, rounds / 3); round += 1) {
    for (const kind of kinds) {
      const begin = performance.now()
      await load(workers[kind].url, chat(false), 256, 64)
      rate[kind].push(256_000 / (performance.now() - begin))
      await tell("/forget")
    }
  }
  table(
    ["64 at a time", "requests/s (deployed / without objects / floor)", "over without", "over floor"],
    [
      [
        "chat JSON, 300 KB",
        kinds.map((kind) => median(rate[kind]).toFixed(0)).join(" / "),
        ratio(rate.deployed, rate.unbound),
        ratio(rate.deployed, rate.floor)
      ]
    ]
  )
  for (const kind of kinds) await workers[kind].stop()
}
