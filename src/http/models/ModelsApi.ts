import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as HttpApiSchema from "effect/http-api/HttpApiSchema"
import * as Schema from "effect/Schema"
import { Authorization } from "../Authorization.ts"
import { ErrorBody } from "../errors.ts"

/** A model, as OpenAI lists them, with the modalities as OpenRouter does. */
export const ModelObject = Schema.Struct({
  id: Schema.String,
  object: Schema.Literal("model"),
  /** Seconds since 1970. */
  created: Schema.Int,
  owned_by: Schema.String,
  architecture: Schema.Struct({
    input_modalities: Schema.Array(Schema.String),
    output_modalities: Schema.Array(Schema.String)
  })
}).annotate({ identifier: "Model" })
export type ModelObject = typeof ModelObject.Type

export const ModelList = Schema.Struct({ object: Schema.Literal("list"), data: Schema.Array(ModelObject) }).annotate({
  identifier: "ModelList"
})

const errors = ([401, 404, 500] as const).map((status) => ErrorBody.pipe(HttpApiSchema.status(status)))

export class ModelsApi extends HttpApiGroup.make("models")
  .add(
    HttpApiEndpoint.get("listModels", "/v1/models", {
      query: { type: Schema.optional(Schema.String), output_modalities: Schema.optional(Schema.String) },
      success: ModelList,
      error: errors
    }),
    HttpApiEndpoint.get("retrieveModel", "/v1/models/:model", {
      params: { model: Schema.String },
      success: ModelObject,
      error: errors
    })
  )
  .middleware(Authorization) {}
