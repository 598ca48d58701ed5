import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import type { Caller } from "../domain/Caller.ts"
import { BindingMissing, BudgetExceeded, type ConfigurationError, RateLimited } from "../domain/Errors.ts"
import { nextDay, type UsageLimits, type Usage as UsageOfDay } from "../domain/Usage.ts"
import { Bindings } from "./Bindings.ts"
import { BudgetAnswer, type BudgetAsk } from "./budgets/BudgetObject.ts"
import { AppConfig } from "./Config.ts"
import { Identifiers } from "./Identifiers.ts"

type Usage = Omit<UsageOfDay, "microdollars">

/** What a key has used today (UTC), what is being drawn included. */
export interface UsageToday extends Usage {
  /** Neurons that it may use; absent where that is not limited. */
  readonly budget?: number
  /** When both begin anew, in milliseconds since 1970. */
  readonly renewsAt: number
}

/** Tells the account what was spent in the end. It never fails. */
export type Settle = (spent: Usage) => Effect.Effect<void>

/** Counts what each key uses, and keeps it within its limits. */
export class Budgets extends Context.Service<
  Budgets,
  {
    /**
     * Sets aside what is needed, so that all that is drawn at a time never exceeds the budget together. `undefined` where
     * nothing is counted.
     */
    readonly reserve: (
      caller: Caller,
      needed: Usage
    ) => Effect.Effect<Settle | undefined, RateLimited | BudgetExceeded | ConfigurationError>
    readonly today: (caller: Caller) => Effect.Effect<UsageToday, RateLimited | BindingMissing | ConfigurationError>
  }
>()("flux/services/Budgets") {
  /** One Durable Object for each key's name, in the namespace BUDGETS. Without it nothing is counted. */
  static readonly layer = Layer.effect(
    Budgets,
    Effect.gen(function* () {
      const { BUDGETS: namespace } = yield* Bindings
      const { limits } = yield* AppConfig

      const limitsOf = (caller: Caller) =>
        Effect.map(Effect.fromResult(limits), ({ concurrency, neuronBudget }): UsageLimits => {
          const neurons = caller.neuronBudget ?? neuronBudget
          return { ...(neurons !== undefined && { neurons }), ...(concurrency !== undefined && { concurrency }) }
        })

      const call = (namespace: BudgetNamespace, caller: Caller, ask: BudgetAsk) =>
        Effect.tryPromise(async (signal) => {
          const stub = namespace.get(namespace.idFromName(caller.name))
          const response = await stub.fetch("https://budgets/", { method: "POST", body: JSON.stringify(ask), signal })
          return decodeAnswer(await response.json())
        }).pipe(
          Effect.tapError((error) => Effect.logError("The use of a key could not be counted", error)),
          Effect.mapError(() => notCounted)
        )

      return Budgets.of({
        reserve: Effect.fnUntraced(function* (caller, needed) {
          const allowed = yield* limitsOf(caller)
          if (!namespace) return undefined
          const id = (yield* Identifiers).next()
          if (Object.keys(allowed).length > 0) {
            const { refusal } = yield* call(namespace, caller, { _tag: "Reserve", id, needed, limits: allowed })
            if (refusal?._tag === "TooMany") return yield* tooMany
            if (refusal) {
              const renewsAt = nextDay(yield* Clock.currentTimeMillis)
              return yield* new BudgetExceeded({ needed: needed.neurons, left: refusal.left, renewsAt })
            }
          }
          return (spent: Usage) => Effect.ignore(call(namespace, caller, { _tag: "Settle", id, spent }))
        }),
        today: Effect.fnUntraced(function* (caller) {
          if (!namespace) return yield* new BindingMissing({ binding: "BUDGETS" })
          const { neurons: budget } = yield* limitsOf(caller)
          const { usage } = yield* call(namespace, caller, { _tag: "Tell" })
          const renewsAt = nextDay(yield* Clock.currentTimeMillis)
          return { ...usage, ...(budget !== undefined && { budget }), renewsAt }
        })
      })
    })
  )
}

/** What of a namespace is used. */
type BudgetNamespace = Pick<DurableObjectNamespace, "idFromName"> & {
  readonly get: (id: DurableObjectId) => Pick<DurableObjectStub, "fetch">
}

const decodeAnswer = Schema.decodeUnknownSync(BudgetAnswer)

const notCounted = new RateLimited({
  message: "The use of this key could not be counted. Try again.",
  retryAfterSeconds: 5
})

const tooMany = Effect.fail(
  new RateLimited({
    message: "This key is drawing as much at a time as it may (KEY_CONCURRENCY). Wait until something is finished.",
    retryAfterSeconds: 5
  })
)
