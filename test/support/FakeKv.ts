/** One write that came in, with the options as they were given; `bytes` in the form in which KV hands them back. */
export interface KvPut {
  readonly key: string
  readonly bytes: ArrayBuffer
  readonly options: KVNamespacePutOptions | undefined
}

/** A KV namespace in memory that can fail, hang, and lag behind its writes. */
export interface FakeKv {
  /** Stands in for the binding. It has `getWithMetadata` of streams and `put`; anything else is not there. */
  readonly namespace: KVNamespace
  readonly puts: ReadonlyArray<KvPut>
  /** The keys that were read, in order. */
  readonly gets: ReadonlyArray<string>
  /** Rejects the next `times` operations, reads and writes alike. A write that is rejected leaves nothing behind. */
  readonly failNext: (error: Error, times?: number) => void
  /** Leaves the next `times` operations without an answer for ever. */
  readonly hangNext: (times?: number) => void
  /** The next read finds a stream that gives half of what there is, and then fails; without an error it never goes on. */
  readonly breakNext: (error?: Error) => void
  /** The next `times` reads find nothing, whatever is there: the writes before them are not visible yet. */
  readonly hideNext: (times?: number) => void
}

interface Entry {
  readonly bytes: ArrayBuffer
  readonly expiresAtMillis: number
  readonly metadata: unknown
}

/** `now` is the time by which entries expire, in milliseconds since 1970. */
export const makeFakeKv = ({ now = Date.now }: { readonly now?: () => number } = {}): FakeKv => {
  const entries = new Map<string, Entry>()
  const puts: Array<KvPut> = []
  const gets: Array<string> = []
  const faults: Array<Error | "hang"> = []
  const breaks: Array<Error | undefined> = []
  let hidden = 0

  const spoiled = async (): Promise<void> => {
    const fault = faults.shift()
    if (fault === "hang") await new Promise<never>(() => {})
    else if (fault) throw fault
  }

  const namespace = {
    put: async (key: string, value: Uint8Array<ArrayBuffer>, options?: KVNamespacePutOptions) => {
      const bytes = value.slice().buffer
      puts.push({ key, bytes, options })
      if (options?.expirationTtl !== undefined && options.expirationTtl < 60) {
        throw new Error("KV PUT failed: 400 Invalid expiration_ttl. Expiration TTL must be at least 60.")
      }
      await spoiled()
      const ttl = options?.expirationTtl ?? Number.POSITIVE_INFINITY
      entries.set(key, { bytes, expiresAtMillis: now() + 1000 * ttl, metadata: options?.metadata ?? null })
    },
    getWithMetadata: async (key: string, type?: string) => {
      gets.push(key)
      if (type !== "stream") throw new TypeError(`This namespace reads no ${type}.`)
      await spoiled()
      if (hidden > 0) {
        hidden -= 1
        return nothing
      }
      const entry = entries.get(key)
      if (!entry || now() >= entry.expiresAtMillis) return nothing
      const value = breaks.length > 0 ? brokenStream(entry.bytes, breaks.shift()) : new Blob([entry.bytes]).stream()
      return { value, metadata: entry.metadata, cacheStatus: null }
    }
  }

  return {
    // The overloads for other types of values, and the methods that this service has no use for, are left out.
    namespace: namespace as unknown as KVNamespace,
    puts,
    gets,
    failNext: (error, times = 1) => {
      faults.push(...Array.from({ length: times }, () => error))
    },
    hangNext: (times = 1) => {
      faults.push(...Array.from({ length: times }, () => "hang" as const))
    },
    breakNext: (error) => {
      breaks.push(error)
    },
    hideNext: (times = 1) => {
      hidden += times
    }
  }
}

const nothing = { value: null, metadata: null, cacheStatus: null }

const brokenStream = (bytes: ArrayBuffer, error: Error | undefined): ReadableStream<Uint8Array> => {
  let begun = false
  return new ReadableStream({
    pull: (controller) => {
      if (!begun) {
        begun = true
        return controller.enqueue(new Uint8Array(bytes, 0, Math.floor(bytes.byteLength / 2)))
      }
      return error ? controller.error(error) : new Promise<void>(() => {})
    }
  })
}
