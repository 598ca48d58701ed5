import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as HttpApiSchema from "effect/http-api/HttpApiSchema"
import * as Schema from "effect/Schema"
import { Authorization } from "../Authorization.ts"
import { ErrorBody } from "../errors.ts"
import { ImagesResponse } from "../images/ImagesApi.ts"

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
  neurons: Schema.Number,
  progress: Schema.Struct({ total: Schema.Int, completed: Schema.Int, failed: Schema.Int }),
  /** What was drawn, in whichever dialect it was asked for: links, and bytes where there is no link. */
  result: Schema.optionalKey(ImagesResponse),
  error: Schema.optionalKey(ErrorBody.fields.error)
}).annotate({ identifier: "Job" })
export type JobObject = typeof JobObject.Type

/** An event of a job; its `type` is also the event's name, its number the event's id. */
export const JobStreamEvent = Schema.Union([
  Schema.Struct({
    type: Schema.Literal("prompt_ready"),
    prompt: Schema.String,
    model: Schema.String,
    size: Schema.String,
    n: Schema.Int
  }),
  Schema.Struct({ type: Schema.Literal("drawing"), index: Schema.Int }),
  Schema.Struct({
    type: Schema.Literal("image_ready"),
    index: Schema.Int,
    url: Schema.optionalKey(Schema.String),
    /** Where there is no link. */
    b64_json: Schema.optionalKey(Schema.String),
    size: Schema.String,
    model: Schema.String,
    seed: Schema.optionalKey(Schema.Int),
    neurons: Schema.Number
  }),
  Schema.Struct({ type: Schema.Literal("image_failed"), index: Schema.Int, error: ErrorBody.fields.error }),
  Schema.Struct({ type: Schema.Literal("completed") })
]).annotate({ identifier: "JobStreamEvent" })
export type JobStreamEvent = typeof JobStreamEvent.Type

const params = { id: Schema.String }
const errors = ([401, 404, 500, 502] as const).map((status) => ErrorBody.pipe(HttpApiSchema.status(status)))

/** Generations that nobody waits for. `POST` with `Prefer: respond-async` answers 202 and the `location` of one. */
export class JobsApi extends HttpApiGroup.make("jobs")
  .add(
    HttpApiEndpoint.get("getJob", "/v1/jobs/:id", {
      params,
      success: [
        JobObject,
        HttpApiSchema.StreamSse({
          events: Schema.Struct({ event: Schema.String, data: Schema.fromJsonString(JobStreamEvent) })
        })
      ],
      error: errors
    }),
    HttpApiEndpoint.delete("cancelJob", "/v1/jobs/:id", { params, success: JobObject, error: errors })
  )
  .middleware(Authorization) {}
