import * as Effect from "effect/Effect"
import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as HttpApiScalar from "effect/http-api/HttpApiScalar"
import * as OpenApi from "effect/http-api/OpenApi"
import * as Layer from "effect/Layer"
import { Api } from "../Api.ts"

const openapiPath = "/openapi.json"
const docsPath = "/docs"

/** Where the API is described. */
export const referencePaths: ReadonlyArray<string> = [openapiPath, docsPath]

/** The same for everybody until the service is deployed anew. */
const kept = HttpServerResponse.setHeader("cache-control", "public, max-age=300")

/** Made for the first who asks: it takes milliseconds, of which a start has few. */
const OpenApiDocument = HttpRouter.use((router) =>
  Effect.flatMap(
    Effect.cached(Effect.sync(() => kept(HttpServerResponse.jsonUnsafe(OpenApi.fromApi(Api))))),
    (document) => router.add("GET", openapiPath, document)
  )
)

/**
 * The script of the page comes from a CDN, so it is kept apart from this origin, where the page at `/` keeps the caller's
 * key: a sandbox without `allow-same-origin` has an origin of its own.
 */
const Sandbox = HttpRouter.middleware((httpEffect) =>
  Effect.map(httpEffect, (response) =>
    kept(response).pipe(
      HttpServerResponse.setHeader(
        "content-security-policy",
        "sandbox allow-scripts allow-forms allow-popups allow-downloads"
      )
    )
  )
)

/** The OpenAPI document, and the API reference that Scalar makes from it. */
export const Reference = Layer.merge(
  OpenApiDocument,
  HttpApiScalar.layerCdn(Api, { path: docsPath, version: "1.72.1" }).pipe(Layer.provide(Sandbox.layer))
)
