import * as Schema from "effect/Schema"
import { DrawError } from "./Errors.ts"
import { GenerationPlan } from "./GenerationPlan.ts"
import type { ImageFile } from "./ImageFile.ts"
import { MediaType } from "./ImageHeader.ts"
import { ImageKeyFromName } from "./ImageKey.ts"
import { ImageSize } from "./ImageSize.ts"
import { Notice } from "./Notice.ts"

export const OptimizationFailure = Schema.Literals([
  "not_configured",
  /** Nothing draws in the preview, and nothing is asked either. */
  "preview",
  /** What is said to change a picture is an instruction, not a description. */
  "edit",
  "timeout",
  "refused",
  "unavailable",
  /** The neurons of the day are used up. */
  "quota",
  /** Workers AI does not offer the model, or not any more. */
  "retired",
  /** The account may not use the model. */
  "not_allowed",
  "unusable_answer"
])
export type OptimizationFailure = typeof OptimizationFailure.Type

/** Where the drawn prompt came from. */
export const PromptSource = Schema.Union([
  Schema.TaggedStruct("Original", {}),
  Schema.TaggedStruct("Optimized", { model: Schema.String }),
  /** Optimization was wanted and did not work, so the original was drawn. */
  Schema.TaggedStruct("Failed", { reason: OptimizationFailure })
])
export type PromptSource = typeof PromptSource.Type

const ImageFacts = Schema.Struct({
  /** Of the picture's own bytes, as is its media type. */
  size: ImageSize,
  mediaType: MediaType,
  /** Absent where it was not to be stored, or could not be. */
  key: Schema.optionalKey(ImageKeyFromName),
  /** It was to be stored and Workers KV refused: the bytes have to reach the caller now. */
  storageFailed: Schema.Boolean,
  /** The id of the model that drew it. */
  model: Schema.String,
  seed: Schema.optionalKey(Schema.Int),
  /**
   * What its drawing cost (a {@link Cost}) where Workers AI told that, else the estimate. The first picture's has what
   * improving the prompt cost too, so that the pictures together tell what the generation cost.
   */
  neurons: Schema.Finite,
  microdollars: Schema.optionalKey(Schema.Finite),
  /** Drawn by the preview backend, not by a model. */
  preview: Schema.Boolean,
  /** What of this picture was done otherwise than asked, beside what the plan says of all. */
  notices: Schema.optionalKey(Schema.Array(Notice))
})

/** One picture, drawn and checked. */
export interface GeneratedImage extends Schema.Schema.Type<typeof ImageFacts> {
  /** Always there for a caller who takes bytes; may be absent for others where the picture has a key. */
  readonly file?: ImageFile
}

const PromptReady = Schema.TaggedStruct("PromptReady", {
  originalPrompt: Schema.String,
  prompt: Schema.String,
  source: PromptSource,
  plan: GenerationPlan,
  n: Schema.Int
})
const Drawing = Schema.TaggedStruct("Drawing", { index: Schema.Int })
const ImageReady = Schema.TaggedStruct("ImageReady", { index: Schema.Int, image: ImageFacts })
/** This picture failed, others did not. Where all fail, the stream itself fails. */
const ImageFailed = Schema.TaggedStruct("ImageFailed", { index: Schema.Int, error: DrawError })

/** What happens while a request is carried out, in this order; the last three once for each picture, pictures in order. */
export type GenerationEvent =
  | typeof PromptReady.Type
  | typeof Drawing.Type
  | (Omit<typeof ImageReady.Type, "image"> & { readonly image: GeneratedImage })
  | typeof ImageFailed.Type

/** An event as JSON, without the bytes of pictures. */
export const GenerationEventJson = Schema.toCodecJson(Schema.Union([PromptReady, Drawing, ImageReady, ImageFailed]))
