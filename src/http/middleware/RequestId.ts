import * as Effect from "effect/Effect"
import * as HttpEffect from "effect/http/HttpEffect"
import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import { Identifiers } from "../../services/Identifiers.ts"

/** Gives each request an id: in the header `x-request-id` of its answer, and in what is logged. */
export const RequestId = HttpRouter.middleware(
  (httpEffect) =>
    Effect.flatMap(Identifiers, (identifiers) => {
      const id = `req_${identifiers.next()}`
      return httpEffect.pipe(
        HttpEffect.withPreResponseHandler((_request, response) =>
          Effect.succeed(HttpServerResponse.setHeader(response, "x-request-id", id))
        ),
        Effect.annotateLogs("requestId", id)
      )
    }),
  { global: true }
)
