import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { AppConfig } from "./Config.ts"
import { discardBody } from "./discardBody.ts"

/** A message for somebody else's server. */
export interface WebhookMessage {
  /** The same for every try, so that its receiver knows one that it has had. */
  readonly id: string
  readonly url: string
  /** JSON. */
  readonly body: string
}

/** Sends messages that are signed by `WEBHOOK_SECRET`, as https://www.standardwebhooks.com/ has it. */
export class Webhooks extends Context.Service<
  Webhooks,
  {
    /** Sends a message once. Whether there is nothing more to do: it was taken, or is never to be sent there again. */
    readonly send: (message: WebhookMessage) => Effect.Effect<boolean>
  }
>()("flux/services/Webhooks") {
  static readonly layer = Layer.effect(
    Webhooks,
    Effect.gen(function* () {
      const { webhookSecret } = yield* AppConfig
      const client = yield* HttpClient.HttpClient

      const post = Effect.fnUntraced(function* ({ body, id, url }: WebhookMessage, secret: Uint8Array<ArrayBuffer>) {
        const timestamp = Math.floor((yield* Clock.currentTimeMillis) / 1000)
        const signature = yield* Effect.promise(() => sign(secret, `${id}.${timestamp}.${body}`))
        const request = HttpClientRequest.post(url).pipe(
          HttpClientRequest.bodyText(body, "application/json"),
          HttpClientRequest.setHeaders({
            "user-agent": "flux-api-worker",
            "webhook-id": id,
            "webhook-timestamp": String(timestamp),
            "webhook-signature": `v1,${signature}`
          })
        )
        const response = yield* client.execute(request)
        yield* discardBody(response)
        return response.status
      })

      return Webhooks.of({
        send: Effect.fnUntraced(function* (message) {
          const secret = Result.getOrUndefined(webhookSecret)
          const status = secret
            ? yield* post(message, Redacted.value(secret)).pipe(
                // What an address was given, no other gets.
                Effect.provideService(FetchHttpClient.RequestInit, { redirect: "manual" }),
                // The address may hold a key, and would be told to where traces are sent.
                Effect.provideService(HttpClient.TracerDisabledWhen, () => true),
                Effect.timeoutOrElse({ duration: "15 seconds", orElse: () => Effect.succeed("timeout") }),
                Effect.catch(() => Effect.succeed("unreachable"))
              )
            : "no secret"
          const taken = typeof status === "number" && status >= 200 && status <= 299
          if (!taken) yield* Effect.logWarning("A webhook was not taken", { job: message.id, status })
          return taken || status === gone
        })
      })
    })
  )
}

/** The receiver wants nothing more. */
const gone = 410

const sign = async (secret: Uint8Array<ArrayBuffer>, text: string): Promise<string> => {
  const key = await crypto.subtle.importKey("raw", secret, { name: "HMAC", hash: "SHA-256" }, false, ["sign"])
  return new Uint8Array(await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(text))).toBase64()
}
