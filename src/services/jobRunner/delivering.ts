import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { Caller } from "../../domain/Caller.ts"
import type { Webhook } from "../../domain/Webhook.ts"
import { readJob } from "../generations/claiming.ts"
import { happened } from "../generations/following.ts"
import { JobDescription } from "../JobDescription.ts"
import { Ledger } from "../Ledger.ts"
import type { Claim } from "../ledger/LedgerMessage.ts"
import { Webhooks } from "../Webhooks.ts"

/** A job whose end is told, to whom. */
export interface Told {
  readonly caller: Caller
  readonly claim: Claim
  readonly webhook: Webhook
}

/** How far the telling of a job's end has come. It is stored before each try, so that one that breaks off counts. */
export const Delivery = Schema.Struct({
  /** What is sent, the same each time. Absent where it could not be had yet. */
  body: Schema.optionalKey(Schema.String),
  tries: Schema.Int
})
export type Delivery = typeof Delivery.Type

/** After each try but the last, in seconds: together less than the half hour that pictures are kept by default. */
const pauses = [10, 60, 300, 1200]

/** The next try, with what is sent; `undefined` where there have been enough. */
export const nextTry = Effect.fnUntraced(function* (told: Told, before: Delivery = { tries: 0 }) {
  if (before.tries > pauses.length) return undefined
  const body = before.body ?? (yield* describeEnd(told))
  return { tries: before.tries + 1, ...(body !== undefined && { body }) } satisfies Delivery
})

/** Sends it. When to try again, in milliseconds since 1970; `undefined` where there is nothing more to do. */
export const deliver = Effect.fnUntraced(function* ({ body, tries }: Delivery, { claim, webhook }: Told) {
  const webhooks = yield* Webhooks
  const pause = pauses[tries - 1]
  const done = body !== undefined && (yield* webhooks.send({ id: claim.id, url: webhook.url, body }))
  return done || pause === undefined ? undefined : (yield* Clock.currentTimeMillis) + pause * 1000
})

/** What is told of a job that has ended, as JSON; `undefined` where the ledger does not tell its end now. */
const describeEnd = ({ caller, claim: { id }, webhook: { link } }: Told) =>
  Effect.gen(function* () {
    const told = yield* (yield* Ledger).read(caller, id, -1)
    if (told.status === "running") return undefined
    const job = yield* readJob(told)
    const data = yield* (yield* JobDescription).describe(job, happened(told), link)
    const type = `image.generation.${job.status === "completed" ? "completed" : "failed"}`
    const timestamp = new Date(yield* Clock.currentTimeMillis).toISOString()
    return JSON.stringify({ type, timestamp, data })
  }).pipe(
    Effect.catch((error) =>
      Effect.as(Effect.logWarning("The end of a job can't be told now", { id, error }), undefined)
    )
  )
