import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as HttpApiSchema from "effect/http-api/HttpApiSchema"
import * as Schema from "effect/Schema"
import { Authorization } from "../Authorization.ts"
import { declareErrors, ErrorBody } from "../errors.ts"
import { costFields } from "../toldCost.ts"
import { JobObject } from "./JobObject.ts"

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
    /** Absent where only bytes were asked for, or the picture could not be stored. */
    url: Schema.optionalKey(Schema.String),
    size: Schema.String,
    model: Schema.String,
    seed: Schema.optionalKey(Schema.Int),
    ...costFields
  }),
  Schema.Struct({ type: Schema.Literal("image_failed"), index: Schema.Int, error: ErrorBody.fields.error }),
  Schema.Struct({ type: Schema.Literal("completed") })
]).annotate({ identifier: "JobStreamEvent" })
export type JobStreamEvent = typeof JobStreamEvent.Type

const params = { id: Schema.String }

/** What can go wrong where a job is told. */
export const jobErrors = declareErrors(
  "InvalidApiKey",
  "JobNotFound",
  "BindingMissing",
  "ConfigurationError",
  "LedgerUnavailable"
)
const errors = jobErrors.responses

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
