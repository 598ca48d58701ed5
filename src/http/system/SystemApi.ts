import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as HttpApiSchema from "effect/http-api/HttpApiSchema"
import * as Schema from "effect/Schema"

/** `ready` where it can draw; `missing` names every setting that is missing or wrong, also one that has its default for that. */
export const Health = Schema.Struct({
  status: Schema.Literal("ok"),
  ready: Schema.Boolean,
  missing: Schema.Array(Schema.String)
}).annotate({ identifier: "Health" })

export class SystemApi extends HttpApiGroup.make("system").add(
  HttpApiEndpoint.get("welcome", "/", { success: HttpApiSchema.asText({ contentType: "text/html" })(Schema.String) }),
  HttpApiEndpoint.get("health", "/health", { success: Health })
) {}
