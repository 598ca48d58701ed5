import { once } from "node:events"
import { createServer, type IncomingMessage, request as sendRequest } from "node:http"

/** When a connection is cut: before the request goes on, when `cut` is called after it has, or as the answer comes back. */
export type Cut = "before" | "during" | "after"

/** Passes requests on, and cuts the connections of those that it is told to. */
export interface CuttingProxy {
  readonly url: string
  /** Cuts the connection of the next request; those after it pass. */
  readonly cutNext: (when: Cut) => void
  /** Cuts what was to be cut `during`. */
  readonly cut: () => void
  readonly close: () => Promise<void>
}

/** A proxy in front of the service at `target`. */
export const startCuttingProxy = async (target: string): Promise<CuttingProxy> => {
  let next: Cut | undefined
  let held: IncomingMessage | undefined

  const server = createServer((incoming, outgoing) => {
    const when = next
    next = undefined
    if (when === "before") return incoming.socket.resetAndDestroy()
    if (when === "during") held = incoming
    const { headers, method } = incoming
    const onward = sendRequest(`${target}${incoming.url}`, { method, headers }, (answer) => {
      if (when === "after") return incoming.socket.resetAndDestroy()
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    onward.on("error", () => incoming.socket.destroy())
    outgoing.on("close", () => onward.destroy())
    incoming.pipe(onward)
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  const address = server.address()
  if (address === null || typeof address === "string") throw new Error("The proxy listens on no port.")
  return {
    url: `http://127.0.0.1:${address.port}`,
    cutNext: (when) => {
      next = when
    },
    cut: () => held?.socket.resetAndDestroy(),
    close: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, "close")
    }
  }
}
