import type * as Stream from "effect/Stream"
import type { DrawError } from "./Errors.ts"
import type { GenerationEvent } from "./GenerationEvent.ts"
import type { GenerationPlan } from "./GenerationPlan.ts"
import type { ImageKey } from "./ImageKey.ts"
import type { ImageSize } from "./ImageSize.ts"
import type { Cost } from "./Usage.ts"

/** A request that is being carried out, and what the whole of it is estimated to cost. */
export interface Generation extends Cost {
  readonly plan: GenerationPlan
  /** The sizes of the pictures it starts from. */
  readonly inputs: ReadonlyArray<ImageSize>
  /**
   * Under which its pictures will be found, one for each; none where no links are wanted. The last one also finds the last
   * picture that succeeds. They are known before anything is drawn.
   */
  readonly keys: ReadonlyArray<ImageKey>
  /** Can be run once. It fails where not one picture could be drawn. */
  readonly events: Stream.Stream<GenerationEvent, DrawError>
  /** Under which it can be asked for and cancelled, where there is a ledger. */
  readonly jobId?: string
}
