import * as Effect from "effect/Effect"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import { exchange, type Transport } from "../../src/services/fluxModel/Transport.ts"

/** The backend that docs/architecture.md adds: Workers AI behind a gateway of one's own, which knows the account. */
export const gatewayTransport = (url: string): Effect.Effect<Transport> =>
  Effect.map(FetchHttpClient.Fetch, (fetch) => ({
    way: "rest",
    secrets: [],
    send: (model, input) =>
      exchange(model, (signal) =>
        fetch(`${url}/${model.id}`, {
          method: "POST",
          redirect: "manual",
          signal,
          ...(input._tag === "Json"
            ? { headers: { "content-type": "application/json" }, body: JSON.stringify(input.fields) }
            : { body: input.form })
        })
      )
  }))
