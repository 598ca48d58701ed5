import type { DrawEvent, DrawnImage } from "./DrawEvent.ts"
import { readEventStream } from "./eventStream.ts"
import { failureFrom, ServiceFailure } from "./ServiceFailure.ts"
import { errorIn, send, withKey } from "./send.ts"

/** What the page reads of a job (JobObject.ts). */
export interface Job {
  readonly id: string
  readonly status: "running" | "completed" | "failed" | "cancelled"
  readonly neurons: number
  readonly result?: {
    readonly data: ReadonlyArray<{ readonly revised_prompt?: string; readonly b64_json?: string }>
    readonly warnings?: ReadonlyArray<string>
  }
}

/** What the page reads of a job's events (JobsApi.ts). */
type JobEvent =
  | { readonly type: "prompt_ready" | "drawing" | "completed" }
  | {
      readonly type: "image_ready"
      readonly index: number
      /** Absent where the picture could not be stored: its bytes are in the job's result for a moment. */
      readonly url?: string
      readonly size: string
      readonly model: string
      readonly seed?: number
      readonly neurons: number
    }
  | { readonly type: "image_failed"; readonly index: number; readonly error: unknown }

type ImageReady = Extract<JobEvent, { readonly type: "image_ready" }>

const addressOf = (id: string): string => `/v1/jobs/${encodeURIComponent(id)}`

// The cast: this is a job (JobObject.ts).
export const readJob = async (response: Response): Promise<Job> => (await response.json()) as Job

/** Begins no further picture; what was begun is finished, and told by {@link followJob}. */
export const cancelJob = (id: string, key: string): Promise<Response> =>
  send(withKey(addressOf(id), key, { method: "DELETE" }))

const longestPause = 15_000

/** After a broken connection: a little longer each time, or until the browser is online again. */
const pause = (tries: number): Promise<void> =>
  new Promise((resolve) => {
    const wake = () => {
      clearTimeout(timer)
      removeEventListener("online", wake)
      resolve()
    }
    const timer = setTimeout(wake, Math.min(longestPause, 500 * 2 ** tries))
    addEventListener("online", wake)
  })

/** Whether it may be over in a moment: no answer, or too many questions. */
const isPassing = (cause: unknown): boolean =>
  !(cause instanceof ServiceFailure) || cause.code === "network" || cause.code === "rate_limit_exceeded"

/** All that happens in a job, from its beginning, over broken connections; ends with the job. */
export async function* followJob(id: string, key: string): AsyncGenerator<DrawEvent> {
  const drawn: Array<ImageReady> = []
  let after = ""
  let end: "completed" | ServiceFailure | undefined
  for (let tries = 0; !end; ) {
    try {
      const headers = { accept: "text/event-stream", ...(after && { "last-event-id": after }) }
      const response = await send(withKey(addressOf(id), key, { headers }))
      for await (const part of response.body ? readEventStream(response.body) : []) {
        if (part.type === "comment") continue
        tries = 0
        const told: unknown = JSON.parse(part.data)
        // The cast: whatever tells no error of its own is such an event.
        const event = told as JobEvent
        if (event.type === "completed") end = "completed"
        else if (event.type === "image_ready") {
          const { url } = event
          if (url) yield await loaded(event, url)
          drawn.push(event)
        } else if (event.type === "image_failed") {
          yield { type: "failed", index: event.index, failure: failureFrom(event.error) }
        } else if (errorIn(told)) end = failureFrom(errorIn(told))
        else yield { type: "drawing" }
        after = part.id || after
      }
    } catch (cause) {
      if (!isPassing(cause)) throw cause
    }
    if (!end) {
      yield { type: "waiting" }
      await pause(tries++)
    }
  }
  if (end !== "completed") throw end
  yield* lastWords(id, key, drawn)
}

/** What only the whole result tells, and the bytes of pictures that have no link. */
async function* lastWords(id: string, key: string, drawn: ReadonlyArray<ImageReady>): AsyncGenerator<DrawEvent> {
  const job = await send(withKey(addressOf(id), key))
    .then(readJob)
    .catch(() => undefined)
  const told = drawn.map((event, place) => ({ event, ...job?.result?.data[place] }))
  for (const { b64_json, event } of told.filter(({ event }) => !event.url)) {
    const { index } = event
    if (b64_json) yield { type: "image", index, image: imageOf(event, blobOf(b64_json)) }
    else yield { type: "failed", index, failure: new ServiceFailure("image_not_found") }
  }
  const revised = told.flatMap(({ event, revised_prompt }) =>
    revised_prompt === undefined ? [] : [[event.index, revised_prompt] as const]
  )
  yield { type: "told", warnings: job?.result?.warnings ?? [], revised: new Map(revised) }
}

const imageOf = ({ model, neurons, seed, size, url }: ImageReady, blob: Blob): DrawnImage => ({
  blob,
  model,
  size,
  neurons,
  ...(seed !== undefined && { seed }),
  ...(url && { url })
})

/** The picture behind a link, by this page's own address: a link may begin with another one of the same service. */
const loaded = async (event: ImageReady, url: string): Promise<DrawEvent> => {
  const { index } = event
  for (let tries = 0; ; tries += 1) {
    try {
      const response = await send(new Request(`/image/${url.slice(url.lastIndexOf("/") + 1)}`))
      return { type: "image", index, image: imageOf(event, await response.blob()) }
    } catch {
      // Another place may see a new picture a moment later.
      if (tries === 4) return { type: "failed", index, failure: new ServiceFailure("image_not_found", url) }
      await pause(tries)
    }
  }
}

const types: ReadonlyArray<readonly [start: string, type: string]> = [
  ["/9j/", "image/jpeg"],
  ["iVBOR", "image/png"],
  ["UklGR", "image/webp"]
]

/** A picture out of base64, which begins as its type does. */
export const blobOf = (base64: string): Blob => {
  const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0))
  const type = types.find(([start]) => base64.startsWith(start))?.[1] ?? "image/jpeg"
  return new Blob([bytes], { type })
}
