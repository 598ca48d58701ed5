import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as Schema from "effect/Schema"
import { Authorization } from "../Authorization.ts"
import { declareErrors } from "../errors.ts"
import { costFields } from "../toldCost.ts"

const DayUsage = Schema.Struct({
  /** In UTC: `2026-11-22`. */
  date: Schema.String,
  pictures: Schema.Number,
  ...costFields
})

/** What a key has used today (UTC), what is being drawn included, and in the last 31 days. */
export const UsageObject = Schema.Struct({
  object: Schema.Literal("usage"),
  key: Schema.String,
  /** `null` where the account of the key could not be asked. */
  pictures: Schema.NullOr(Schema.Number),
  neurons: Schema.NullOr(Schema.Number),
  cost_usd: Schema.NullOr(Schema.Number),
  /** Neurons a day; `null` where they are not limited. */
  budget: Schema.NullOr(Schema.Number),
  /** US dollars a day; `null` where they are not limited. */
  budget_usd: Schema.NullOr(Schema.Number),
  /** What is left of either. Where only neurons are limited, what costs dollars counts as the neurons that they buy. */
  left: Schema.NullOr(Schema.Number),
  left_usd: Schema.NullOr(Schema.Number),
  /** Seconds since 1970. */
  renews_at: Schema.Int,
  /** Newest first, today included; days without any use are left out. */
  days: Schema.Array(DayUsage)
}).annotate({ identifier: "Usage" })
export type UsageObject = typeof UsageObject.Type

/** The use of every key, for the owner. */
export const UsageList = Schema.Struct({
  object: Schema.Literal("list"),
  data: Schema.Array(UsageObject)
}).annotate({ identifier: "UsageList" })
export type UsageList = typeof UsageList.Type

export const usageErrors = declareErrors(
  "InvalidRequest",
  "InvalidApiKey",
  "BindingMissing",
  "RateLimited",
  "ConfigurationError",
  "LedgerUnavailable"
)

export class UsageApi extends HttpApiGroup.make("usage")
  .add(
    HttpApiEndpoint.get("getUsage", "/v1/usage", {
      query: { key: Schema.optionalKey(Schema.String) },
      success: [UsageObject, UsageList],
      error: usageErrors.responses
    })
  )
  .middleware(Authorization) {}
