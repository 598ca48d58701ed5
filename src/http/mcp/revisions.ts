import * as Effect from "effect/Effect"
import type * as HttpServerRequest from "effect/http/HttpServerRequest"
import { RpcFailure, type RpcMessage, rpcCodes } from "./rpc.ts"

/** The revision without handshake: what the others settle by `initialize`, each request says of itself. */
export const modern = "2026-07-28"

/** Those that begin with `initialize`, the newest first. */
const handshaking = ["2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05", "2024-10-07"]

const ofRequest = "io.modelcontextprotocol/protocolVersion"
const ofServer = "io.modelcontextprotocol/serverInfo"

/** The revision of an answer to `initialize`: the one that is asked for where it is known. */
export const handshake = (asked: unknown): string =>
  handshaking.find((revision) => revision === asked) ?? handshaking[0] ?? modern

/** What a request says beside its parameters. */
export const metaOf = ({ params }: RpcMessage): Readonly<Record<string, unknown>> =>
  typeof params?._meta === "object" && params._meta !== null ? { ...params._meta } : {}

/**
 * The revision that a request is written in: the body says it, or else the header, which may say nothing else than the
 * body. The first requests of older clients say nothing.
 */
export const revisionOf = Effect.fnUntraced(function* (
  message: RpcMessage,
  { headers }: HttpServerRequest.HttpServerRequest
): Effect.fn.Return<string | undefined, RpcFailure> {
  if (message.method === "initialize") return undefined
  const unsaid = message.method === "server/discover" ? modern : undefined
  const said = metaOf(message)[ofRequest] ?? headers["mcp-protocol-version"] ?? unsaid
  if (said === undefined) return undefined
  if (typeof said !== "string" || !(said === modern || handshaking.includes(said))) {
    return yield* new RpcFailure({
      code: rpcCodes.unsupportedProtocolVersion,
      message: "This revision of the protocol is not spoken here.",
      status: 400,
      data: { supported: [modern, ...handshaking], requested: String(said).slice(0, 100) }
    })
  }
  if (said === modern) {
    const copies = [
      ["mcp-protocol-version", said],
      ["mcp-method", message.method],
      ["mcp-name", message.params?.name]
    ] as const
    const other = copies.find(([header, value]) => headers[header] !== undefined && headers[header] !== value)
    if (other) {
      return yield* new RpcFailure({
        code: rpcCodes.headerMismatch,
        message: `The header ${other[0]} does not say what the message says.`,
        status: 400
      })
    }
  }
  return said
})

/** A result as a revision wants it. `listed` is for what could be kept by a client. */
export const completeResult = (
  revision: string | undefined,
  result: object,
  { listed = false, server }: { readonly listed?: boolean; readonly server: object }
): object =>
  revision === modern
    ? {
        _meta: { [ofServer]: server },
        resultType: "complete",
        ...(listed && { ttlMs: 0, cacheScope: "private" }),
        ...result
      }
    : result
