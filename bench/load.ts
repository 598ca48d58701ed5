import { Agent, request as httpRequest, type IncomingMessage } from "node:http"

/** One request of a load. */
export interface Call {
  readonly method: "GET" | "POST"
  readonly path: string
  /** A function makes another one for each request. */
  readonly body?: string | (() => string)
  readonly headers?: Readonly<Record<string, string>>
  /** The status that is expected: another one is an error. */
  readonly status?: number
}

export interface Timing {
  /** Milliseconds until the first byte of the body. */
  readonly firstByte: number
  /** Milliseconds until its end. */
  readonly total: number
}

const agent = new Agent({ keepAlive: true, maxSockets: 256 })

/** Makes one request and reads its answer to the end, calling back with each piece. */
export const call = (base: string, { body, headers, method, path, status = 200 }: Call): Promise<Timing> =>
  new Promise((resolve, reject) => {
    const start = performance.now()
    const read = (response: IncomingMessage) => {
      if (response.statusCode !== status) reject(new Error(`${method} ${path}: status ${response.statusCode}`))
      let firstByte = 0
      response.on("data", () => {
        firstByte ||= performance.now() - start
      })
      response.on("error", reject)
      response.on("end", () => resolve({ firstByte, total: performance.now() - start }))
    }
    const outgoing = httpRequest(
      `${base}${path}`,
      { agent, method, headers: { authorization: "Bearer sk-bench", "content-type": "application/json", ...headers } },
      read
    )
    outgoing.on("error", reject)
    outgoing.end(typeof body === "function" ? body() : body)
  })

/** Makes `count` requests, `concurrency` at a time. */
export const load = async (
  base: string,
  request: Call,
  count: number,
  concurrency: number
): Promise<ReadonlyArray<Timing>> => {
  const timings: Array<Timing> = []
  let begun = 0
  const worker = async () => {
    while (begun < count) {
      begun += 1
      timings.push(await call(base, request))
    }
  }
  await Promise.all(Array.from({ length: concurrency }, worker))
  return timings
}

export const percentile = (values: ReadonlyArray<number>, share: number): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

export const median = (values: ReadonlyArray<number>): number => percentile(values, 0.5)
