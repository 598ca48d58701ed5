import * as Effect from "effect/Effect"
import * as HttpMiddleware from "effect/http/HttpMiddleware"
import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServer from "effect/http/HttpServer"
import * as HttpApiBuilder from "effect/http-api/HttpApiBuilder"
import * as Layer from "effect/Layer"
import { AppConfig } from "../services/Config.ts"
import { Api } from "./Api.ts"
import { AuthorizationLive } from "./Authorization.ts"
import { ChatHandlers } from "./chat/ChatHandlers.ts"
import { ImagesHandlers } from "./images/ImagesHandlers.ts"
import { JobsHandlers } from "./jobs/JobsHandlers.ts"
import { McpHandlers } from "./mcp/McpHandlers.ts"
import { CanonicalAddress } from "./middleware/CanonicalAddress.ts"
import { Fallback } from "./middleware/Fallback.ts"
import { NoStore } from "./middleware/NoStore.ts"
import { RequestId } from "./middleware/RequestId.ts"
import { RequestLog } from "./middleware/RequestLog.ts"
import { ModelsHandlers } from "./models/ModelsHandlers.ts"
import { PicturesHandlers } from "./pictures/PicturesHandlers.ts"
import { ProvenanceHandlers } from "./provenance/ProvenanceHandlers.ts"
import { ResponsesHandlers } from "./responses/ResponsesHandlers.ts"
import { routeTable } from "./routeTable.ts"
import { Reference, referencePaths } from "./system/reference.ts"
import { SystemHandlers } from "./system/SystemHandlers.ts"
import { WebApp, webAppPaths } from "./system/webApp.ts"
import { UsageHandlers } from "./usage/UsageHandlers.ts"

/** Browsers show scripts of other origins only the headers that are named here. */
const exposedHeaders = [
  "x-request-id",
  "retry-after",
  "retry-after-ms",
  "x-should-retry",
  "x-flux-neurons",
  "x-flux-cost",
  "x-flux-job",
  "server-timing",
  "location",
  "preference-applied"
]

const Cors = Layer.unwrap(
  Effect.map(AppConfig, ({ allowedOrigins }) =>
    HttpRouter.middleware(
      HttpMiddleware.cors({
        // A function, for what the setting holds is never sent: only the request's own origin is, if it is among these.
        ...(allowedOrigins.length > 0 && { allowedOrigins: (origin: string) => allowedOrigins.includes(origin) }),
        allowedMethods: ["GET", "HEAD", "POST", "DELETE", "OPTIONS"],
        exposedHeaders,
        maxAge: 86400
      }),
      { global: true }
    )
  )
)

const routeOf = routeTable(Api, [...referencePaths, ...webAppPaths])

/** The whole HTTP side; what it needs are the services. The first middleware is the outermost. */
export const HttpApp = HttpApiBuilder.layer(Api).pipe(
  Layer.provide([ChatHandlers, ImagesHandlers, JobsHandlers, McpHandlers, ModelsHandlers]),
  Layer.provide([PicturesHandlers, ProvenanceHandlers, ResponsesHandlers, SystemHandlers, UsageHandlers]),
  Layer.provide(AuthorizationLive),
  Layer.merge(Layer.merge(Reference, WebApp)),
  Layer.merge(Layer.mergeAll(NoStore, RequestId, Cors, CanonicalAddress, RequestLog(routeOf), Fallback(routeOf))),
  Layer.provide(HttpServer.layerServices)
)
