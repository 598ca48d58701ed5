import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as Stream from "effect/Stream"
import type { DrawError } from "../../domain/Errors.ts"
import type { GeneratedImage, GenerationEvent } from "../../domain/GenerationEvent.ts"
import type { GenerationRequest } from "../../domain/GenerationRequest.ts"
import { formatSize, type ImageSize } from "../../domain/ImageSize.ts"
import { en } from "../../domain/locales/en.ts"
import type { Generation } from "../../services/ImageGenerator.ts"
import type { SseEncoder } from "../../services/SseEncoder.ts"
import { errorAnswer, reportError } from "../errors.ts"
import { estimateTokens } from "../estimateTokens.ts"
import { eventStream } from "../eventStream.ts"
import { noticeText } from "../noticeText.ts"
import { imageUrl, type Origins } from "../origins.ts"
import type { ImageCompletedEvent, ImagesResponse, ImagesUsage, OutputFormat } from "./ImagesApi.ts"

/** A generation, and how its pictures are to be told. */
export interface ImagesAnswer {
  readonly generation: Generation
  readonly request: GenerationRequest
  readonly origins: Origins
  /** What `quality` said, or `auto`. */
  readonly quality: string
  /** What `response_format` said; absent for both. */
  readonly format: "url" | "b64_json" | undefined
}

const nowSeconds = Effect.map(Clock.currentTimeMillis, (millis) => Math.floor(millis / 1000))

const outputFormat = (image: GeneratedImage): OutputFormat => {
  switch (image.file.mediaType) {
    case "image/jpeg":
      return "jpeg"
    case "image/png":
      return "png"
    case "image/webp":
      return "webp"
  }
}

const pixelTokens = ({ height, width }: ImageSize): number => Math.ceil((width * height) / (32 * 32))

const usageOf = (
  images: ReadonlyArray<GeneratedImage>,
  prompt: string,
  inputs: ReadonlyArray<ImageSize>
): ImagesUsage => {
  const sum = (sizes: ReadonlyArray<ImageSize>) => sizes.reduce((total, size) => total + pixelTokens(size), 0)
  const text_tokens = estimateTokens(prompt)
  const image_tokens = sum(inputs)
  const output_tokens = sum(images.map((image) => image.file.size))
  const input_tokens = text_tokens + image_tokens
  return {
    input_tokens,
    output_tokens,
    total_tokens: input_tokens + output_tokens,
    input_tokens_details: { text_tokens, image_tokens },
    neurons: Math.round(images.reduce((total, { neurons }) => total + neurons, 0) * 100) / 100
  }
}

type Told = Exclude<GenerationEvent, { readonly _tag: "Drawing" }>
type Ready = Extract<Told, { readonly _tag: "PromptReady" }>
type Done = Extract<Told, { readonly _tag: "ImageReady" }>
type Failed = Extract<Told, { readonly _tag: "ImageFailed" }>

/** All pictures in one JSON answer, those that failed named beside those that did not. */
export const completeImages = Effect.fnUntraced(function* (answer: ImagesAnswer) {
  const events = yield* Stream.runCollect(answer.generation.events)
  const ready = events.find((event): event is Ready => event._tag === "PromptReady")
  const done = events.filter((event): event is Done => event._tag === "ImageReady")
  const failed = events.filter((event): event is Failed => event._tag === "ImageFailed")
  const images = done.map(({ image }) => image)
  const [first] = images
  const { plan } = answer.generation
  const warnings = [
    ...plan.notices.map((notice) => noticeText(notice, en)),
    ...(ready?.source._tag === "Failed"
      ? [`The original prompt was drawn: ${en.optimizationFailed[ready.source.reason]}.`]
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
    model: plan.model.id,
    size: formatSize(first?.file.size ?? plan.size),
    quality: answer.quality,
    background: "opaque",
    output_format: first ? outputFormat(first) : "jpeg",
    usage,
    ...(failed.length > 0 && { errors: failed.map(describeFailure) }),
    ...(warnings.length > 0 && { warnings })
  }
  return HttpServerResponse.jsonUnsafe(response, { headers: { "x-flux-neurons": String(usage.neurons) } })
})

/** The link, the bytes or both, as asked. Bytes that could not be stored are always there. */
const locate = (image: GeneratedImage, { format, origins }: Pick<ImagesAnswer, "format" | "origins">) => ({
  ...(image.key && { url: imageUrl(origins, image.key) }),
  ...((format !== "url" || !image.key) && { b64_json: image.file.base64 })
})

const describeFailure = ({ error, index }: Failed) => {
  const { code, message } = errorAnswer(error).body.error
  return { index, code, message }
}

/**
 * An event for each picture as it is finished. What fails is told at the end, as an error: SDKs throw it, and by then they
 * have given out the pictures that did not fail.
 */
export const streamImages = (
  answer: ImagesAnswer,
  type: ImageCompletedEvent["type"],
  sse: SseEncoder["Service"]
): Effect.Effect<HttpServerResponse.HttpServerResponse> => {
  const completed = Effect.fnUntraced(function* (image: GeneratedImage) {
    const event: ImageCompletedEvent = {
      type,
      b64_json: image.file.base64,
      ...(image.key && { url: imageUrl(answer.origins, image.key) }),
      created_at: yield* nowSeconds,
      size: formatSize(image.file.size),
      quality: answer.quality,
      background: "opaque",
      output_format: outputFormat(image),
      usage: usageOf([image], answer.request.originalPrompt, answer.generation.inputs)
    }
    return { event: type, data: JSON.stringify(event) }
  })
  const failure = (error: DrawError) => Effect.as(reportError(error), { data: JSON.stringify(errorAnswer(error).body) })
  const events = answer.generation.events.pipe(
    Stream.mapAccum(
      (): ReadonlyArray<DrawError> => [],
      (errors, event): readonly [ReadonlyArray<DrawError>, ReadonlyArray<GeneratedImage | DrawError>] => {
        if (event._tag === "ImageFailed") return [[...errors, event.error], []]
        return [errors, event._tag === "ImageReady" ? [event.image] : []]
      },
      { onHalt: (errors) => errors.slice(0, 1) }
    ),
    Stream.mapEffect((told) => ("_tag" in told ? failure(told) : completed(told))),
    Stream.catch((error) => Stream.fromEffect(failure(error)))
  )
  return eventStream({ events, heartbeat: { comment: "keep-alive" }, neurons: answer.generation.neurons, sse })
}
