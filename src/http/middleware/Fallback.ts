import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServerError from "effect/http/HttpServerError"
import * as HttpServerRequest from "effect/http/HttpServerRequest"
import type * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as HttpApiError from "effect/http-api/HttpApiError"
import type * as Types from "effect/Types"
import { type ErrorAnswer, errorResponse, internalError, methodNotAllowed, respondWith, unknownUrl } from "../errors.ts"
import { insteadOf } from "../insteadOf.ts"
import { invalidField } from "../requestBody.ts"
import type { Route } from "../routeTable.ts"

/**
 * Gives the error envelope to what no handler answers: addresses that don't exist, wrong methods, parameters that don't
 * fit, and defects.
 */
export const Fallback = (routeOf: (path: string) => Route | undefined) =>
  HttpRouter.middleware(
    Effect.catchCause(
      Effect.fnUntraced(function* (
        cause: Cause.Cause<unknown>
      ): Effect.fn.Return<HttpServerResponse.HttpServerResponse, Types.unhandled, HttpServerRequest.HttpServerRequest> {
        // The client went away: there is nobody to answer, and nothing to report.
        if (Cause.hasInterruptsOnly(cause)) return yield* Effect.interrupt
        const error = Cause.squash(cause)
        if (HttpServerError.isHttpServerError(error) && error.reason._tag === "RouteNotFound") {
          const { method, url } = yield* HttpServerRequest.HttpServerRequest
          return respondWith(noRoute(method.slice(0, 20), url.split("?", 1)[0] ?? "", routeOf))
        }
        if (HttpApiError.HttpApiSchemaError.is(error) && askedKinds.has(error.kind)) {
          return yield* errorResponse(invalidField(error.cause.issue))
        }
        yield* Effect.logError("Unexpected failure", cause)
        return respondWith(internalError)
      })
    ),
    { global: true }
  )

/** The parts of a request that an endpoint's schemas describe; in an answer the fault would be ours. */
const askedKinds: ReadonlySet<string> = new Set(["Params", "Query", "Headers", "Payload"])

const noRoute = (method: string, path: string, routeOf: (path: string) => Route | undefined): ErrorAnswer => {
  const route = routeOf(path)
  // The router finds no route with the method either where a parameter is too long, or is not percent-encoding.
  return route && !route.methods.includes(method) && !path.startsWith(belowResponses)
    ? methodNotAllowed(method, route.methods)
    : unknownUrl(explain(method, path))
}

/** Clients look here for what only a service with a memory has, whatever the method. */
const belowResponses = "/v1/responses/"

const explain = (method: string, path: string): string => {
  if (path.startsWith(belowResponses)) {
    return "Responses are not stored, but for the result of one that was asked for with `background`: GET /v1/responses/{id}."
  }
  if (path === "/v1/jobs") {
    return "A job is asked for by its id: /v1/jobs/{id}. There are jobs where a Durable Object is bound as LEDGER."
  }
  if (path.includes("/dashboard/billing")) {
    return "There is no billing here. The use of neurons is shown in the Cloudflare dashboard."
  }
  const instead = insteadOf(path)
  if (instead !== undefined) return instead
  return `Unknown request URL: ${method} ${path.slice(0, 200)}. GET / tells what there is.`
}
