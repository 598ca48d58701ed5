import type { ImageFile } from "./ImageFile.ts"
import type { MediaType } from "./ImageHeader.ts"
import type { ImageKey } from "./ImageKey.ts"
import type { ImageSize } from "./ImageSize.ts"

/** A picture to start from: one that came with the request, one of ours, or one to fetch. */
export type InputImage =
  | { readonly _tag: "Inline"; readonly file: ImageFile }
  | { readonly _tag: "Stored"; readonly key: ImageKey }
  | { readonly _tag: "Remote"; readonly url: URL }

export type Quality = "low" | "medium" | "high" | "maximum"

/** What a caller wants drawn, whichever dialect it was said in. */
export interface GenerationRequest {
  /** The prompt as it was written, with ratio and flags. */
  readonly originalPrompt: string
  /** The prompt without them. Not empty. */
  readonly prompt: string
  /** A name from the catalogue or an alias; absent for `FLUX_MODEL`. */
  readonly model?: string
  /** Absent for `auto`: 1024x1024, or the ratio of the first input picture. */
  readonly size?: ImageSize
  /** 1 to 10. */
  readonly n: number
  readonly seed?: number
  readonly steps?: number
  readonly quality?: Quality
  /** Whether the prompt may be improved. */
  readonly optimize: boolean
  /** Up to four. */
  readonly inputs: ReadonlyArray<InputImage>
  /** Absent for what the model gives. */
  readonly outputFormat?: MediaType
  /** What to do about a size or a seed that nothing can draw: come as near as possible and say so, or refuse. */
  readonly mismatch: "adapt" | "refuse"
  /** Whether pictures are kept for a link. Nothing is stored where the caller only wants bytes. */
  readonly store: boolean
}
