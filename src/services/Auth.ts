import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import type { Caller } from "../domain/Caller.ts"
import { type ConfigurationError, InvalidApiKey } from "../domain/Errors.ts"
import { equalsSecret } from "./auth/constantTime.ts"
import { AppConfig } from "./Config.ts"

export class Auth extends Context.Service<
  Auth,
  {
    /** Finds whose key this is. `undefined` where the request had none. Fails with a ConfigurationError while no key is set. */
    readonly authenticate: (
      key: Redacted.Redacted<string> | undefined
    ) => Effect.Effect<Caller, InvalidApiKey | ConfigurationError>
  }
>()("flux/services/Auth") {
  /** Compares with each of the keys, so that the time taken tells nothing about any of them. */
  static readonly layer = Layer.effect(
    Auth,
    Effect.gen(function* () {
      const { apiKeys } = yield* AppConfig
      const callers = Result.map(apiKeys, (keys) =>
        keys.map(({ key, ...caller }) => ({ caller, bytes: utf8.encode(Redacted.value(key)) }))
      )
      return Auth.of({
        authenticate: Effect.fnUntraced(function* (key) {
          const known = yield* Effect.fromResult(callers)
          if (key === undefined) return yield* new InvalidApiKey({ given: false })
          const given = utf8.encode(Redacted.value(key))
          let found: Caller | undefined
          for (const { bytes, caller } of known) {
            if (equalsSecret(given, bytes)) found ??= caller
          }
          return found ?? (yield* new InvalidApiKey({ given: true }))
        })
      })
    })
  )
}

const utf8 = new TextEncoder()
