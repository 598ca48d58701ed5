import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import type { Generation } from "../../domain/Generation.ts"
import type { GeneratedImage, GenerationEvent } from "../../domain/GenerationEvent.ts"
import type { GenerationRequest } from "../../domain/GenerationRequest.ts"
import { formatSize, type ImageSize } from "../../domain/ImageSize.ts"
import { sumCosts } from "../../domain/Usage.ts"
import { errorAnswer } from "../errors.ts"
import { estimateTokens } from "../estimateTokens.ts"
import { generationHeaders } from "../eventStream.ts"
import { jsonResponse } from "../jsonResponse.ts"
import { en } from "../locales/en.ts"
import { noticeText } from "../noticeText.ts"
import { imageUrl, type Origins } from "../origins.ts"
import { tellCost } from "../toldCost.ts"
import { backgroundOf } from "./background.ts"
import type { ImagesResponse, ImagesUsage, OutputFormat, ToldQuality } from "./ImagesSchemas.ts"

/** A generation, and how its pictures are to be told. */
export interface ImagesAnswer {
  readonly generation: Generation
  readonly request: Pick<GenerationRequest, "originalPrompt" | "outputFormat">
  readonly origins: Origins
  readonly quality: ToldQuality
  /** What `response_format` said; absent for both. */
  readonly format: "url" | "b64_json" | undefined
}

export const nowSeconds = Effect.map(Clock.currentTimeMillis, (millis) => Math.floor(millis / 1000))

export const outputFormat = (image: GeneratedImage): OutputFormat => {
  switch (image.mediaType) {
    case "image/jpeg":
      return "jpeg"
    case "image/png":
      return "png"
    case "image/webp":
      return "webp"
  }
}

const pixelTokens = ({ height, width }: ImageSize): number => Math.ceil((width * height) / (32 * 32))

export const usageOf = (
  images: ReadonlyArray<GeneratedImage>,
  prompt: string,
  inputs: ReadonlyArray<ImageSize>
): ImagesUsage => {
  const sum = (sizes: ReadonlyArray<ImageSize>) => sizes.reduce((total, size) => total + pixelTokens(size), 0)
  const text_tokens = estimateTokens(prompt)
  const image_tokens = sum(inputs)
  const output_tokens = sum(images.map(({ size }) => size))
  const input_tokens = text_tokens + image_tokens
  return {
    input_tokens,
    output_tokens,
    total_tokens: input_tokens + output_tokens,
    input_tokens_details: { text_tokens, image_tokens },
    ...tellCost(sumCosts(images))
  }
}

type Told = Exclude<GenerationEvent, { readonly _tag: "Drawing" }>
type Ready = Extract<Told, { readonly _tag: "PromptReady" }>
type Done = Extract<Told, { readonly _tag: "ImageReady" }>
type Failed = Extract<Told, { readonly _tag: "ImageFailed" }>

/** All pictures in one JSON answer, those that failed named beside those that did not. */
export const completeImages = Effect.fnUntraced(function* (answer: ImagesAnswer) {
  const response = yield* imagesResponse(answer, yield* Stream.runCollect(answer.generation.events))
  return jsonResponse(response, { headers: generationHeaders(response.usage, answer.generation.jobId) })
})

/** The body of an answer, from all that has happened. */
export const imagesResponse = Effect.fnUntraced(function* (
  answer: Omit<ImagesAnswer, "generation"> & { readonly generation: Omit<Generation, "events" | "keys"> },
  events: ReadonlyArray<GenerationEvent>
) {
  const ready = events.find((event): event is Ready => event._tag === "PromptReady")
  const done = events.filter((event): event is Done => event._tag === "ImageReady")
  const failed = events.filter((event): event is Failed => event._tag === "ImageFailed")
  const images = done.map(({ image }) => image)
  const [first] = images
  const { plan } = answer.generation
  const wanted = answer.request.outputFormat
  const warnings = [
    ...plan.notices.map((notice) => noticeText(notice, en)),
    ...new Set(images.flatMap(({ notices = [] }) => notices.map((notice) => noticeText(notice, en)))),
    ...(ready?.source._tag === "Failed"
      ? [`The original prompt was drawn: ${en.optimizationFailed[ready.source.reason]}.`]
      : []),
    ...(wanted && images.some(({ mediaType }) => mediaType !== wanted)
      ? [`A picture could not be converted to ${wanted}, so it is as the model drew it.`]
      : []),
    ...(images.some(({ storageFailed }) => storageFailed) ? [en.storageFailed] : []),
    ...(images.some(({ preview }) => preview) ? [en.preview] : [])
  ]
  const usage = usageOf(images, answer.request.originalPrompt, answer.generation.inputs)
  const response: ImagesResponse = {
    created: yield* nowSeconds,
    data: images.map((image) => ({
      ...locate(image, answer),
      ...(ready?.source._tag === "Optimized" && { revised_prompt: ready.prompt }),
      ...(image.seed !== undefined && { seed: image.seed })
    })),
    model: first?.model ?? plan.model.id,
    size: formatSize(first?.size ?? plan.size),
    quality: answer.quality,
    background: first ? backgroundOf(first) : "opaque",
    output_format: first ? outputFormat(first) : "jpeg",
    usage,
    ...(failed.length > 0 && { errors: failed.map(describeFailure) }),
    ...(warnings.length > 0 && { warnings })
  }
  return response
})

/** The link, the bytes or both, as asked. Bytes that could not be stored are always there. */
const locate = (image: GeneratedImage, { format, origins }: Pick<ImagesAnswer, "format" | "origins">) => ({
  ...(image.key && { url: imageUrl(origins, image.key) }),
  ...(image.file && (format !== "url" || !image.key) && { b64_json: image.file.base64 })
})

const describeFailure = ({ error, index }: Failed) => {
  const { code, message } = errorAnswer(error).body.error
  return { index, code, message }
}
