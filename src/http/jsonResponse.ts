import * as HttpServerResponse from "effect/http/HttpServerResponse"

/** A JSON answer that may be large: its text is left to the runtime, which sends it without a second copy in bytes. */
export const jsonResponse = (
  body: object,
  headers: Readonly<Record<string, string>> = {}
): HttpServerResponse.HttpServerResponse =>
  HttpServerResponse.raw(JSON.stringify(body), { contentType: "application/json", headers })
