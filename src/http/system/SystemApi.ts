import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as HttpApiSchema from "effect/http-api/HttpApiSchema"
import * as Schema from "effect/Schema"

/** `ready` once nothing is missing; until then the names of the settings to look at. */
export const Health = Schema.Struct({
  status: Schema.Literal("ok"),
  ready: Schema.Boolean,
  missing: Schema.Array(Schema.String)
}).annotate({ identifier: "Health" })

export class SystemApi extends HttpApiGroup.make("system").add(
  HttpApiEndpoint.get("welcome", "/", { success: HttpApiSchema.asText({ contentType: "text/html" })(Schema.String) }),
  HttpApiEndpoint.get("health", "/health", { success: Health })
) {}
