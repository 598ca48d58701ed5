import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as HttpApiBuilder from "effect/http-api/HttpApiBuilder"
import type { Caller } from "../../domain/Caller.ts"
import { InvalidRequest } from "../../domain/Errors.ts"
import { dollarsOf, leftOf, nextDay, toDollars } from "../../domain/Usage.ts"
import { AppConfig } from "../../services/Config.ts"
import { limitsOf } from "../../services/generations/claiming.ts"
import { Ledger } from "../../services/Ledger.ts"
import type { UsageAnswer } from "../../services/ledger/LedgerMessage.ts"
import { Api } from "../Api.ts"
import { CurrentCaller } from "../Authorization.ts"
import { tellCost } from "../toldCost.ts"
import { type UsageList, type UsageObject, usageErrors } from "./UsageApi.ts"

/** What the caller has used; for the owner of the service, what each key has used. */
export const UsageHandlers = HttpApiBuilder.group(
  Api,
  "usage",
  Effect.fnUntraced(function* (handlers) {
    const config = yield* AppConfig
    const ledger = yield* Ledger

    const describe = Effect.fnUntraced(function* (caller: Caller, used: UsageAnswer | undefined) {
      const limits = limitsOf(caller, yield* Effect.fromResult(config.limits))
      const left = used && leftOf(limits, used.today)
      const usage: UsageObject = {
        object: "usage",
        key: caller.name,
        pictures: used?.today.pictures ?? null,
        neurons: used?.today.neurons ?? null,
        cost_usd: used ? dollarsOf(used.today) : null,
        budget: limits.neurons ?? null,
        budget_usd: dollars(limits.microdollars),
        left: left?.neurons ?? null,
        left_usd: dollars(left?.microdollars),
        renews_at: nextDay(yield* Clock.currentTimeMillis) / 1000,
        days: used?.days.map(({ date, ...day }) => ({ date, pictures: day.pictures, ...tellCost(day) })) ?? []
      }
      return usage
    })

    /** Only configured keys are asked; one whose account can't be reached is told as unknown. */
    const describeAll = Effect.fnUntraced(function* (asking: Caller) {
      const keys = yield* Effect.fromResult(config.apiKeys)
      if (keys[0]?.name !== asking.name) return yield* notTheOwner
      const callers = new Map(keys.map(({ key: _, ...caller }) => [caller.name, caller]))
      const data = yield* Effect.forEach(
        [...callers.values()],
        (caller) =>
          ledger.usage(caller).pipe(
            Effect.catchTag("LedgerUnavailable", (error) =>
              Effect.as(Effect.logWarning("The account of a key could not be asked", error), undefined)
            ),
            Effect.flatMap((used) => describe(caller, used))
          ),
        { concurrency: 6 }
      )
      return { object: "list", data } satisfies UsageList
    })

    const tell = Effect.fnUntraced(function* (key: string | undefined) {
      const caller = yield* CurrentCaller
      if (key !== undefined && key !== "all" && key !== caller.name) return yield* unknownKey
      const body = key === "all" ? yield* describeAll(caller) : yield* describe(caller, yield* ledger.usage(caller))
      return HttpServerResponse.jsonUnsafe(body)
    })

    return handlers.handleRaw("getUsage", ({ query }) => usageErrors.answer(tell(query.key)))
  })
)

const dollars = (microdollars: number | undefined): number | null =>
  microdollars === undefined ? null : toDollars(microdollars)

const notTheOwner = new InvalidRequest({
  message: "Only the owner's key sees the use of all keys: that of API_KEY, or else the first of API_KEYS.",
  param: "key"
})

const unknownKey = new InvalidRequest({ message: "`key` can be `all`, or left out for your own use.", param: "key" })
