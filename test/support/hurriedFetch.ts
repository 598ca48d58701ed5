/** A `fetch` for an SDK under test, which knows what it was used for. */
export interface HurriedFetch {
  readonly fetch: (input: RequestInfo | URL, init?: RequestInit) => Promise<Response>
  /** What the service said about trying again, answer by answer. */
  readonly hints: ReadonlyArray<{
    readonly status: number
    readonly retryAfter: string | null
    readonly shouldRetry: string | null
  }>
}

/** Lets an SDK decide by itself whether it repeats a request, but not wait for that: each answer says `retry-after-ms: 1`. */
export const makeHurriedFetch = (): HurriedFetch => {
  const hints: Array<HurriedFetch["hints"][number]> = []
  return {
    hints,
    fetch: async (input, init) => {
      const response = await fetch(input, init)
      const { body, status } = response
      const headers = new Headers(response.headers)
      hints.push({ status, retryAfter: headers.get("retry-after"), shouldRetry: headers.get("x-should-retry") })
      headers.set("retry-after-ms", "1")
      return new Response(body, { status, headers })
    }
  }
}
