import type { PromptSource } from "./GenerationEvent.ts"
import type { GenerationPlan } from "./GenerationPlan.ts"
import type { GenerationRequest } from "./GenerationRequest.ts"
import type { ImageFile } from "./ImageFile.ts"
import type { ImageKey } from "./ImageKey.ts"
import type { Cost } from "./Usage.ts"

/** What becomes of the prompt before it is drawn. */
export type PromptImprovement =
  | Exclude<PromptSource, { readonly _tag: "Optimized" }>
  /** A model is asked, for at most so many neurons. */
  | { readonly _tag: "Asked"; readonly neurons: number }

/**
 * A request that is known to be in order, and what it will cost, the pictures by the dearest of its models and improving the prompt: nothing has been paid
 * for yet.
 */
export interface PreparedGeneration extends Cost {
  readonly request: GenerationRequest
  readonly plan: GenerationPlan
  /** How others draw it, in this order, where the model can't be had, and what each picture then costs. */
  readonly fallbacks: ReadonlyArray<{ readonly plan: GenerationPlan; readonly costEach: Cost }>
  /** The pictures to start from, as they came. */
  readonly inputs: ReadonlyArray<ImageFile>
  /** What of the one picture is to be drawn anew is transparent in it. */
  readonly mask?: ImageFile
  /** Under which the pictures will be stored, one for each; none where no links are wanted. */
  readonly keys: ReadonlyArray<ImageKey>
  readonly improvement: PromptImprovement
  /** Estimated cost of each picture. */
  readonly costEach: Cost
}
