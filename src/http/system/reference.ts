import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as Layer from "effect/Layer"
import { reference, referenceScriptHash, referenceStyleHash } from "../page/page.generated.ts"
import { pageHeaders } from "./html.ts"
import { openapi } from "./openapi.generated.ts"

const openapiPath = "/openapi.json"
const docsPath = "/docs"

/** Where the API is described. */
export const referencePaths: ReadonlyArray<string> = [openapiPath, docsPath]

/** The same for everybody until the service is deployed anew. */
const kept = HttpServerResponse.setHeader("cache-control", "public, max-age=300")

const OpenApiDocument = HttpRouter.add(
  "GET",
  openapiPath,
  kept(HttpServerResponse.text(openapi, { contentType: "application/json" }))
)

/** As the page at `/`: what was built and nothing else, and nothing from elsewhere. */
const securityPolicy = [
  "default-src 'none'",
  `script-src '${referenceScriptHash}'`,
  `style-src '${referenceStyleHash}'`,
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'"
].join("; ")

const ReferencePage = HttpRouter.add(
  "GET",
  docsPath,
  kept(HttpServerResponse.html(reference)).pipe(
    HttpServerResponse.setHeaders({ ...pageHeaders, "content-security-policy": securityPolicy })
  )
)

/** The OpenAPI document, and the API reference that a browser makes from it. */
export const Reference = Layer.merge(OpenApiDocument, ReferencePage)
