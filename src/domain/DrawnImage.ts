import type { ImageFile } from "./ImageFile.ts"

/** A picture as its model drew it. */
export interface DrawnImage {
  readonly file: ImageFile
  /** What it cost where Workers AI told that, calls for it that drew nothing included; else the estimate. */
  readonly neurons: number
}
