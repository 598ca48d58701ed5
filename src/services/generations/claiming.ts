import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { Caller } from "../../domain/Caller.ts"
import { BudgetExceeded, InvalidRequest, LedgerUnavailable, RateLimited, type StartError } from "../../domain/Errors.ts"
import type { ImageKey } from "../../domain/ImageKey.ts"
import { type Job, JobOpening } from "../../domain/Job.ts"
import type { PreparedGeneration } from "../../domain/PreparedGeneration.ts"
import type { Requester } from "../../domain/Requester.ts"
import {
  type Cost,
  countedFor,
  dollarsOf,
  exceededOf,
  leftOf,
  microdollarsOf,
  nextDay,
  sumCosts,
  toDollars,
  type Usage,
  type UsageLimits
} from "../../domain/Usage.ts"
import type { Webhook } from "../../domain/Webhook.ts"
import type { KeyLimits } from "../config/KeyLimits.ts"
import { parallelDraws } from "../imageGenerator/drawing.ts"
import type { Ledger } from "../Ledger.ts"
import type { Claim, ClaimAnswer, LedgerJob } from "../ledger/LedgerMessage.ts"
import { digestOf } from "./identity.ts"

/** A key that has a budget of its own has no other. */
export const limitsOf = (caller: Caller, { concurrency, ...budgets }: KeyLimits): UsageLimits => {
  const own = caller.neuronBudget !== undefined || caller.microdollarBudget !== undefined
  const { microdollarBudget: microdollars, neuronBudget: neurons } = own ? caller : budgets
  return {
    ...(neurons !== undefined && { neurons }),
    ...(microdollars !== undefined && { microdollars }),
    ...(concurrency !== undefined && { concurrency })
  }
}

export const isLimited = (limits: UsageLimits): boolean => Object.keys(limits).length > 0

/** The longest that a round of drawings takes, and what comes before and after all of them, in milliseconds. */
const roundMillis = 120_000
const besideMillis = 60_000

const encodeOpening = Schema.encodeSync(Schema.toCodecJson(JobOpening))
const decodeOpening = Schema.decodeUnknownEffect(Schema.toCodecJson(JobOpening))

const openingOf = (prepared: PreparedGeneration): JobOpening => {
  const { inputs, keys, plan, request } = prepared
  return {
    plan,
    inputs: inputs.map(({ size }) => size),
    ...sumCosts([prepared]),
    n: request.n,
    links: request.store,
    ...(keys.length > 0 && { keys }),
    ...(request.quality && { quality: request.quality })
  }
}

/** What a generation asks of the ledger before it draws. `id` is that of its job, and of this attempt. */
export const claimFor = Effect.fnUntraced(function* (
  id: string,
  prepared: PreparedGeneration,
  { idempotencyKey, repeat }: Requester,
  options: { readonly limits: UsageLimits; readonly windowMillis: number; readonly webhook?: Webhook | undefined }
) {
  const { neurons, request } = prepared
  const digest = yield* digestOf(prepared, options.webhook)
  const claim: Claim = {
    _tag: "Claim",
    id,
    identity: idempotencyKey === undefined ? `request:${digest}` : `key:${idempotencyKey}`,
    digest,
    keyed: idempotencyKey !== undefined,
    repeat,
    opening: encodeOpening(openingOf(prepared)),
    needed: { pictures: request.n, neurons, microdollars: microdollarsOf(prepared) },
    limits: options.limits,
    leaseMillis: Math.ceil(request.n / parallelDraws) * roundMillis * (1 + prepared.fallbacks.length) + besideMillis,
    windowMillis: options.windowMillis,
    at: yield* Clock.currentTimeMillis
  }
  return claim
})

/** The keys that were made with a claim, for whoever draws it. */
export const keysOf = ({ opening }: Claim): Effect.Effect<ReadonlyArray<ImageKey>> =>
  Effect.orElseSucceed(
    Effect.map(decodeOpening(opening), ({ keys = [] }) => keys),
    () => []
  )

/** A job as the ledger tells it. One that another version of the service has written may not be readable. */
export const readJob = (told: LedgerJob): Effect.Effect<Job, LedgerUnavailable> =>
  decodeOpening(told.opening).pipe(
    Effect.map((opening) => ({
      ...opening,
      id: told.id,
      status: told.status,
      createdAt: told.createdAt,
      expiresAt: told.expiresAt
    })),
    Effect.mapError((cause) => new LedgerUnavailable({ cause }))
  )

/** Refuses what is surely over a budget, of which so much is used today. */
export const refuseSurelyOver = (least: Cost, n: number, limits: UsageLimits, today: Usage) => {
  const needed = { pictures: n, neurons: least.neurons, microdollars: microdollarsOf(least) }
  const left = leftOf(limits, today)
  return exceededOf(needed, left) ? refused({ _tag: "OverBudget", left }, { needed }) : Effect.void
}

/** Why a claim was refused. */
export const refused = Effect.fnUntraced(function* (
  answer: Exclude<ClaimAnswer, { readonly _tag: "Draw" | "Join" }>,
  { needed }: Pick<Claim, "needed">
): Effect.fn.Return<never, StartError> {
  switch (answer._tag) {
    case "Conflict":
      return yield* new InvalidRequest({
        message: "This Idempotency-Key was used for another request a moment ago. Use a new key for a new request.",
        param: "Idempotency-Key",
        code: "idempotency_key_reused"
      })
    case "TooMany":
      return yield* new RateLimited({
        message: "This key is drawing as much at a time as it may (KEY_CONCURRENCY). Wait until something is finished.",
        retryAfterSeconds: 5
      })
    case "OverBudget": {
      const renewsAt = nextDay(yield* Clock.currentTimeMillis)
      const { left } = answer
      return yield* exceededOf(needed, left) === "microdollars"
        ? new BudgetExceeded({
            unit: "dollars",
            needed: dollarsOf(needed),
            left: toDollars(left.microdollars ?? 0),
            renewsAt
          })
        : new BudgetExceeded({
            unit: "neurons",
            needed: countedFor(left, needed).neurons,
            left: left.neurons ?? 0,
            renewsAt
          })
    }
  }
})

/** Nobody would draw the job whose end a webhook is to be told. */
export const webhookRefused = (): InvalidRequest =>
  new InvalidRequest({
    message: "A webhook needs the Durable Objects of jobs, and they are not both bound, as LEDGER and RUNNER.",
    param: "webhook"
  })

/** What became of a claim. `told` is whether the ledger knows of it. */
export type Opened =
  | { readonly _tag: "Draw"; readonly told: boolean }
  | { readonly _tag: "Join"; readonly job: LedgerJob }

/** Asks the ledger. Where it can't be reached, only a key without limits may go on. */
export const makeClaiming = (ledger: Ledger["Service"]) =>
  Effect.fnUntraced(function* (
    claim: Claim,
    { caller }: Requester,
    limited: boolean
  ): Effect.fn.Return<Opened, StartError> {
    const answer = yield* Effect.result(ledger.claim(caller, claim))
    if (answer._tag === "Failure") {
      if (limited) return yield* answer.failure
      yield* Effect.logWarning("A generation is drawn without the ledger", answer.failure)
      return { _tag: "Draw", told: false }
    }
    switch (answer.success._tag) {
      case "Draw":
        return { _tag: "Draw", told: true }
      case "Join":
        return answer.success
      default:
        return yield* refused(answer.success, claim)
    }
  })
