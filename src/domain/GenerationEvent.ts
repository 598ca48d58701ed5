import type { DrawError } from "./Errors.ts"
import type { GenerationPlan } from "./GenerationPlan.ts"
import type { ImageFile } from "./ImageFile.ts"
import type { ImageKey } from "./ImageKey.ts"

/** Where the drawn prompt came from. */
export type PromptSource =
  | { readonly _tag: "Original" }
  | { readonly _tag: "Optimized"; readonly model: string }
  /** Optimization was wanted and did not work, so the original was drawn. */
  | { readonly _tag: "Failed"; readonly reason: OptimizationFailure }

export type OptimizationFailure = "not_configured" | "timeout" | "refused" | "unavailable" | "unusable_answer"

/** One picture, drawn and checked. */
export interface GeneratedImage {
  readonly file: ImageFile
  /** Absent where it was not to be stored, or could not be. */
  readonly key?: ImageKey
  /** It was to be stored and Workers KV refused: the bytes have to reach the caller now. */
  readonly storageFailed: boolean
  /** The id of the model that drew it. */
  readonly model: string
  readonly seed?: number
  /** Estimated cost. */
  readonly neurons: number
  /** Drawn by the preview backend, not by a model. */
  readonly preview: boolean
}

/** What happens while a request is carried out, in this order; the last three once for each picture, pictures in order. */
export type GenerationEvent =
  | {
      readonly _tag: "PromptReady"
      readonly originalPrompt: string
      readonly prompt: string
      readonly source: PromptSource
      readonly plan: GenerationPlan
      readonly n: number
    }
  | { readonly _tag: "Drawing"; readonly index: number }
  | { readonly _tag: "ImageReady"; readonly index: number; readonly image: GeneratedImage }
  /** This picture failed, others did not. Where all fail, the stream itself fails. */
  | { readonly _tag: "ImageFailed"; readonly index: number; readonly error: DrawError }
