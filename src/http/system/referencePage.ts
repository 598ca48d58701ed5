import * as Effect from "effect/Effect"
import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as HttpApiScalar from "effect/http-api/HttpApiScalar"
import * as Layer from "effect/Layer"
import { Api } from "../Api.ts"

/**
 * The script of the page comes from a CDN, so it is kept apart from this origin, where the page at `/` keeps the caller's
 * key: a sandbox without `allow-same-origin` has an origin of its own.
 */
const Sandbox = HttpRouter.middleware((httpEffect) =>
  Effect.map(
    httpEffect,
    HttpServerResponse.setHeader(
      "content-security-policy",
      "sandbox allow-scripts allow-forms allow-popups allow-downloads"
    )
  )
)

/** The API reference at `/docs`, made by Scalar from the OpenAPI document. */
export const ReferencePage = HttpApiScalar.layerCdn(Api, { path: "/docs", version: "1.72.1" }).pipe(
  Layer.provide(Sandbox.layer)
)
