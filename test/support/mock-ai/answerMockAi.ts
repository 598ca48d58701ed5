import type { FakeWorkersAi } from "../workers-ai/FakeWorkersAi.ts"
import { BROKEN_HEADER, INPUTS_HEADER, REJECTED, type Rejection, STREAM_HEADER } from "./wire.ts"

const readWhole = async (response: Response): Promise<Response> => {
  const { status, headers } = response
  const chunks: Array<Uint8Array<ArrayBuffer>> = []
  try {
    for await (const chunk of response.body ?? []) chunks.push(new Uint8Array(chunk))
  } catch {
    headers.set(BROKEN_HEADER, "true")
    headers.delete("content-length")
  }
  return new Response(new Blob(chunks), { status, headers })
}

/** Answers the calls that come out of the mock `AI` binding, as the binding of `fake` does. */
export const answerMockAi =
  (fake: FakeWorkersAi) =>
  async (request: Request): Promise<Response> => {
    const model = decodeURIComponent(new URL(request.url).pathname.slice(1))
    const { body, headers, signal } = request
    const inputs = JSON.parse(decodeURIComponent(headers.get(INPUTS_HEADER) ?? "{}"))
    const stream = headers.get(STREAM_HEADER)
    if (stream !== null) inputs[stream] = { body, contentType: headers.get("content-type") }
    try {
      // A Response is what this option asks for.
      return await readWhole((await fake.run(model, inputs, { returnRawResponse: true, signal })) as Response)
    } catch (error) {
      const { name, message } = error instanceof Error ? error : new Error(String(error))
      return Response.json({ name, message } satisfies Rejection, { status: REJECTED })
    }
  }
