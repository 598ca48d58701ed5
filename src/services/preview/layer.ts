import { mix } from "./math.ts"
import type { Colour } from "./palettes.ts"

/** Sizes in pixels; `unit` is the side of the square that is as large as the picture. */
export interface Canvas {
  readonly width: number
  readonly height: number
  readonly unit: number
}

/** One coat of paint. A picture is a list of layers, the farthest first. */
export interface Layer {
  /**
   * Blends the layer over `row`, the red, green and blue of every pixel of line `y`. `y` may be fractional and outside
   * the picture, which is how water mirrors the sky.
   */
  readonly paint: (row: Float32Array, y: number) => void
  /** From this line on down nothing of the layers behind is seen. */
  readonly opaqueFrom?: number
}

/** Paints one line of a picture, leaving out what a nearer layer hides. */
export const paintAll = (layers: ReadonlyArray<Layer>, row: Float32Array, y: number): void => {
  const first = layers.findLastIndex(({ opaqueFrom = Number.POSITIVE_INFINITY }) => y >= opaqueFrom)
  for (let i = Math.max(0, first); i < layers.length; i++) layers[i]?.paint(row, y)
}

/** Lets `colour` take the place of a `share` (0 to 1) of the pixel at column `x`. */
export const blend = (row: Float32Array, x: number, colour: Colour, share: number): void => {
  const i = 3 * x
  row[i] = mix(row[i] ?? 0, colour[0], share)
  row[i + 1] = mix(row[i + 1] ?? 0, colour[1], share)
  row[i + 2] = mix(row[i + 2] ?? 0, colour[2], share)
}
