import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { InvalidRequest } from "../../domain/Errors.ts"
import { defaultSize, formatSize, parseSize, parseSizeOrRatio } from "../../domain/ImageSize.ts"
import { generationHeaders } from "../eventStream.ts"
import { optional } from "../fields.ts"
import { jsonResponse } from "../jsonResponse.ts"
import { ImageCompletedEvent, ImageEditRequest, ImagesResponse, ImagesUsage, imageFields } from "./ImagesSchemas.ts"
import { type ImagesAnswer, imagesResponse } from "./imagesAnswer.ts"
import type { ImageEvents } from "./imagesStream.ts"

/** A request of OpenRouter's image API: new pictures, or with `input_references` edits. */
export const OpenRouterImageRequest = Schema.Struct({
  ...imageFields,
  /** In the place of `size`. */
  aspect_ratio: optional(Schema.String),
  /** `1K` is about a million pixels; these models draw no more at any ratio. */
  resolution: optional(Schema.String),
  input_references: ImageEditRequest.fields.images,
  mask: ImageEditRequest.fields.mask
}).annotate({ identifier: "OpenRouterImageRequest" })
export type OpenRouterImageRequest = typeof OpenRouterImageRequest.Type

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

/** The request as an edit of the Images API. OpenRouter answers with bytes where nothing else is asked for. */
export const asEdit = Effect.fnUntraced(function* (
  body: OpenRouterImageRequest
): Effect.fn.Return<ImageEditRequest, InvalidRequest> {
  const { aspect_ratio, input_references, resolution, ...fields } = body
  const tier = fields.size && tiers.test(fields.size) ? fields.size : undefined
  const factor = yield* scaleOf(resolution ?? tier)
  const size = tier ? undefined : fields.size
  return {
    ...fields,
    images: input_references,
    size: size && size !== "auto" ? size : yield* sizeOf(aspect_ratio, factor),
    response_format: fields.response_format ?? "b64_json"
  }
})

const tiers = /^(?:512|[124]K)$/i

const scaleOf = (tier: string | null | undefined): Effect.Effect<number, InvalidRequest> => {
  const scale = scales.get(tier?.toLowerCase() ?? "auto")
  return scale === undefined
    ? Effect.fail(
        new InvalidRequest({
          message: "`resolution` can be `512` or `1K`. Other sizes are said in pixels: `size`.",
          param: "resolution"
        })
      )
    : Effect.succeed(scale)
}

const scales: ReadonlyMap<string, number> = new Map([
  ["auto", 1],
  ["1k", 1],
  ["512", 0.5]
])

const sizeOf = (
  ratio: string | null | undefined,
  factor: number
): Effect.Effect<string | undefined, InvalidRequest> => {
  const named = ratio && ratio !== "auto" ? ratio : undefined
  if (named === undefined && factor === 1) return Effect.succeed(undefined)
  const size = named === undefined ? defaultSize : parseSizeOrRatio(named)
  return size && (named === undefined || !parseSize(named))
    ? Effect.succeed(formatSize({ width: Math.round(size.width * factor), height: Math.round(size.height * factor) }))
    : Effect.fail(new InvalidRequest({ message: "`aspect_ratio` is a ratio such as 16:9.", param: "aspect_ratio" }))
}

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
