import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import { type FakeWorkersAi, makeFakeWorkersAi } from "./FakeWorkersAi.ts"

/** A {@link FakeWorkersAi} that listens. */
export interface FakeWorkersAiServer {
  /** Without a slash at its end: `http://127.0.0.1:{port}/client/v4`. */
  readonly baseUrl: string
  readonly fake: FakeWorkersAi
  /** Ends all connections, also those whose answer is held or stalls. */
  readonly close: () => Promise<void>
}

const bodyOf = async (message: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> => {
  const chunks: Array<Uint8Array> = []
  for await (const chunk of message) chunks.push(chunk)
  return new Uint8Array(Buffer.concat(chunks))
}

const toRequest = async (message: IncomingMessage, signal: AbortSignal): Promise<Request> => {
  const method = message.method ?? "GET"
  const body = await bodyOf(message)
  const headers = new Headers()
  for (const [name, values = []] of Object.entries(message.headersDistinct)) {
    for (const value of values) headers.append(name, value)
  }
  const url = new URL(message.url ?? "/", `http://${message.headers.host ?? "127.0.0.1"}`)
  return new Request(url, { method, headers, signal, ...(method === "GET" || method === "HEAD" ? {} : { body }) })
}

const write = (response: ServerResponse, chunk: Uint8Array): Promise<void> =>
  new Promise((resolve, reject) => response.write(chunk, (error) => (error ? reject(error) : resolve())))

type Handler = (request: Request) => Promise<Response>

const serve = async (handle: Handler, message: IncomingMessage, response: ServerResponse): Promise<void> => {
  const hangup = new AbortController()
  response.on("close", () => {
    if (!response.writableFinished) hangup.abort(new Error("The client has disconnected."))
  })
  try {
    const answer = await handle(await toRequest(message, hangup.signal))
    response.writeHead(answer.status, Object.fromEntries(answer.headers))
    for await (const chunk of answer.body ?? []) await write(response, chunk)
    response.end()
  } catch {
    // After the headers an orderly end, short of the length they promise: a reset may discard what was already sent.
    if (response.headersSent) message.socket.destroy()
    else message.socket.resetAndDestroy()
  }
}

/**
 * Serves `handle` over HTTP on a free port of 127.0.0.1. Where it rejects, or the body of its answer fails, the
 * connection breaks. The signal of a request aborts when its client disconnects; `close` ends all connections.
 */
export const listen = async (
  handle: Handler
): Promise<{ readonly origin: string; readonly close: () => Promise<void> }> => {
  const server = createServer((message, response) => void serve(handle, message, response))
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  if (address === null || typeof address === "string") throw new Error("The server listens on no port.")
  const close = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    server.closeAllConnections()
    await closed
  }
  return { origin: `http://127.0.0.1:${address.port}`, close }
}

/** Serves a fake over HTTP on a free port of 127.0.0.1. */
export const startFakeWorkersAi = async (
  options: { readonly accountId?: string; readonly apiToken?: string } = {}
): Promise<FakeWorkersAiServer> => {
  const fake = makeFakeWorkersAi(options)
  const { origin, close } = await listen(fake.fetch)
  return {
    baseUrl: `${origin}/client/v4`,
    fake,
    close: () => {
      fake.reset()
      return close()
    }
  }
}
