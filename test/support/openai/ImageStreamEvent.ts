import * as Schema from "effect/Schema"
import { Base64Text, Count, PixelSize, Seconds } from "./fields.ts"

const image = {
  b64_json: Base64Text,
  background: Schema.Literals(["transparent", "opaque", "auto"]),
  created_at: Seconds,
  output_format: Schema.Literals(["png", "webp", "jpeg"]),
  quality: Schema.Literals(["low", "medium", "high", "xhigh", "max", "auto"]),
  size: PixelSize
}

const usage = Schema.Struct({
  input_tokens: Count,
  output_tokens: Count,
  total_tokens: Count,
  input_tokens_details: Schema.Struct({ text_tokens: Count, image_tokens: Count })
})

/** The last event of a picture of `openai.images.generate` with `stream`. */
export const ImageGenCompletedEvent = Schema.Struct({
  ...image,
  type: Schema.Literal("image_generation.completed"),
  usage
})

/** The last event of a picture of `openai.images.edit` with `stream`. */
export const ImageEditCompletedEvent = Schema.Struct({
  ...image,
  type: Schema.Literal("image_edit.completed"),
  usage
})
