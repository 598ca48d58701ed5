import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as HttpApiSchema from "effect/http-api/HttpApiSchema"
import * as Schema from "effect/Schema"
import { Authorization } from "../Authorization.ts"
import { ErrorBody } from "../errors.ts"

/** What the caller's key has used today (UTC), what is being drawn included. */
export const UsageObject = Schema.Struct({
  object: Schema.Literal("usage"),
  key: Schema.String,
  pictures: Schema.Number,
  neurons: Schema.Number,
  /** Neurons a day; `null` where they are not limited. */
  budget: Schema.NullOr(Schema.Number),
  /** Seconds since 1970. */
  renews_at: Schema.Int
}).annotate({ identifier: "Usage" })
export type UsageObject = typeof UsageObject.Type

export class UsageApi extends HttpApiGroup.make("usage")
  .add(
    HttpApiEndpoint.get("getUsage", "/v1/usage", {
      success: UsageObject,
      error: ([401, 404, 429, 500] as const).map((status) => ErrorBody.pipe(HttpApiSchema.status(status)))
    })
  )
  .middleware(Authorization) {}
