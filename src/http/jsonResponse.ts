import * as HttpServerResponse from "effect/http/HttpServerResponse"

/** A JSON answer that may hold pictures: its text is left to the runtime, which sends it without a second copy in bytes. */
export const jsonResponse = (
  body: object,
  options: Pick<HttpServerResponse.Options, "status" | "headers">
): HttpServerResponse.HttpServerResponse =>
  HttpServerResponse.raw(JSON.stringify(body), { ...options, contentType: "application/json" })
