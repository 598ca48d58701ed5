import * as Schema from "effect/Schema"
import { drawingFields, optional, unmetField } from "../fields.ts"
import { costFields } from "../toldCost.ts"
import { Background } from "./background.ts"

const qualities = ["auto", "low", "medium", "high", "standard", "hd", "xhigh", "max"] as const

/** The fields of both image endpoints. `moderation`, `user` and unknown ones are accepted and ignored. */
export const imageFields = {
  ...drawingFields,
  prompt: Schema.String,
  /** Chooses the number of steps, where the model lets one choose. */
  quality: optional(Schema.Literals(qualities)),
  /** Absent for both. */
  response_format: optional(Schema.Literals(["url", "b64_json"])),
  /** `jpeg`, `png` or `webp`; absent for what the model gives. */
  output_format: optional(Schema.String),
  /** `transparent` takes the background of a picture away, where a model that does so is switched on. */
  background: optional(Schema.String),
  stream: optional(Schema.Boolean),
  /** Accepted; none of these models gives partial pictures, so none are sent. */
  partial_images: optional(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 3 })))
}

const ImageReference = Schema.Union([
  Schema.String,
  Schema.Struct({ image_url: Schema.Union([Schema.String, Schema.Struct({ url: Schema.String })]) })
])

const inputFields = {
  images: optional(Schema.Array(ImageReference)),
  image: optional(Schema.Union([ImageReference, Schema.Array(ImageReference)]))
}

/** With pictures to start from it is an edit. */
export const ImageGenerationRequest = Schema.Struct({ ...imageFields, ...inputFields }).annotate({
  identifier: "ImageGenerationRequest"
})

/** An edit as JSON. Each picture is a `data:` URL, a link of this service, or an https address. */
export const ImageEditRequest = Schema.Struct({
  ...imageFields,
  ...inputFields,
  /** A PNG of the size of the one picture: what is transparent in it is drawn anew. */
  mask: Schema.optional(Schema.Unknown)
}).annotate({ identifier: "ImageEditRequest" })
export type ImageEditRequest = typeof ImageEditRequest.Type

/** What is read of either, when its wishes are where they belong. */
export const ImageRequest = Schema.Struct({
  ...imageFields,
  images: Schema.optional(Schema.Array(Schema.String)),
  mask: Schema.optional(Schema.Unknown),
  ...unmetField
})
export type ImageRequest = typeof ImageRequest.Type

/** Tokens are estimated (four bytes of text, or 32x32 pixels, are one); neurons come from the price list of Workers AI. */
export const ImagesUsage = Schema.Struct({
  input_tokens: Schema.Int,
  output_tokens: Schema.Int,
  total_tokens: Schema.Int,
  input_tokens_details: Schema.Struct({ text_tokens: Schema.Int, image_tokens: Schema.Int }),
  ...costFields
})
export type ImagesUsage = typeof ImagesUsage.Type

/** The qualities that an answer can tell: `auto` and the older names are told as what they stand for. */
export const ToldQuality = Schema.Literals(["low", "medium", "high", "xhigh", "max"])
export type ToldQuality = typeof ToldQuality.Type

export const OutputFormat = Schema.Literals(["jpeg", "png", "webp"])
export type OutputFormat = typeof OutputFormat.Type

export const ImagesResponse = Schema.Struct({
  created: Schema.Int,
  data: Schema.Array(
    Schema.Struct({
      url: Schema.optionalKey(Schema.String),
      b64_json: Schema.optionalKey(Schema.String),
      revised_prompt: Schema.optionalKey(Schema.String),
      seed: Schema.optionalKey(Schema.Int)
    })
  ),
  model: Schema.String,
  size: Schema.String,
  quality: ToldQuality,
  background: Background,
  output_format: OutputFormat,
  usage: ImagesUsage,
  /** The pictures that failed, where others did not. */
  errors: Schema.optionalKey(
    Schema.Array(Schema.Struct({ index: Schema.Int, code: Schema.NullOr(Schema.String), message: Schema.String }))
  ),
  /** What was done otherwise than asked. */
  warnings: Schema.optionalKey(Schema.Array(Schema.String))
}).annotate({ identifier: "ImagesResponse" })
export type ImagesResponse = typeof ImagesResponse.Type

/** One event for each finished picture; its name is also the event's name. */
export const ImageCompletedEvent = Schema.Struct({
  type: Schema.Literals(["image_generation.completed", "image_edit.completed"]),
  b64_json: Schema.String,
  url: Schema.optionalKey(Schema.String),
  created_at: Schema.Int,
  size: Schema.String,
  quality: ToldQuality,
  background: Background,
  output_format: OutputFormat,
  usage: ImagesUsage,
  model: Schema.String,
  /** Absent where the model takes none. */
  seed: Schema.optionalKey(Schema.Int),
  /** What was drawn, where the prompt was optimized. */
  revised_prompt: Schema.optionalKey(Schema.String),
  /** What was done otherwise than asked. */
  warnings: Schema.optionalKey(Schema.Array(Schema.String))
}).annotate({ identifier: "ImageCompletedEvent" })
export type ImageCompletedEvent = typeof ImageCompletedEvent.Type
