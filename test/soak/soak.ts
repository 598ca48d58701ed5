import type { Outcome } from "../support/openai/outcome.ts"
import { numberOf } from "./pictures.ts"
import { makeRandom } from "./random.ts"
import { type Asked, askForOther, askForPictures, type Target } from "./requests.ts"
import { type Drawn, startUpstream, type Upstream } from "./upstream.ts"
import { type SoakedWorker, startSoakedWorker } from "./worker.ts"

export interface SoakOptions {
  readonly requests: number
  /** How many at a time. */
  readonly concurrency: number
  readonly seed: number
  /** The share of answers of Workers AI, the prompt model and KV that are spoiled. */
  readonly faults: number
}

export interface SoakReport {
  readonly requests: number
  readonly seconds: number
  readonly pictures: number
  readonly faults: number
  /** In MiB, in order, at equal distances. */
  readonly memory: ReadonlyArray<number>
  /** What went otherwise than it should; empty where all is well. */
  readonly problems: ReadonlyArray<string>
}

const mebibyte = 2 ** 20

/** A shorter run is over before caches and heaps are full, and tells nothing of what comes after. */
const warmRequests = 10_000

/** Seconds for which pictures are kept: some expire while a long soak still runs. */
const lifetime = 60

/** A link that was handed out. */
interface Link {
  readonly url: string
  readonly number: number
  /** Milliseconds since 1970. */
  readonly expiresAt: number
}

const linkFrom = (url: string, number: number): Link => ({
  url,
  number,
  expiresAt: Number(/-(\d{10})\./.exec(url)?.[1]) * 1000
})

/** The picture behind a link, asked for again where KV failed: its number, or the status without one. */
const fetchImage = async (url: string): Promise<number | string> => {
  for (let attempt = 1; ; attempt += 1) {
    const response = await fetch(url)
    const bytes = Buffer.from(await response.arrayBuffer())
    if (response.status === 200) return numberOf(bytes) ?? "other bytes"
    if (response.status !== 502 || attempt === 5) return `status ${response.status}`
  }
}

/** What is wrong with a link at this moment, if anything. */
const checkLink = async ({ expiresAt, number, url }: Link): Promise<string | undefined> => {
  const before = Date.now()
  const found = await fetchImage(url)
  if (found === number && before < expiresAt) return undefined
  if (found === "status 404" && Date.now() >= expiresAt) return undefined
  return `${url}, ${Math.round((expiresAt - before) / 1000)} s before it expires: ${found}`
}

const secondCallFor = new Set(["nsfw", "capacity"])

/** What is wrong with an answer, given what was drawn for it. */
const checkOutcome = (
  number: number,
  { kind, pictures }: Asked,
  outcome: Outcome,
  drawn: Drawn
): string | undefined => {
  const what = `${kind}, number ${number}`
  const { calls, faults, whole } = drawn
  if (calls > pictures + faults.filter((fault) => secondCallFor.has(fault)).length || calls > 2 * pictures) {
    return `${what}: ${calls} calls after ${faults.join(", ")}`
  }
  const found = Math.max(outcome.links.length, outcome.inline.length)
  const told = kind.startsWith("chat") ? outcome.links.length + outcome.inline.length : found
  if (told !== whole) return `${what}: ${whole} pictures were drawn, ${told} came: ${outcome.body.slice(0, 300)}`
  for (const base64 of outcome.inline) {
    if (numberOf(Buffer.from(base64, "base64")) !== number) return `${what}: other bytes`
  }
  if (whole > 0) return outcome.error ? `${what}: an error beside a picture: ${outcome.error.message}` : undefined
  return outcome.error ? undefined : `${what}: neither a picture nor an error`
}

/** What grows without end is found in the last quarter beside the second: in the first, caches and heaps fill. */
const checkMemory = (samples: ReadonlyArray<number>): string | undefined => {
  const quarter = Math.floor(samples.length / 4)
  const median = (part: ReadonlyArray<number>) => [...part].sort((a, b) => a - b)[Math.floor(part.length / 2)] ?? 0
  const before = median(samples.slice(quarter, 2 * quarter))
  const after = median(samples.slice(-quarter))
  return after > before * 1.25 + 32 ? `memory grows: ${samples.join(", ")} MiB` : undefined
}

const inParallel = async (count: number, concurrency: number, run: () => Promise<void>): Promise<void> => {
  let begun = 0
  const lane = async () => {
    while (begun < count) {
      begun += 1
      await run()
    }
  }
  await Promise.all(Array.from({ length: concurrency }, lane))
}

const settingsFor = ({ port }: Upstream): Readonly<Record<string, string>> => ({
  API_KEY: "sk-soak",
  CF_ACCOUNT_ID: "account",
  CF_API_TOKEN: "token",
  CF_API_BASE: `http://127.0.0.1:${port}/client/v4`,
  PROMPT_OPTIMIZATION: "true",
  EXTERNAL_API_BASE: `http://127.0.0.1:${port}/v1`,
  EXTERNAL_MODEL: "prompt-model",
  IMAGE_EXPIRATION: String(lifetime)
})

/** Drives the built Worker in workerd with mixed requests and faults, and checks each answer. */
export const soak = async (options: SoakOptions): Promise<SoakReport> => {
  const upstream = await startUpstream(options.faults, makeRandom(options.seed + 1))
  try {
    const worker = await startSoakedWorker(upstream.port, settingsFor(upstream))
    try {
      return await drive(worker, upstream, options)
    } finally {
      await worker.stop()
    }
  } finally {
    await upstream.close()
  }
}

const drive = async (
  worker: SoakedWorker,
  upstream: Upstream,
  { concurrency, requests, seed }: SoakOptions
): Promise<SoakReport> => {
  const random = makeRandom(seed)
  const target: Target = { url: worker.url, key: "sk-soak" }
  const problems: Array<string> = []
  const links: Array<Link> = []
  const memory: Array<number> = []
  let pictures = 0
  let finished = 0
  const note = (problem: string | undefined) => {
    if (problem !== undefined) problems.push(problem)
  }

  const askOne = async (number: number): Promise<void> => {
    const asked = askForPictures(target, number, random)
    const outcome = await asked.outcome
    if (!outcome) return
    note(checkOutcome(number, asked, outcome, upstream.drawn(number)))
    const given = outcome.links.map((url) => linkFrom(url, number))
    pictures += upstream.drawn(number).whole
    links.push(...given)
    for (const link of given) note(await checkLink(link))
  }

  const runOne = async (): Promise<void> => {
    const chance = random()
    const old = links[Math.floor(random() * links.length)]
    finished += 1
    const number = finished
    try {
      if (chance < 0.55) await askOne(number)
      else if (chance < 0.85 && old) note(await checkLink(old))
      else note(await askForOther(target, random))
    } catch (error) {
      note(`request ${number}: ${error}`)
    }
    if (number % Math.ceil(requests / 40) === 0) memory.push(Math.round(worker.memoryBytes() / mebibyte))
  }

  const begin = performance.now()
  await inParallel(requests, concurrency, runOne)
  const seconds = (performance.now() - begin) / 1000

  upstream.faulty = false
  const rest = [...links]
  await inParallel(rest.length, concurrency, async () => {
    const link = rest.pop()
    if (link) note(await checkLink(link))
  })
  if (requests >= warmRequests) note(checkMemory(memory))
  for (const complaint of worker.complaints) note(`log: ${complaint}`)
  if (worker.logged() < requests) note(`only ${worker.logged()} requests were logged`)
  const injected = [...upstream.faults.values()].reduce((sum, count) => sum + count, 0)
  return { requests, seconds, pictures, faults: injected, memory, problems }
}
