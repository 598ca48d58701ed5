import * as Effect from "effect/Effect"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import { UpstreamError } from "../../domain/Errors.ts"
import type { RestBackend } from "../config/Backend.ts"
import type { Transport } from "./Transport.ts"

/** https://developers.cloudflare.com/api/resources/ai/methods/run/ */
export const restTransport = (backend: RestBackend): Effect.Effect<Transport, never, HttpClient.HttpClient> =>
  Effect.map(HttpClient.HttpClient, (client) => {
    const base = HttpClientRequest.post(
      `${backend.baseUrl}/accounts/${encodeURIComponent(backend.accountId)}/ai/run/`
    ).pipe(HttpClientRequest.bearerToken(backend.apiToken))
    return (model, input) =>
      base.pipe(
        HttpClientRequest.appendUrl(model),
        input._tag === "Json"
          ? HttpClientRequest.bodyJsonUnsafe(input.fields)
          : HttpClientRequest.bodyFormData(input.form),
        client.execute,
        Effect.mapError((cause) => new UpstreamError({ message: "Workers AI could not be reached.", cause }))
      )
  })
