import { createHash, timingSafeEqual } from "node:crypto"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { type ConfigurationError, InvalidApiKey } from "../domain/Errors.ts"
import { AppConfig } from "./Config.ts"

/** Who is asking. */
export interface Caller {
  /** The name that `API_KEYS` gives the key; `default` for `API_KEY`. */
  readonly name: string
  /** Neurons that the key may use each day (UTC); absent for `NEURON_BUDGET`. */
  readonly neuronBudget?: number
}

export class Auth extends Context.Service<
  Auth,
  {
    /** Finds whose key this is. `undefined` where the request had none. Fails with a ConfigurationError while no key is set. */
    readonly authenticate: (
      key: Redacted.Redacted<string> | undefined
    ) => Effect.Effect<Caller, InvalidApiKey | ConfigurationError>
  }
>()("flux/services/Auth") {
  /** Compares SHA-256 digests, each of them and in constant time, so that the time taken tells nothing about a key. */
  static readonly layer = Layer.effect(
    Auth,
    Effect.gen(function* () {
      const { apiKeys } = yield* AppConfig
      const callers = Result.map(apiKeys, (keys) =>
        keys.map(({ key, ...caller }) => ({ caller, digest: digestOf(Redacted.value(key)) }))
      )
      return Auth.of({
        authenticate: Effect.fnUntraced(function* (key) {
          const known = yield* Effect.fromResult(callers)
          if (key === undefined) return yield* new InvalidApiKey({ given: false })
          const digest = digestOf(Redacted.value(key))
          let found: Caller | undefined
          for (const candidate of known) {
            if (timingSafeEqual(candidate.digest, digest)) found ??= candidate.caller
          }
          return found ?? (yield* new InvalidApiKey({ given: true }))
        })
      })
    })
  )
}

const digestOf = (text: string): Uint8Array => createHash("sha256").update(text).digest()
