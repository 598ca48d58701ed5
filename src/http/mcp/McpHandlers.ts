import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import type * as HttpServerRequest from "effect/http/HttpServerRequest"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as HttpApiBuilder from "effect/http-api/HttpApiBuilder"
import * as OpenApi from "effect/http-api/OpenApi"
import { AppConfig } from "../../services/Config.ts"
import { report } from "../../services/RequestReport.ts"
import { Api } from "../Api.ts"
import type { CurrentCaller } from "../Authorization.ts"
import { reportError } from "../errors.ts"
import { jsonResponse } from "../jsonResponse.ts"
import { version } from "../system/openapi.generated.ts"
import { makeDrawingTool } from "./drawingTool.ts"
import { listModels } from "./listModels.ts"
import { completeResult, handshake, metaOf, modern, revisionOf } from "./revisions.ts"
import {
  type RpcCall,
  RpcFailure,
  type RpcId,
  type RpcMessage,
  readMessage,
  respondFailure,
  rpcCodes,
  rpcResult
} from "./rpc.ts"
import { failedTool } from "./toolAnswer.ts"
import { instructions, isToolName, tools } from "./tools.ts"

type Sent = HttpServerRequest.HttpServerRequest

/** The Model Context Protocol: each request stands for itself, whichever revision it is written in. */
export const McpHandlers = HttpApiBuilder.group(
  Api,
  "mcp",
  Effect.fnUntraced(function* (handlers) {
    const config = yield* AppConfig
    const understandDrawing = yield* makeDrawingTool
    const server = {
      name: "flux-api-worker",
      title: Context.getUnsafe(Api.annotations, OpenApi.Title),
      version
    }
    const capabilities = { tools: { listChanged: false } }

    const callTool = Effect.fnUntraced(function* (
      call: RpcCall,
      sent: Sent
    ): Effect.fn.Return<Next, RpcFailure, CurrentCaller> {
      const { name } = call.params
      if (!isToolName(name)) {
        const known = tools.map((tool) => tool.name).join(", ")
        return yield* new RpcFailure({
          code: rpcCodes.invalidParams,
          message: `Unknown tool: ${String(name).slice(0, 100)}. There are ${known}.`,
          status: 200
        })
      }
      yield* report({ tool: name })
      if (name !== "list_models") return yield* understandDrawing(name, call, sent)
      return Effect.fromResult(config.models).pipe(
        Effect.map(listModels),
        Effect.catch((error) => Effect.as(reportError(error), failedTool(error))),
        Effect.map((result) => jsonResponse(call.answer(result), {}))
      )
    })

    const understandRequest = Effect.fnUntraced(function* (
      id: RpcId,
      message: RpcMessage,
      sent: Sent
    ): Effect.fn.Return<Next, RpcFailure, CurrentCaller> {
      const revision = yield* revisionOf(message, sent)
      const answer = answerTo(id, revision, server)
      const params = message.params ?? {}
      const respond = (result: object, listed?: boolean) => Effect.succeed(jsonResponse(answer(result, listed), {}))
      switch (message.method) {
        case "initialize": {
          const protocolVersion = handshake(params.protocolVersion)
          return respond({ protocolVersion, capabilities, serverInfo: server, instructions })
        }
        case "server/discover":
          return respond({ supportedVersions: [modern], capabilities, instructions }, true)
        case "ping":
          return respond({})
        case "tools/list":
          return respond({ tools }, true)
        case "tools/call":
          return yield* callTool({ id, params, meta: metaOf(message), answer }, sent)
        default:
          return yield* new RpcFailure({
            code: rpcCodes.methodNotFound,
            message: "Method not found. There are tools here, and nothing else.",
            // Before 2026-07-28 a 404 meant that a session is over.
            status: revision === modern ? 404 : 200
          })
      }
    })

    const understand = Effect.fnUntraced(function* (sent: Sent): Effect.fn.Return<Next, never, CurrentCaller> {
      const read = yield* Effect.result(readMessage(sent))
      if (read._tag === "Failure") return Effect.succeed(respondFailure(null, read.failure))
      const { id, method } = read.success
      // What is only told: notifications, and answers to what was never asked.
      if (id === undefined || method === undefined) return Effect.succeed(HttpServerResponse.empty({ status: 202 }))
      return yield* Effect.catch(understandRequest(id, read.success, sent), (failure) =>
        Effect.succeed(Effect.succeed(respondFailure(id, failure)))
      )
    })

    return handlers.handleRaw("callMcp", ({ request }) => Effect.flatten(understand(request)))
  })
)

/** What there is to do once a message is understood, which is not kept meanwhile: it may hold pictures. */
type Next = Effect.Effect<HttpServerResponse.HttpServerResponse>

const answerTo =
  (id: RpcId, revision: string | undefined, server: object): RpcCall["answer"] =>
  (result, listed) =>
    rpcResult(id, completeResult(revision, result, { server, ...(listed && { listed }) }))
