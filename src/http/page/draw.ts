import type { DrawEvent } from "./DrawEvent.ts"
import { type DrawRequest, toRequest } from "./DrawRequest.ts"
import { readEventStream } from "./eventStream.ts"
import { blobOf, followJob, readJob } from "./jobs.ts"
import { failureFrom, ServiceFailure } from "./ServiceFailure.ts"
import { errorIn, send } from "./send.ts"

/** What the page reads of the event `image_generation.completed` or `image_edit.completed` (ImagesSchemas.ts). */
interface ImageCompletedEvent {
  readonly b64_json: string
  readonly url?: string
  readonly size: string
  readonly model: string
  readonly seed?: number
  readonly revised_prompt?: string
  readonly usage: { readonly neurons: number }
}

/**
 * Draws, as a job where the service keeps jobs; ends after the last picture. Throws a {@link ServiceFailure}, or an
 * AbortError after `signal`, which ends a drawing that is no job.
 */
export async function* draw(
  request: DrawRequest,
  key: string,
  name: string,
  signal: AbortSignal
): AsyncGenerator<DrawEvent> {
  const response = await send(toRequest(request, key, name), signal)
  if (response.status === 202) {
    const { id, neurons } = await readJob(response)
    yield { type: "accepted", job: id, neurons }
    yield* followJob(id, key)
    return
  }
  const job = response.headers.get("x-flux-job") ?? undefined
  yield { type: "accepted", job, neurons: Number(response.headers.get("x-flux-neurons")) }
  yield { type: "drawing" }
  try {
    yield* streamed(response, signal)
  } catch (cause) {
    const lost = cause instanceof ServiceFailure && cause.code === "network"
    if (!job || !lost) throw cause
    yield* followJob(job, key)
  }
}

async function* streamed(response: Response, signal: AbortSignal): AsyncGenerator<DrawEvent> {
  let index = 0
  try {
    for await (const part of response.body ? readEventStream(response.body) : []) {
      if (part.type === "comment") continue
      const event: unknown = JSON.parse(part.data)
      const error = errorIn(event)
      if (error) throw failureFrom(error, response.headers)
      // The cast: whatever is no error is this event (ImagesSchemas.ts).
      yield { type: "image", index, image: imageOf(event as ImageCompletedEvent) }
      index += 1
    }
  } catch (cause) {
    throw signal.aborted || cause instanceof ServiceFailure ? cause : new ServiceFailure("network")
  }
  if (index === 0) throw new ServiceFailure("network")
}

const imageOf = ({ b64_json, model, revised_prompt, seed, size, url, usage }: ImageCompletedEvent) => ({
  blob: blobOf(b64_json),
  model,
  size,
  neurons: usage.neurons,
  ...(seed !== undefined && { seed }),
  ...(url !== undefined && { url }),
  ...(revised_prompt !== undefined && { revisedPrompt: revised_prompt })
})
