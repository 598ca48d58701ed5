import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import type * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as Stream from "effect/Stream"
import type { DrawError } from "../../domain/Errors.ts"
import type { GeneratedImage } from "../../domain/GenerationEvent.ts"
import { formatSize } from "../../domain/ImageSize.ts"
import type { ServerSentEvent, SseEncoder } from "../../services/SseEncoder.ts"
import { errorAnswer, internalError, reportError } from "../errors.ts"
import { eventStream } from "../eventStream.ts"
import { imageUrl } from "../origins.ts"
import type { ImageCompletedEvent } from "./ImagesSchemas.ts"
import { type ImagesAnswer, nowSeconds, outputFormat, usageOf } from "./imagesAnswer.ts"

/** What an answer in events remembers: the errors to tell at its end, and the optimized prompt. */
interface Progress {
  readonly errors: ReadonlyArray<DrawError>
  readonly revisedPrompt: string | undefined
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
  const completed = Effect.fnUntraced(function* (image: GeneratedImage, revisedPrompt: string | undefined) {
    const event: ImageCompletedEvent = {
      type,
      b64_json: image.file.base64,
      ...(image.key && { url: imageUrl(answer.origins, image.key) }),
      created_at: yield* nowSeconds,
      size: formatSize(image.file.size),
      quality: answer.quality,
      background: "opaque",
      output_format: outputFormat(image),
      usage: usageOf([image], answer.request.originalPrompt, answer.generation.inputs),
      model: image.model,
      ...(image.seed !== undefined && { seed: image.seed }),
      ...(revisedPrompt !== undefined && { revised_prompt: revisedPrompt })
    }
    return { event: type, data: JSON.stringify(event) }
  })
  const failure = (error: DrawError) => Effect.as(reportError(error), { data: JSON.stringify(errorAnswer(error).body) })
  const events = answer.generation.events.pipe(
    Stream.mapAccum(
      (): Progress => ({ errors: [], revisedPrompt: undefined }),
      (progress, event): readonly [Progress, ReadonlyArray<Effect.Effect<ServerSentEvent>>] => {
        switch (event._tag) {
          case "PromptReady":
            return [event.source._tag === "Optimized" ? { ...progress, revisedPrompt: event.prompt } : progress, []]
          case "Drawing":
            return [progress, []]
          case "ImageReady":
            return [progress, [completed(event.image, progress.revisedPrompt)]]
          case "ImageFailed":
            return [{ ...progress, errors: [...progress.errors, event.error] }, []]
        }
      },
      { onHalt: ({ errors }) => errors.slice(0, 1).map(failure) }
    ),
    Stream.mapEffect((event) => event),
    Stream.catch((error) => Stream.fromEffect(failure(error))),
    // A defect. If the stream just broke off, clients would ask again, and a picture may have been paid for.
    Stream.catchCause((cause) =>
      Cause.hasInterruptsOnly(cause)
        ? Stream.failCause(cause)
        : Stream.fromEffect(
            Effect.as(Effect.logError("Unexpected failure", cause), { data: JSON.stringify(internalError.body) })
          )
    )
  )
  return eventStream({ events, heartbeat: { comment: "keep-alive" }, neurons: answer.generation.neurons, sse })
}
