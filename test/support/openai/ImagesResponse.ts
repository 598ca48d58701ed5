import * as Schema from "effect/Schema"
import { Base64Text, Count, PixelSize, Seconds, WebAddress } from "./fields.ts"

const TokensDetails = Schema.Struct({ text_tokens: Count, image_tokens: Count })

/** https://platform.openai.com/docs/api-reference/images/object; a picture has a link, its bytes, or both. */
export const Image = Schema.Struct({
  b64_json: Schema.optionalKey(Base64Text),
  url: Schema.optionalKey(WebAddress),
  revised_prompt: Schema.optionalKey(Schema.String)
}).check(
  Schema.makeFilter(({ b64_json, url }) => b64_json !== undefined || url !== undefined || "neither url nor b64_json")
)

/** `openai.images.generate` and `openai.images.edit`, without `stream`. */
export const ImagesResponse = Schema.Struct({
  created: Seconds,
  data: Schema.optionalKey(Schema.mutable(Schema.Array(Image))),
  background: Schema.optionalKey(Schema.Literals(["transparent", "opaque"])),
  output_format: Schema.optionalKey(Schema.Literals(["png", "webp", "jpeg", "gif", "svg"])),
  quality: Schema.optionalKey(Schema.Literals(["low", "medium", "high", "xhigh", "max"])),
  size: Schema.optionalKey(PixelSize),
  usage: Schema.optionalKey(
    Schema.Struct({
      input_tokens: Count,
      output_tokens: Count,
      total_tokens: Count,
      input_tokens_details: TokensDetails,
      output_tokens_details: Schema.optionalKey(TokensDetails)
    })
  )
})
