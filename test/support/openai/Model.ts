import * as Schema from "effect/Schema"
import { Seconds } from "./fields.ts"

/** `openai.models.retrieve`. */
export const Model = Schema.Struct({
  id: Schema.NonEmptyString,
  object: Schema.Literal("model"),
  created: Seconds,
  owned_by: Schema.NonEmptyString
})

/** The body behind `openai.models.list`. */
export const ModelList = Schema.Struct({ object: Schema.Literal("list"), data: Schema.mutable(Schema.Array(Model)) })
