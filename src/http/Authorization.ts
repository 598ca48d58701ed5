import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as HttpServerRequest from "effect/http/HttpServerRequest"
import type * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as HttpApiMiddleware from "effect/http-api/HttpApiMiddleware"
import * as HttpApiSecurity from "effect/http-api/HttpApiSecurity"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import type { Caller } from "../domain/Caller.ts"
import { type ConfigurationError, InvalidApiKey, type RateLimited } from "../domain/Errors.ts"
import { Auth } from "../services/Auth.ts"
import { AppConfig } from "../services/Config.ts"
import { RateLimiter } from "../services/RateLimiter.ts"
import { report } from "../services/RequestReport.ts"
import { errorResponse, type ServiceError } from "./errors.ts"
import { faultOfKey } from "./keyForm.ts"
import { messagesFor } from "./locales/messagesFor.ts"
import { negotiateLocale } from "./locales/negotiateLocale.ts"
import { refusalSentence } from "./locales/refusalSentence.ts"

export class CurrentCaller extends Context.Service<CurrentCaller, Caller>()("flux/http/CurrentCaller") {}

/** Lets only callers with a key through: `Authorization: Bearer`, or the headers `x-api-key` and `api-key`. */
export class Authorization extends HttpApiMiddleware.Service<Authorization, { provides: CurrentCaller }>()(
  "flux/http/Authorization",
  { security: { bearer: HttpApiSecurity.bearer } }
) {}

/** How the endpoints of a group are guarded; an annotation of those that are not guarded as most are. */
export const Guard = Context.Reference<{
  /** Whether every POST counts as a drawing for the rate limit. */
  readonly limited: boolean
  readonly refuse: (
    error: InvalidApiKey | ConfigurationError | RateLimited
  ) => Effect.Effect<HttpServerResponse.HttpServerResponse>
}>("flux/http/Guard", { defaultValue: () => ({ limited: true, refuse: (error) => errorResponse(error) }) })

export const AuthorizationLive = Layer.effect(
  Authorization,
  Effect.gen(function* () {
    const auth = yield* Auth
    const limiter = yield* RateLimiter
    const { locale } = yield* AppConfig

    /** In a chat people read what is wrong. */
    const tellIn = (acceptLanguage: string | undefined) => (error: ServiceError) =>
      refusalSentence(error, messagesFor(locale ?? negotiateLocale(acceptLanguage)))

    const admit = Effect.fnUntraced(function* (key: Redacted.Redacted<string> | undefined, limited: boolean) {
      const caller = yield* auth.authenticate(key)
      yield* report({ key: caller.name })
      if (limited) yield* limiter.check(caller)
      return caller
    })

    return Authorization.of({
      bearer: Effect.fnUntraced(function* (httpEffect, { credential, group }) {
        const { headers, method, url } = yield* HttpServerRequest.HttpServerRequest
        const other = headers["x-api-key"] ?? headers["api-key"]
        const key = Redacted.value(credential) === "" ? other && Redacted.make(other) : credential
        const guard = Context.get(group.annotations, Guard)
        const caller = yield* Effect.result(admit(key === "" ? undefined : key, guard.limited && method === "POST"))
        const refused = (error: Refusal) =>
          url.startsWith(chatPath) ? errorResponse(error, tellIn(headers["accept-language"])) : guard.refuse(error)
        return yield* caller._tag === "Failure"
          ? refused(withFault(caller.failure, headers, key))
          : Effect.provideService(httpEffect, CurrentCaller, caller.success)
      })
    })
  })
)

const chatPath = "/v1/chat/"

type Refusal = InvalidApiKey | ConfigurationError | RateLimited

/** A key that was pasted in a wrong form is told so: it looks right to whoever has sent it. */
const withFault = (
  error: Refusal,
  headers: Readonly<Record<string, string | undefined>>,
  key: Redacted.Redacted<string> | "" | undefined
): Refusal => {
  if (error._tag !== "InvalidApiKey") return error
  const fault = faultOfKey(headers, key ? Redacted.value(key) : "")
  return fault === undefined ? error : new InvalidApiKey({ given: error.given, fault })
}
