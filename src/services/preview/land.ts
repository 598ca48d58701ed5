import { blend, type Canvas, type Layer, paintAll } from "./layer.ts"
import { clamp, mix, smoothstep } from "./math.ts"
import { type Colour, mixColour, type Palette } from "./palettes.ts"
import { fractal, type Noise } from "./random.ts"
import { firs, type Range } from "./terrain.ts"

// Samples of the skyline in each pixel: they smooth its steps, also where it is steep.
const samples = 4

/** Everything below a skyline, which is given in pixels from the top; each line has one colour. */
const silhouette = (width: number, skyline: (x: number) => number, colourAt: (y: number) => Colour): Layer => {
  const tops = Float32Array.from({ length: samples * width }, (_, i) => skyline((i + 0.5) / samples))
  const highest = tops.reduce((a, b) => Math.min(a, b))
  const lowest = tops.reduce((a, b) => Math.max(a, b))
  return {
    opaqueFrom: lowest,
    paint: (row, y) => {
      if (y + 1 <= highest) return
      const colour = colourAt(y)
      for (let x = 0; x < width; x++) {
        let covered = 0
        for (let i = samples * x; i < samples * (x + 1); i++) covered += clamp(y + 1 - (tops[i] ?? 0))
        if (covered > 0) blend(row, x, colour, covered / samples)
      }
    }
  }
}

/**
 * Ranges one behind the other. Distance pales them: `from` and `to` say how close the first and the last one are, 0
 * (far) to 1 (near). Haze gathers in the valleys, down to the line `bottom` (of the height).
 */
export const land = (
  { width, height, unit }: Canvas,
  noise: Noise,
  { far, near, low }: Palette,
  ranges: ReadonlyArray<Range>,
  { from, to, bottom }: { readonly from: number; readonly to: number; readonly bottom: number }
): ReadonlyArray<Layer> =>
  ranges.map(({ relief, foot, rise, wavelength, trees }, i) => {
    const closeness = ranges.length === 1 ? to : mix(from, to, i / (ranges.length - 1))
    const crest = mixColour(far, near, closeness)
    const valley = mixColour(crest, low, mix(0.5, 0.06, closeness))
    const top = foot - rise
    const depth = Math.min(bottom, foot + 0.05) - top
    // Each range looks at another part of the noise.
    const line = 40 * i + 3
    const skyline = (x: number) => {
      const ground = rise * relief(noise, x / unit / wavelength + 17 * i, line)
      const wood = trees === undefined ? 0 : trees * firs(noise, x / unit / (0.34 * trees), line + 20)
      return height * (foot - ground - wood)
    }
    return silhouette(width, skyline, (y) => mixColour(crest, valley, clamp((y / height - top) / depth)))
  })

/** Water from the line `shore` down: a darker, rippled mirror of `above`, with glitter below the light at `x`. */
export const water = (
  { width, height, unit }: Canvas,
  noise: Noise,
  above: ReadonlyArray<Layer>,
  {
    shore,
    deep,
    light,
    x
  }: { readonly shore: number; readonly deep: Colour; readonly light: Colour; readonly x: number }
): Layer => ({
  opaqueFrom: shore,
  paint: (row, y) => {
    if (y < shore) return
    const near = (y - shore) / (height - shore)
    const ripple = (noise((90 * y) / unit / (1 + 3 * near), 7) - 0.5) * mix(0.02, 0.12, near) * unit
    paintAll(above, row, 2 * shore - y + ripple)
    // Waves look smaller and closer together the farther away they are.
    const wavelength = mix(0.017, 0.25, near) * unit
    const line = 80 * Math.sqrt(near)
    const path = mix(0.05, 0.21, near) * unit
    for (let column = 0; column < width; column++) {
      const wave = fractal(noise, 2, column / wavelength, line)
      blend(row, column, deep, mix(0.25, 0.6, near) + 0.25 * (wave - 0.5))
      const glitter = smoothstep(0.5, 0.75, wave) / (1 + ((column - x) / path) ** 4)
      if (glitter > 0.01) blend(row, column, light, 0.85 * glitter)
    }
  }
})
