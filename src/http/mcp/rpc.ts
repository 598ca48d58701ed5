import * as Effect from "effect/Effect"
import type * as HttpServerRequest from "effect/http/HttpServerRequest"
import type * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as Schema from "effect/Schema"
import { InvalidRequest, type PayloadTooLarge } from "../../domain/Errors.ts"
import { type ErrorAnswer, errorAnswer, internalError, reportError, type ServiceError } from "../errors.ts"
import { jsonResponse } from "../jsonResponse.ts"
import { decodeWith, parseJson, readBytes } from "../requestBody.ts"

/** What names a request, for its answer. */
export const RpcId = Schema.Union([Schema.String, Schema.Finite])
export type RpcId = typeof RpcId.Type

/** A message of JSON-RPC: with an id a request, without one a notification, without a method an answer. */
export const RpcMessage = Schema.Struct({
  jsonrpc: Schema.Literal("2.0"),
  id: Schema.optionalKey(RpcId),
  method: Schema.optionalKey(Schema.String),
  params: Schema.optionalKey(Schema.Record(Schema.String, Schema.Unknown))
}).annotate({ identifier: "McpMessage" })
export type RpcMessage = typeof RpcMessage.Type

export const RpcError = Schema.Struct({
  jsonrpc: Schema.Literal("2.0"),
  /** `null` where the message could not be read so far. */
  id: Schema.NullOr(RpcId),
  error: Schema.Struct({ code: Schema.Int, message: Schema.String, data: Schema.optionalKey(Schema.Unknown) })
}).annotate({ identifier: "McpError" })
export type RpcError = typeof RpcError.Type

/** A request that is being answered. */
export interface RpcCall {
  readonly id: RpcId
  readonly params: NonNullable<RpcMessage["params"]>
  /** What it says beside its parameters. */
  readonly meta: Readonly<Record<string, unknown>>
  /** A result as its revision of the protocol wants it. `listed` is for what could be kept by a client. */
  readonly answer: (result: object, listed?: boolean) => object
}

/** The codes of JSON-RPC, and those that MCP adds in 2026-07-28. */
export const rpcCodes = {
  parseError: -32700,
  invalidRequest: -32600,
  methodNotFound: -32601,
  invalidParams: -32602,
  internalError: -32603,
  /** Of no further meaning: what it is about is in the HTTP status and in `data`. */
  serverError: -32000,
  headerMismatch: -32020,
  unsupportedProtocolVersion: -32022
} as const

/** A request that has no result. */
export class RpcFailure extends Schema.TaggedError<RpcFailure>()("RpcFailure", {
  code: Schema.Int,
  message: Schema.String,
  /** Of the HTTP answer. */
  status: Schema.Int,
  data: Schema.optionalKey(Schema.Unknown)
}) {}

export const rpcResult = (id: RpcId, result: object) => ({ jsonrpc: "2.0", id, result })

export const rpcError = (id: RpcId | null, { code, data, message }: RpcFailure): RpcError => ({
  jsonrpc: "2.0",
  id,
  error: { code, message, ...(data !== undefined && { data }) }
})

export const respondFailure = (id: RpcId | null, failure: RpcFailure): HttpServerResponse.HttpServerResponse =>
  jsonResponse(rpcError(id, failure), { status: failure.status })

const failureFrom = (code: number, { body, status }: ErrorAnswer): RpcFailure => {
  const { message, ...data } = body.error
  return new RpcFailure({ code, message, status, data })
}

/** A failure of the service in the form of JSON-RPC; what the API tells of it besides is in `data`. */
export const rpcFailure = (error: ServiceError, code: number = rpcCodes.serverError): Effect.Effect<RpcFailure> =>
  Effect.as(reportError(error), failureFrom(code, errorAnswer(error)))

/** A defect, told with status 200: it may have come in the middle of a stream. */
export const rpcDefect: RpcFailure = failureFrom(rpcCodes.internalError, { ...internalError, status: 200 })

const openingBracket = 0x5b
const space = 0x20

/** Reads the one message of a body. Lists of them are of 2025-03-26 alone, and no client sends one. */
export const readMessage = Effect.fnUntraced(function* (request: HttpServerRequest.HttpServerRequest) {
  const refuse = (code: number) => (error: InvalidRequest | PayloadTooLarge) =>
    Effect.flatMap(rpcFailure(error, code), Effect.fail)
  const bytes = yield* Effect.catch(readBytes(request), refuse(rpcCodes.parseError))
  if (bytes.find((byte) => byte > space) === openingBracket) {
    const message = "One message at a time: lists of messages are not read."
    return yield* refuse(rpcCodes.invalidRequest)(new InvalidRequest({ message }))
  }
  const body = yield* Effect.catch(Effect.fromResult(parseJson(bytes)), refuse(rpcCodes.parseError))
  return yield* Effect.catch(decodeMessage(body), refuse(rpcCodes.invalidRequest))
})

const decodeMessage = decodeWith(RpcMessage)
