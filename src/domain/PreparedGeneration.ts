import type { GenerationPlan } from "./GenerationPlan.ts"
import type { GenerationRequest } from "./GenerationRequest.ts"
import type { ImageFile } from "./ImageFile.ts"

/** A request that is known to be in order, and what it will cost: nothing has been paid for yet. */
export interface PreparedGeneration {
  readonly request: GenerationRequest
  readonly plan: GenerationPlan
  /** The pictures to start from, as they came. */
  readonly inputs: ReadonlyArray<ImageFile>
  /** Whether the prompt will be improved first. */
  readonly optimizes: boolean
  /** Estimated cost of each picture, in neurons. */
  readonly neuronsEach: number
  /** Estimated cost of the whole request, in neurons. */
  readonly neurons: number
}
