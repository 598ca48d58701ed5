import * as Effect from "effect/Effect"
import { type ConfigurationError, InvalidRequest } from "../domain/Errors.ts"
import { isPublicAddress } from "../domain/PublicAddress.ts"
import type { Webhook } from "../domain/Webhook.ts"
import type { AppConfig } from "../services/Config.ts"
import type { Origins } from "./origins.ts"
import { isUnset } from "./wishes/values.ts"

/** Reads `webhook`. `later` is whether the answer is not waited for: only then is there an end to tell. */
export const readWebhook = Effect.fnUntraced(function* (
  text: string | null | undefined,
  {
    config,
    later,
    origins
  }: { readonly config: AppConfig["Service"]; readonly later: boolean; readonly origins: Origins }
): Effect.fn.Return<Webhook | undefined, InvalidRequest | ConfigurationError> {
  if (!text || isUnset(text)) return undefined
  if (!later) return yield* refused("A `webhook` is told the end of a job. Send `Prefer: respond-async` with it.")
  if (!(yield* Effect.fromResult(config.webhookSecret))) {
    return yield* refused(
      "WEBHOOK_SECRET is not set here, and nothing is sent unsigned. Set it, or leave `webhook` out."
    )
  }
  const url = URL.parse(text)
  if (!url || !isPublicAddress(url)) return yield* refused("A `webhook` is an https:// address that is public.")
  return { url: url.href, link: origins.link }
})

const refused = (message: string) => new InvalidRequest({ message, param: "webhook" })
