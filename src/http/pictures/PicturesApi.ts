import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as HttpApiSchema from "effect/http-api/HttpApiSchema"
import * as Schema from "effect/Schema"
import { ErrorBody } from "../errors.ts"

/** The stored pictures. The link is the secret, so no key is asked for. */
export class PicturesApi extends HttpApiGroup.make("pictures").add(
  HttpApiEndpoint.get("getImage", "/image/:key", {
    params: { key: Schema.String },
    success: (["image/jpeg", "image/png", "image/webp"] as const).map((contentType) =>
      Schema.Uint8Array.pipe(HttpApiSchema.asUint8Array({ contentType }))
    ),
    error: ([404, 500, 502] as const).map((status) => ErrorBody.pipe(HttpApiSchema.status(status)))
  })
) {}
