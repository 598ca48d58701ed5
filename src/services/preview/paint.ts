import { encodePng } from "../png/encodePng.ts"
import { label } from "./label.ts"
import { paintAll } from "./layer.ts"
import { compose } from "./scene.ts"

/**
 * Draws a landscape in place of what a model would draw, with the word "preview" on it, as a PNG of exactly `width` by
 * `height` pixels (64 to 2048 each). The same prompt and seed give the same landscape at any size, and the same pixels
 * at the same size.
 */
export const paintPreview = (options: {
  readonly prompt: string
  readonly seed: number
  readonly width: number
  readonly height: number
}): Promise<Uint8Array<ArrayBuffer>> => {
  const { prompt, seed, width, height } = options
  const layers = [...compose(`${seed} ${prompt}`, width, height), label("preview", width, height)]
  const row = new Float32Array(3 * width)
  return encodePng(width, height, (line, y) => {
    paintAll(layers, row, y)
    for (let i = 0, x = 0; i < line.length; x++) {
      const threshold = dither(x, y)
      for (const end = i + 3; i < end; i++) line[i] = (row[i] ?? 0) + threshold
    }
  })
}

// A 4x4 Bayer matrix. Rounding up or down in its order hides the steps of a gradient.
const order = [0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5]

/** From -0.5 to 0.5, for the assignment to a clamped byte rounds to the nearest. */
const dither = (x: number, y: number): number => ((order[(x & 3) + 4 * (y & 3)] ?? 0) + 0.5) / 16 - 0.5
