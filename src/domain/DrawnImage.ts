import type { ImageFile } from "./ImageFile.ts"
import type { Cost } from "./Usage.ts"

/** A picture as its model drew it. It cost what Workers AI told, calls for it that drew nothing included; else the estimate. */
export interface DrawnImage extends Cost {
  readonly file: ImageFile
}
