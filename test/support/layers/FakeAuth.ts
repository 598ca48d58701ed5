import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { type ConfigurationError, InvalidApiKey } from "../../../src/domain/Errors.ts"
import { Auth } from "../../../src/services/Auth.ts"

/** Lets the holders of these keys in, under the names that they are listed with. */
export const make = (names: Readonly<Record<string, string>>): Layer.Layer<Auth> =>
  Layer.succeed(Auth, {
    authenticate: (key) => {
      const name = key && names[Redacted.value(key)]
      return name === undefined
        ? Effect.fail(new InvalidApiKey({ given: key !== undefined }))
        : Effect.succeed({ name })
    }
  })

/** Knows the key `sk-test`, of `default`. */
export const layer: Layer.Layer<Auth> = make({ "sk-test": "default" })

/** Lets nobody in. */
export const failing = (error: InvalidApiKey | ConfigurationError): Layer.Layer<Auth> =>
  Layer.succeed(Auth, { authenticate: () => Effect.fail(error) })
