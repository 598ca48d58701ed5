import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { ConfigurationError } from "../../domain/Errors.ts"
import { optional, type Setting } from "./Setting.ts"

const prefix = "whsec_"

/** `WEBHOOK_SECRET`: the bytes that webhooks are signed with, from `whsec_` and base64 or from any other text. */
export const webhookSecretSetting: Effect.Effect<Setting<Redacted.Redacted<Uint8Array<ArrayBuffer>> | undefined>> =
  Effect.map(
    optional("WEBHOOK_SECRET", Config.Redacted("WEBHOOK_SECRET"), "a text"),
    Result.flatMap((given) => {
      if (given === undefined) return Result.succeed(undefined)
      const text = Redacted.value(given)
      if (!text.startsWith(prefix)) return Result.succeed(Redacted.make(new Uint8Array(new TextEncoder().encode(text))))
      const bytes = decode(text.slice(prefix.length))
      return bytes?.length ? Result.succeed(Redacted.make(bytes)) : Result.fail(wrong)
    })
  )

const wrong = new ConfigurationError({
  variable: "WEBHOOK_SECRET",
  message: "WEBHOOK_SECRET must be `whsec_` and base64, or a text that does not begin so."
})

const decode = (base64: string): Uint8Array<ArrayBuffer> | undefined => {
  try {
    return Uint8Array.fromBase64(base64)
  } catch {
    // The only error of `fromBase64` is a SyntaxError.
    return undefined
  }
}
