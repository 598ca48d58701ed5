import { WorkerEntrypoint } from "cloudflare:workers"
import { upstreamFailure } from "../workers-ai/binding.ts"
import { BROKEN_HEADER, INPUTS_HEADER, REJECTED, type Rejection, STREAM_HEADER } from "./wire.ts"

interface StreamInput {
  readonly body: ReadableStream
  readonly contentType: string
}

const isStreamInput = (value: unknown): value is StreamInput =>
  typeof value === "object" && value !== null && "body" in value && value.body instanceof ReadableStream

const toRequest = (inputs: Readonly<Record<string, unknown>>): RequestInit => {
  const streams = Object.entries(inputs).filter(([, value]) => isStreamInput(value))
  const json = JSON.stringify({ ...inputs, ...Object.fromEntries(streams.map(([name]) => [name, null])) })
  const headers = { [INPUTS_HEADER]: encodeURIComponent(json) }
  const [name, value] = streams[0] ?? []
  return name !== undefined && isStreamInput(value)
    ? {
        method: "POST",
        headers: { ...headers, [STREAM_HEADER]: name, "content-type": value.contentType },
        body: value.body
      }
    : { method: "POST", headers }
}

const breakAtEnd = ({ body, headers, status }: Response): Response => {
  const breaks = new TransformStream<Uint8Array, Uint8Array>({
    flush: () => {
      throw new TypeError("Network connection lost.")
    }
  })
  return new Response(body?.pipeThrough(breaks) ?? null, { status, headers })
}

/** The binding `AI` of a Worker under test: its calls go on to the fake of the test process, at `MOCK_AI_URL`. */
export default class MockAi extends WorkerEntrypoint<{ readonly MOCK_AI_URL: string }> {
  async run(
    model: string,
    inputs: Readonly<Record<string, unknown>>,
    options: { readonly returnRawResponse?: boolean } = {}
  ): Promise<unknown> {
    const response = await fetch(`${this.env.MOCK_AI_URL}/${model}`, toRequest(inputs))
    if (response.status === REJECTED) {
      const { name, message } = await response.json<Rejection>()
      throw Object.assign(new Error(message), { name })
    }
    if (options.returnRawResponse === true) return response.headers.has(BROKEN_HEADER) ? breakAtEnd(response) : response
    if (!response.ok) throw await upstreamFailure(response)
    return response.headers.get("content-type") === "application/json" ? response.json() : response.body
  }
}
