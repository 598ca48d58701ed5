import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as HttpServerRequest from "effect/http/HttpServerRequest"
import * as HttpApiMiddleware from "effect/http-api/HttpApiMiddleware"
import * as HttpApiSecurity from "effect/http-api/HttpApiSecurity"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import type { Caller } from "../domain/Caller.ts"
import { Auth } from "../services/Auth.ts"
import { RateLimiter } from "../services/RateLimiter.ts"
import { report } from "../services/RequestReport.ts"
import { errorResponse } from "./errors.ts"

export class CurrentCaller extends Context.Service<CurrentCaller, Caller>()("flux/http/CurrentCaller") {}

/** Lets only callers with a key through: `Authorization: Bearer`, or the headers `x-api-key` and `api-key`. */
export class Authorization extends HttpApiMiddleware.Service<Authorization, { provides: CurrentCaller }>()(
  "flux/http/Authorization",
  { security: { bearer: HttpApiSecurity.bearer } }
) {}

export const AuthorizationLive = Layer.effect(
  Authorization,
  Effect.gen(function* () {
    const auth = yield* Auth
    const limiter = yield* RateLimiter

    const admit = Effect.fnUntraced(function* (key: Redacted.Redacted<string> | undefined, method: string) {
      const caller = yield* auth.authenticate(key)
      yield* report({ key: caller.name })
      if (method === "POST") yield* limiter.check(caller)
      return caller
    })

    return Authorization.of({
      bearer: Effect.fnUntraced(function* (httpEffect, { credential }) {
        const { headers, method } = yield* HttpServerRequest.HttpServerRequest
        const other = headers["x-api-key"] ?? headers["api-key"]
        const key = Redacted.value(credential) === "" ? other && Redacted.make(other) : credential
        const caller = yield* Effect.result(admit(key === "" ? undefined : key, method))
        return yield* caller._tag === "Failure"
          ? errorResponse(caller.failure)
          : Effect.provideService(httpEffect, CurrentCaller, caller.success)
      })
    })
  })
)
