import * as Effect from "effect/Effect"
import * as HttpEffect from "effect/http/HttpEffect"
import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServerResponse from "effect/http/HttpServerResponse"

/**
 * Keeps an answer that does not say for how long it may be kept out of every cache: there it would be kept for a while under
 * its address alone, and given to whoever asks next, with a key or without.
 */
export const NoStore = HttpRouter.middleware(
  HttpEffect.withPreResponseHandler((_request, response) =>
    Effect.succeed(
      response.headers["cache-control"] === undefined
        ? HttpServerResponse.setHeader(response, "cache-control", "no-store")
        : response
    )
  ),
  { global: true }
)
