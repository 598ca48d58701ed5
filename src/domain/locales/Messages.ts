import type { OptimizationFailure } from "../GenerationEvent.ts"

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
  readonly storageFailed: string
  /** `number` counts from 1. */
  readonly imageFailed: (number: number, of: number) => string
  readonly generationFailed: string
}
