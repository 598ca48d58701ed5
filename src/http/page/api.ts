import { type DrawRequest, toRequest } from "./DrawRequest.ts"
import { readEventStream } from "./eventStream.ts"
import { failureFrom, ServiceFailure } from "./ServiceFailure.ts"

/** What the page reads of the event `image_generation.completed` or `image_edit.completed` (ImagesSchemas.ts). */
interface ImageCompletedEvent {
  readonly b64_json: string
  readonly url?: string
  readonly size: string
  readonly output_format: string
  readonly model: string
  readonly seed?: number
  readonly revised_prompt?: string
  readonly usage: { readonly neurons: number }
}

/** A picture as the service gave it. */
export type DrawnPicture = Omit<ImageCompletedEvent, "b64_json"> & { readonly blob: Blob }

/** How far a drawing has come. */
export type DrawEvent =
  /** The service has accepted it; `neurons` is the estimated cost. */
  | { readonly type: "opened"; readonly neurons: number }
  | { readonly type: "drawing" }
  | { readonly type: "picture"; readonly picture: DrawnPicture }

const send = async (request: Request, signal?: AbortSignal): Promise<Response> => {
  const response = await fetch(request, signal ? { signal } : {}).catch((cause) => {
    throw signal?.aborted ? cause : new ServiceFailure("network")
  })
  if (response.ok) return response
  const body: unknown = await response.json().catch(() => undefined)
  throw failureFrom(errorIn(body), response.headers)
}

const errorIn = (body: unknown): unknown =>
  typeof body === "object" && body !== null && "error" in body ? body.error : undefined

/** The ids of the models; fails with `invalid_api_key` where the key is wrong. */
export const listModels = async (key: string): Promise<ReadonlyArray<string>> => {
  const response = await send(new Request("/v1/models", { headers: { authorization: `Bearer ${key}` } }))
  // The cast: this is the answer of GET /v1/models (ModelsApi.ts).
  const { data } = (await response.json()) as { readonly data: ReadonlyArray<{ readonly id: string }> }
  return data.map(({ id }) => id)
}

/** Draws. Ends after the last picture; throws a {@link ServiceFailure}, or an AbortError after `signal`. */
export async function* draw(request: DrawRequest, key: string, signal: AbortSignal): AsyncGenerator<DrawEvent> {
  const response = await send(toRequest(request, key), signal)
  yield { type: "opened", neurons: Number(response.headers.get("x-flux-neurons")) }
  let drawn = 0
  try {
    for await (const part of response.body ? readEventStream(response.body) : []) {
      if (part.type === "comment") {
        yield { type: "drawing" }
        continue
      }
      const event: unknown = JSON.parse(part.data)
      const error = errorIn(event)
      if (error) throw failureFrom(error, response.headers)
      // The cast: whatever is no error is this event (ImagesSchemas.ts).
      yield { type: "picture", picture: decode(event as ImageCompletedEvent) }
      drawn += 1
    }
  } catch (cause) {
    throw signal.aborted || cause instanceof ServiceFailure ? cause : new ServiceFailure("network")
  }
  if (drawn === 0) throw new ServiceFailure("network")
}

const decode = ({ b64_json, ...told }: ImageCompletedEvent): DrawnPicture => {
  const bytes = Uint8Array.from(atob(b64_json), (sign) => sign.charCodeAt(0))
  return { ...told, blob: new Blob([bytes], { type: `image/${told.output_format}` }) }
}
