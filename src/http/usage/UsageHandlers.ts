import * as Effect from "effect/Effect"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as HttpApiBuilder from "effect/http-api/HttpApiBuilder"
import { Budgets } from "../../services/Budgets.ts"
import { Api } from "../Api.ts"
import { CurrentCaller } from "../Authorization.ts"
import { errorResponse } from "../errors.ts"
import type { UsageObject } from "./UsageApi.ts"

/** What the caller has used today. */
export const UsageHandlers = HttpApiBuilder.group(
  Api,
  "usage",
  Effect.fnUntraced(function* (handlers) {
    const budgets = yield* Budgets

    const tell = Effect.gen(function* () {
      const caller = yield* CurrentCaller
      const { budget, neurons, pictures, renewsAt } = yield* budgets.today(caller)
      const usage: UsageObject = {
        object: "usage",
        key: caller.name,
        pictures,
        neurons,
        budget: budget ?? null,
        renews_at: renewsAt / 1000
      }
      return HttpServerResponse.jsonUnsafe(usage, { headers: { "cache-control": "no-store" } })
    })

    return handlers.handleRaw("getUsage", () => Effect.catch(tell, errorResponse))
  })
)
