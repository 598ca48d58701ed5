import type { ModelLack, RefusalReason } from "../../domain/Errors.ts"
import type { OptimizationFailure } from "../../domain/GenerationEvent.ts"

/** Every sentence of a chat answer. One file for each language; the compiler says what a language lacks. */
export interface Messages {
  /** Labels of the lines, without emoji, colon and value. */
  readonly originalPrompt: string
  readonly promptModel: string
  readonly optimizedPrompt: string
  readonly imageSize: string
  readonly seed: string
  /** The value of `promptModel` where no model changed the prompt. */
  readonly noPromptModel: string
  readonly imageGenerated: string
  readonly hereIsTheResult: string
  /** Alternative text of the picture. */
  readonly imageAlt: string
  readonly preview: string
  readonly optimizationFailed: Readonly<Record<OptimizationFailure, string>>
  readonly sizeAdapted: (wanted: string, drawn: string) => string
  readonly seedIgnored: string
  readonly stepsIgnored: (steps: number, maximum: number | undefined) => string
  /** The model follows no prompt: it only takes away what is behind. */
  readonly promptUnused: string
  /** `fields` are names, with commas between them. */
  readonly wishesIgnored: (fields: string, model: string) => string
  readonly betaDrawn: (model: string, size: string) => string
  readonly maskRedrawn: string
  /** Why another model than the one that was wanted has drawn. */
  readonly modelReplaced: Readonly<Record<ModelLack, (wanted: string, drawn: string) => string>>
  readonly storageFailed: string
  /** `number` counts from 1. */
  readonly imageFailed: (number: number, of: number) => string
  /** A picture that the conversation refers to is not there, and was not needed. */
  readonly earlierImageGone: string
  /** ... and it was to be changed. */
  readonly editedImageGone: string
  readonly generationFailed: string
  /** Why a picture failed; `null` in English, where the errors' own messages say it. */
  readonly errors: ErrorSentences | null
}

/** The failures that people meet in a chat. */
export interface ErrorSentences extends RefusalSentences {
  readonly promptRefused: string
  readonly inputRefused: string
  readonly outputRefused: string
  readonly rateLimited: string
  /** `time` is a date and time in UTC. */
  readonly quotaExceeded: (time: string) => string
  readonly creditsExhausted: (model: string) => string
  readonly misconfigured: (variable: string) => string
  readonly upstreamFailed: string
  readonly upstreamTimeout: string
  readonly interrupted: string
  readonly cancelled: string
  /** Something of this service can't be reached for the moment. */
  readonly notReady: string
}

/** What is refused before anything is drawn. */
interface RefusalSentences extends Readonly<Record<Exclude<RefusalReason, "tooManyImages">, string>> {
  readonly tooManyImages: (maximum: number) => string
  /** For all other reasons; `detail` is in English, with the name of the field. */
  readonly requestRefused: (detail: string) => string
  readonly modelNotFound: (model: string) => string
  readonly imageExpired: string
  readonly imageNotFound: string
  readonly storageFailed: string
  /** `left` and `needed` are dollars or {@link neurons}; `time` is a date and time in UTC. */
  readonly budgetExceeded: (left: string, needed: string, time: string) => string
  readonly neurons: (count: number) => string
  readonly tooLarge: string
  readonly wrongKey: string
}
