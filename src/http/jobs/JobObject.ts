import * as Schema from "effect/Schema"
import { ErrorBody } from "../errors.ts"
import { ImagesResponse } from "../images/ImagesSchemas.ts"
import { costFields } from "../toldCost.ts"

/** A generation that was asked for with `Prefer: respond-async`. Times are in seconds since 1970. */
export const JobObject = Schema.Struct({
  id: Schema.String,
  object: Schema.Literal("generation.job"),
  status: Schema.Literals(["running", "completed", "failed", "cancelled"]),
  created_at: Schema.Int,
  /** When it is forgotten; while it runs, when it is given up at the latest. */
  expires_at: Schema.Int,
  model: Schema.String,
  /** Estimated cost of the whole. */
  ...costFields,
  progress: Schema.Struct({ total: Schema.Int, completed: Schema.Int, failed: Schema.Int }),
  /** What was drawn, in whichever dialect it was asked for: links, and bytes where there is no link. */
  result: Schema.optionalKey(ImagesResponse),
  error: Schema.optionalKey(ErrorBody.fields.error)
}).annotate({ identifier: "Job" })
export type JobObject = typeof JobObject.Type
