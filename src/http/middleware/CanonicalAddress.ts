import * as Effect from "effect/Effect"
import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServerRequest from "effect/http/HttpServerRequest"
import { canonicalPath } from "../addresses.ts"

/** Most requests say what they mean. */
const usual = new Set([
  "/v1/chat/completions",
  "/v1/images/generations",
  "/v1/images/edits",
  "/v1/models",
  "/mcp",
  "/health",
  "/"
])

/** Routes a request to what its address means rather than to what it says. */
export const CanonicalAddress = HttpRouter.middleware(
  (httpEffect) =>
    Effect.flatMap(HttpServerRequest.HttpServerRequest, (request) => {
      const mark = request.url.indexOf("?")
      const path = mark === -1 ? request.url : request.url.slice(0, mark)
      const canonical = usual.has(path) ? path : canonicalPath(path)
      return canonical === path
        ? httpEffect
        : Effect.provideService(
            httpEffect,
            HttpServerRequest.HttpServerRequest,
            request.modify({ url: canonical + (mark === -1 ? "" : request.url.slice(mark)) })
          )
    }),
  { global: true }
)
