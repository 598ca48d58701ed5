import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { generationHeaders } from "../eventStream.ts"
import { optional } from "../fields.ts"
import { jsonResponse } from "../jsonResponse.ts"
import { withOneSize } from "../wishes/sizeWish.ts"
import { type Fields, isUnset } from "../wishes/values.ts"
import { ImageCompletedEvent, ImageEditRequest, ImagesResponse, ImagesUsage, imageFields } from "./ImagesSchemas.ts"
import { type ImagesAnswer, imagesResponse } from "./imagesAnswer.ts"
import type { ImageEvents } from "./imagesStream.ts"

/** A request of OpenRouter's image API: new pictures, or with `input_references` edits. */
export const OpenRouterImageRequest = Schema.Struct({
  ...imageFields,
  /** In the place of `size`, or of its shape. */
  aspect_ratio: optional(Schema.String),
  /** `1K` is about a million pixels; most models draw no more. */
  resolution: optional(Schema.String),
  input_references: ImageEditRequest.fields.images,
  mask: ImageEditRequest.fields.mask
}).annotate({ identifier: "OpenRouterImageRequest" })

const OpenRouterUsage = Schema.Struct({
  ...ImagesUsage.fields,
  prompt_tokens: Schema.Int,
  completion_tokens: Schema.Int,
  cost: Schema.Finite
})

/** The answer of the Images API, with the usage under OpenRouter's names too; `cost` is in US dollars. */
export const OpenRouterImagesResponse = Schema.Struct({
  ...ImagesResponse.fields,
  usage: OpenRouterUsage
}).annotate({ identifier: "OpenRouterImagesResponse" })

/** The event of the Images API, likewise. */
export const OpenRouterImageEvent = Schema.Struct({
  ...ImageCompletedEvent.fields,
  created: Schema.Int,
  media_type: Schema.String,
  usage: OpenRouterUsage
}).annotate({ identifier: "OpenRouterImageEvent" })
type OpenRouterImageEvent = typeof OpenRouterImageEvent.Type

/** The fields as the Images API reads them. OpenRouter answers with bytes where nothing else is asked for. */
export const asImagesFields = ({ size, ...fields }: Fields): Fields => ({
  // The least of OpenRouter's tiers has no unit, and is no size anywhere else.
  ...withOneSize(size === "512" ? { resolution: size, ...fields } : { size, ...fields }),
  response_format: isUnset(fields.response_format) ? "b64_json" : fields.response_format
})

/** All pictures in one JSON answer. */
export const completeOpenRouter = Effect.fnUntraced(function* (answer: ImagesAnswer) {
  const { usage, ...response } = yield* imagesResponse(answer, yield* Stream.runCollect(answer.generation.events))
  const told: typeof OpenRouterImagesResponse.Type = { ...response, usage: tellUsage(usage) }
  return jsonResponse(told, { headers: generationHeaders(usage, answer.generation.jobId) })
})

/** How the events of a stream are told here: those of the Images API, and errors by their type too. */
export const openRouterEvents: ImageEvents = {
  completed: (event): OpenRouterImageEvent => ({
    ...event,
    created: event.created_at,
    media_type: `image/${event.output_format}`,
    usage: tellUsage(event.usage)
  }),
  failed: (body) => ({ type: "error", ...body })
}

const tellUsage = (usage: ImagesUsage): typeof OpenRouterUsage.Type => ({
  ...usage,
  prompt_tokens: usage.input_tokens,
  completion_tokens: usage.output_tokens,
  cost: usage.cost_usd
})
