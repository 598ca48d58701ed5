import * as Schema from "effect/Schema"
import { DrawWishes } from "./DrawWishes.ts"
import { ImageFile } from "./ImageFile.ts"
import { MediaType } from "./ImageHeader.ts"
import { ImageKeyFromName } from "./ImageKey.ts"
import { ImageSize } from "./ImageSize.ts"
import { Quality } from "./Quality.ts"
import { textCodec } from "./TextCodec.ts"

/** A picture, written as base64. */
const ImageFileFromBase64 = textCodec<ImageFile>({
  is: (value): value is ImageFile => value instanceof ImageFile,
  read: (text) => ImageFile.fromBase64(text),
  write: ({ base64 }) => base64
})

/** A picture to start from: one that came with the request, one of ours, or one to fetch. */
export const InputImage = Schema.Union([
  Schema.TaggedStruct("Inline", { file: ImageFileFromBase64 }),
  Schema.TaggedStruct("Stored", { key: ImageKeyFromName }),
  Schema.TaggedStruct("Remote", { url: Schema.URL })
])
export type InputImage = typeof InputImage.Type

/** What a caller wants drawn, whichever dialect it was said in. */
export const GenerationRequest = Schema.Struct({
  /** The prompt as it was written, with ratio and flags. */
  originalPrompt: Schema.String,
  /** The prompt without them. Not empty. */
  prompt: Schema.String,
  /** A name from the catalogue or an alias; absent for `FLUX_MODEL`. */
  model: Schema.optionalKey(Schema.String),
  /** Where it is false, no other model draws in its place when it can't be had. */
  fallback: Schema.optionalKey(Schema.Literal(false)),
  /** Absent for `auto`: 1024x1024, or the ratio of the first input picture. */
  size: Schema.optionalKey(ImageSize),
  /** 1 to 10. */
  n: Schema.Int,
  seed: Schema.optionalKey(Schema.Int),
  steps: Schema.optionalKey(Schema.Int),
  quality: Schema.optionalKey(Quality),
  /** Whether the prompt may be improved: `always` also where the setting for it is off. */
  optimize: Schema.Union([Schema.Boolean, Schema.Literal("always")]),
  /** Up to four. */
  inputs: Schema.Array(InputImage),
  /** Absent for any. */
  background: Schema.optionalKey(Schema.Literal("transparent")),
  /** What is transparent in it is to be drawn anew in the picture to start from; the rest is to stay. */
  mask: Schema.optionalKey(InputImage),
  ...DrawWishes.fields,
  /** Fields of the request that nothing here can meet, for the caller to know. */
  unmet: Schema.optionalKey(Schema.Array(Schema.String)),
  /** Absent for what the model gives. */
  outputFormat: Schema.optionalKey(MediaType),
  /** What to do about a size or a seed that nothing can draw: come as near as possible and say so, or refuse. */
  mismatch: Schema.Literals(["adapt", "refuse"]),
  /** Whether pictures are kept for a link. */
  store: Schema.Boolean,
  /** Whether the caller takes the bytes of the pictures. Without them only what could not be stored is given as bytes. */
  bytes: Schema.Boolean
})
export type GenerationRequest = typeof GenerationRequest.Type
