import * as Effect from "effect/Effect"
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as HttpApiSchema from "effect/http-api/HttpApiSchema"
import * as Schema from "effect/Schema"
import { Authorization, Guard } from "../Authorization.ts"
import { RpcError, RpcId, RpcMessage, respondFailure, rpcFailure } from "./rpc.ts"

const RpcResult = Schema.Struct({
  jsonrpc: Schema.Literal("2.0"),
  id: RpcId,
  result: Schema.Record(Schema.String, Schema.Unknown)
}).annotate({ identifier: "McpResult" })

/** How far a drawing is, where the caller has given a `progressToken`. */
const Progress = Schema.Struct({
  jsonrpc: Schema.Literal("2.0"),
  method: Schema.Literal("notifications/progress"),
  params: Schema.Struct({
    progressToken: RpcId,
    progress: Schema.Number,
    total: Schema.Number,
    message: Schema.String
  })
}).annotate({ identifier: "McpProgress" })
export type Progress = typeof Progress.Type

const errors = ([400, 401, 404, 413, 500] as const).map((status) => RpcError.pipe(HttpApiSchema.status(status)))

/**
 * The Model Context Protocol over HTTP, without sessions. Failures are those of JSON-RPC, before anything is read too; a key
 * is not asked for by `WWW-Authenticate`, for programs would take that as an invitation to OAuth. Most messages draw
 * nothing, so the rate limit is asked where a tool draws.
 */
export class McpApi extends HttpApiGroup.make("mcp")
  .add(
    HttpApiEndpoint.post("callMcp", "/mcp", {
      payload: RpcMessage,
      success: [
        Schema.Union([RpcResult, RpcError]),
        HttpApiSchema.StreamSse({
          events: Schema.Struct({
            event: Schema.tag("message"),
            data: Schema.fromJsonString(Schema.Union([Progress, RpcResult, RpcError]))
          })
        }),
        HttpApiSchema.Empty(202)
      ],
      error: errors
    })
  )
  .middleware(Authorization)
  .annotate(Guard, {
    limited: false,
    refuse: (error) => Effect.map(rpcFailure(error), (failure) => respondFailure(null, failure))
  }) {}
