import type { DrawWishes } from "./DrawWishes.ts"
import type { ModelChoice } from "./GenerationPlan.ts"
import type { ImageFile } from "./ImageFile.ts"
import type { ImageSize } from "./ImageSize.ts"
import type { Model } from "./Model.ts"
import type { Quality } from "./Quality.ts"

/** One picture to draw, with nothing in it that the model does not take. */
export interface DrawRequest extends DrawWishes {
  readonly model: Model
  readonly chosenBy: ModelChoice
  readonly prompt: string
  readonly size: ImageSize
  readonly steps?: number
  readonly seed?: number
  readonly quality?: Quality
  /** Pictures to start from, already small enough for the model. */
  readonly inputs: ReadonlyArray<ImageFile>
  /** In the form and the size that the model wants, where it needs one. */
  readonly mask?: ImageFile
  /** Which of the pictures of one request this is, from 0. */
  readonly index: number
}
