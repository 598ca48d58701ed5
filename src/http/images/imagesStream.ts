import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type { DrawError } from "../../domain/Errors.ts"
import type { GeneratedImage, GenerationEvent } from "../../domain/GenerationEvent.ts"
import { formatSize } from "../../domain/ImageSize.ts"
import type { ServerSentEvent, SseEncoder } from "../../services/SseEncoder.ts"
import { encodeEvents } from "../encodeEvents.ts"
import { type ErrorBody, errorAnswer } from "../errors.ts"
import { eventStream } from "../eventStream.ts"
import { en } from "../locales/en.ts"
import { noticeText } from "../noticeText.ts"
import { imageUrl } from "../origins.ts"
import { backgroundOf } from "./background.ts"
import type { ImageCompletedEvent } from "./ImagesSchemas.ts"
import { type ImagesAnswer, outputFormat, usageOf } from "./imagesAnswer.ts"

/** What an answer in events remembers: the errors to tell at its end, and the optimized prompt. */
interface Progress {
  readonly errors: ReadonlyArray<DrawError>
  readonly revisedPrompt: string | undefined
}

/** How a dialect tells what the Images API tells in events. */
export interface ImageEvents {
  readonly completed: (event: ImageCompletedEvent) => object
  readonly failed: (body: ErrorBody) => object
}

/** The Images API itself. */
const ownEvents: ImageEvents = { completed: (event) => event, failed: (body) => body }

/**
 * An event for each picture as it is finished. What fails is told at the end, as an error: SDKs throw it, and by then they
 * have given out the pictures that did not fail.
 */
export const streamImages = Effect.fnUntraced(function* (
  answer: ImagesAnswer,
  type: ImageCompletedEvent["type"],
  sse: SseEncoder["Service"],
  tell = ownEvents
) {
  const clock = yield* Clock.Clock
  const completed = (image: GeneratedImage, revisedPrompt: string | undefined): ServerSentEvent => {
    const notices = [...answer.generation.plan.notices, ...(image.notices ?? [])]
    const event: ImageCompletedEvent = {
      type,
      b64_json: image.file?.base64 ?? "",
      ...(image.key && { url: imageUrl(answer.origins, image.key) }),
      created_at: Math.floor(clock.currentTimeMillisUnsafe() / 1000),
      size: formatSize(image.size),
      quality: answer.quality,
      background: backgroundOf(image),
      output_format: outputFormat(image),
      usage: usageOf([image], answer.request.originalPrompt, answer.generation.inputs),
      model: image.model,
      ...(image.seed !== undefined && { seed: image.seed }),
      ...(revisedPrompt !== undefined && { revised_prompt: revisedPrompt }),
      ...(notices.length > 0 && { warnings: notices.map((notice) => noticeText(notice, en)) })
    }
    return { event: type, data: JSON.stringify(tell.completed(event)) }
  }
  const failed = (body: ErrorBody) => ({ data: JSON.stringify(tell.failed(body)) })
  const events = encodeEvents(answer.generation.events, {
    initial: { errors: [], revisedPrompt: undefined },
    event: (progress: Progress, event: GenerationEvent): readonly [Progress, ReadonlyArray<ServerSentEvent>] => {
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
    success: ({ errors }) => errors.slice(0, 1).map((error) => failed(errorAnswer(error).body)),
    failure: ({ body }) => [failed(body)]
  })
  const { generation } = answer
  const { jobId } = generation
  return yield* eventStream({ events, heartbeat: { comment: "keep-alive" }, cost: generation, jobId, sse })
})
