import * as Effect from "effect/Effect"
import type { StartError } from "../../domain/Errors.ts"
import type { GenerationRequest } from "../../domain/GenerationRequest.ts"
import { jobIdOf, makeJobId } from "../../domain/Job.ts"
import type { Requester } from "../../domain/Requester.ts"
import type { Cost, UsageLimits } from "../../domain/Usage.ts"
import type { Webhook } from "../../domain/Webhook.ts"
import type { AppConfig } from "../Config.ts"
import { Identifiers } from "../Identifiers.ts"
import type { ImageGenerator } from "../ImageGenerator.ts"
import type { Ledger } from "../Ledger.ts"
import { claimFor, isLimited, limitsOf, refuseSurelyOver } from "./claiming.ts"

interface Services {
  readonly config: AppConfig["Service"]
  readonly generator: ImageGenerator["Service"]
  readonly ledger: Ledger["Service"]
}

/** Prepares a request, and what it will ask of the ledger where there is one. */
export const makePreparing = ({ config, generator, ledger }: Services) => {
  /** Pictures are fetched from elsewhere only for what may be drawn. */
  const allow = Effect.fnUntraced(function* (
    least: Cost,
    { n }: GenerationRequest,
    { caller }: Requester,
    limits: UsageLimits
  ): Effect.fn.Return<void, StartError> {
    const { today } = yield* Effect.catchTag(ledger.usage(caller), "BindingMissing", Effect.die)
    yield* refuseSurelyOver(least, n, limits, today)
  })

  return Effect.fnUntraced(function* (request: GenerationRequest, requester: Requester, webhook?: Webhook) {
    // A limit that can't be kept is told before anything else is done.
    const limits = limitsOf(requester.caller, yield* Effect.fromResult(config.limits))
    // A repeat may join what was drawn before it was over.
    const asks = ledger.bound && isLimited(limits) && !requester.repeat && requester.idempotencyKey === undefined
    const prepared = yield* generator.prepare(
      request,
      asks ? (least) => allow(least, request, requester, limits) : undefined
    )
    if (!ledger.bound) return { prepared, claim: undefined, limited: false }
    const windowMillis = (yield* Effect.fromResult(config.jobWindow)) * 1000
    const last = prepared.keys.at(-1)
    const id = last ? jobIdOf(last) : makeJobId((yield* Identifiers).next())
    const claim = yield* claimFor(id, prepared, requester, { limits, windowMillis, webhook })
    return { prepared, claim, limited: isLimited(limits) }
  })
}
