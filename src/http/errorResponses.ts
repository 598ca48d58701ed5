import * as HttpApiSchema from "effect/http-api/HttpApiSchema"
import { ErrorBody } from "./errors.ts"

/** The statuses with which an endpoint that draws can fail, for the OpenAPI document. */
export const errorResponses = ([400, 401, 404, 413, 429, 500, 502, 504] as const).map((status) =>
  ErrorBody.pipe(HttpApiSchema.status(status))
)
