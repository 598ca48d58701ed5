import { performance } from "node:perf_hooks"

const TIMEOUT_MS = 20_000

/** An answer, read to its end. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly bytes: Uint8Array
  readonly text: string
  /** The body as JSON; `undefined` where it is something else. */
  readonly json: unknown
  readonly seconds: number
}

export interface Ask {
  readonly method?: string
  /** Sent with the key: by default where there is one. */
  readonly withKey?: boolean
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly timeoutMs?: number
}

/** A service somewhere, as its callers see it. */
export interface Deployment {
  /** Without a slash at its end, and without `/v1`. */
  readonly base: string
  readonly hasKey: boolean
  /** Asks for a path of the service, or for any address. Fails where no answer comes. */
  readonly ask: (address: string, ask?: Ask) => Promise<Answer>
}

const onThisMachine = /^(?:localhost|127\.0\.0\.1|\[::1\])(?:[:/]|$)/i

/** The base of an address as people paste it: without a scheme, with `/v1`, with slashes; `undefined` where it is none. */
export const baseOf = (pasted: string): string | undefined => {
  const scheme = onThisMachine.test(pasted) ? "http" : "https"
  const address = /^https?:\/\//i.test(pasted) ? pasted : `${scheme}://${pasted}`
  if (!URL.canParse(address)) return undefined
  const { origin, pathname } = new URL(address)
  return origin + pathname.replace(/\/+$/, "").replace(/\/v1(?:\/chat\/completions)?$/, "")
}

export const deployment = (base: string, key: string | undefined): Deployment => ({
  base,
  hasKey: key !== undefined,
  ask: async (address, { body, headers, method, timeoutMs = TIMEOUT_MS, withKey = true } = {}) => {
    const started = performance.now()
    const response = await fetch(address.startsWith("/") ? base + address : address, {
      method: method ?? (body === undefined ? "GET" : "POST"),
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        ...(withKey && key !== undefined && { authorization: `Bearer ${key}` }),
        ...(body !== undefined && { "content-type": "application/json" }),
        ...headers
      },
      ...(body !== undefined && { body: JSON.stringify(body) })
    })
    const bytes = await response.bytes()
    const text = new TextDecoder().decode(bytes)
    return {
      status: response.status,
      headers: response.headers,
      bytes,
      text,
      json: parse(text),
      seconds: (performance.now() - started) / 1000
    }
  }
})

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What is at `path` in something of unknown shape, such as an answer's JSON. */
export const at = (value: unknown, ...path: ReadonlyArray<string | number>): unknown =>
  path.reduce<unknown>(
    (inner, name) => (typeof inner === "object" && inner !== null ? Reflect.get(inner, name) : undefined),
    value
  )
