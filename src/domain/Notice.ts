import * as Schema from "effect/Schema"
import { ModelLack } from "./Errors.ts"
import { ImageSize } from "./ImageSize.ts"

/** Something that was done otherwise than asked, for the caller to know. */
export const Notice = Schema.Union([
  Schema.TaggedStruct("SizeAdapted", { wanted: ImageSize, drawn: ImageSize }),
  Schema.TaggedStruct("SeedIgnored", {}),
  Schema.TaggedStruct("StepsIgnored", { steps: Schema.Int, maximum: Schema.optionalKey(Schema.Int) }),
  Schema.TaggedStruct("PromptUnused", {}),
  /** These fields were left out: the model takes none, or no such value. */
  Schema.TaggedStruct("WishesIgnored", { fields: Schema.Array(Schema.String), model: Schema.String }),
  /** A small beta model changes the picture, in this size, whatever that of the picture is. */
  Schema.TaggedStruct("BetaDrawn", { drawn: ImageSize, model: Schema.String }),
  /** The model that was to draw could not be had, so another one of the deployment did. */
  Schema.TaggedStruct("ModelReplaced", { wanted: Schema.String, drawn: Schema.String, lack: ModelLack }),
  /** What is outside of the mask could not be kept as it was. */
  Schema.TaggedStruct("MaskRedrawn", {})
])
export type Notice = typeof Notice.Type
