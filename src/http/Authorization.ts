import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as HttpServerRequest from "effect/http/HttpServerRequest"
import * as HttpApiMiddleware from "effect/http-api/HttpApiMiddleware"
import * as HttpApiSecurity from "effect/http-api/HttpApiSecurity"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { Auth, type Caller } from "../services/Auth.ts"
import { errorResponse } from "./errors.ts"

export class CurrentCaller extends Context.Service<CurrentCaller, Caller>()("flux/http/CurrentCaller") {}

/** Lets only callers with a key through: `Authorization: Bearer`, or the headers `x-api-key` and `api-key`. */
export class Authorization extends HttpApiMiddleware.Service<Authorization, { provides: CurrentCaller }>()(
  "flux/http/Authorization",
  { security: { bearer: HttpApiSecurity.bearer } }
) {}

export const AuthorizationLive = Layer.effect(
  Authorization,
  Effect.map(Auth, (auth) =>
    Authorization.of({
      bearer: Effect.fnUntraced(function* (httpEffect, { credential }) {
        const { headers } = yield* HttpServerRequest.HttpServerRequest
        const other = headers["x-api-key"] ?? headers["api-key"]
        const key = Redacted.value(credential) === "" ? other && Redacted.make(other) : credential
        const caller = yield* Effect.result(auth.authenticate(key === "" ? undefined : key))
        return caller._tag === "Failure"
          ? errorResponse(caller.failure)
          : yield* Effect.provideService(httpEffect, CurrentCaller, caller.success)
      })
    })
  )
)
