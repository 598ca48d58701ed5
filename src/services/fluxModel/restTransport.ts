import * as Effect from "effect/Effect"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as Redacted from "effect/Redacted"
import type { RestBackend } from "../config/Backend.ts"
import { exchange, type Transport } from "./Transport.ts"

/** https://developers.cloudflare.com/api/resources/ai/methods/run/ */
export const restTransport = ({ accountId, apiToken, baseUrl }: RestBackend): Effect.Effect<Transport> =>
  Effect.map(FetchHttpClient.Fetch, (fetch) => {
    const base = `${baseUrl}/accounts/${encodeURIComponent(accountId)}/ai/run/`
    const authorization = `Bearer ${Redacted.value(apiToken)}`
    const send: Transport["send"] = (model, input) =>
      exchange(model, (signal) =>
        // A partner's model is named in the body.
        fetch(model.partner ? base.slice(0, -1) : base + model.id, {
          method: "POST",
          redirect: "manual",
          signal,
          ...(input._tag === "Json"
            ? {
                headers: { authorization, "content-type": "application/json" },
                body: JSON.stringify(model.partner ? { model: model.id, input: input.fields } : input.fields)
              }
            : // The boundary of the form is in the content type, which only `fetch` knows.
              { headers: { authorization }, body: input.form })
        })
      )
    return { way: "rest", secrets: [Redacted.value(apiToken), accountId], send }
  })
