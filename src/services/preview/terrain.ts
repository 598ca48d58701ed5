import { mix } from "./math.ts"
import { fractal, type Noise } from "./random.ts"

/** The shape of a skyline, about 0 to 1, at `x` in wavelengths; each `line` is another one. */
export type Relief = (noise: Noise, x: number, line: number) => number

const rolling: Relief = (noise, x, line) => fractal(noise, 3, x, line)

const dunes: Relief = (noise, x, line) => 1 - Math.abs(2 * noise(x, line) - 1) ** 0.8 + 0.1 * noise(5 * x, line)

const rugged: Relief = (noise, x, line) => {
  let sum = 0
  for (let octave = 0, weight = 0.5, scale = 1; octave < 7; octave++, weight *= 0.47, scale *= 2.1) {
    sum += weight * (1 - Math.abs(2 * noise(x * scale, line + 13 * octave) - 1))
  }
  return sum
}

/** The tops of fir trees that stand in a row, one for each unit of `x`; the tallest are 1 high. */
export const firs: Relief = (noise, x, line) => {
  const tiers = 6
  let tallest = 0
  for (let stem = Math.floor(x) - 1; stem <= Math.floor(x) + 1; stem++) {
    const place = stem + 0.8 * noise(stem, line)
    const size = 0.35 + 0.65 * noise(stem, line + 4)
    const down = (tiers * Math.abs(x - place)) / (0.62 * size)
    // Branches slope gently within a tier and end in a step.
    tallest = Math.max(tallest, size * (1 - (Math.floor(down) + 0.45 * (down % 1)) / tiers))
  }
  return tallest
}

/** A chain of hills or mountains. Lengths are shares of the picture's height, or of its `unit` across. */
export interface Range {
  readonly relief: Relief
  /** Where its foot is, from the top. */
  readonly foot: number
  readonly rise: number
  readonly wavelength: number
  /** How tall the trees on it are. */
  readonly trees?: number
}

/** `count` ranges from the farthest (0) to the nearest (1), their feet lower and lower. */
const ranges = (
  count: number,
  [from, to]: readonly [number, number],
  range: (near: number) => Omit<Range, "foot">
): ReadonlyArray<Range> =>
  Array.from({ length: count }, (_, i) => {
    const near = count === 1 ? 1 : i / (count - 1)
    return { foot: mix(from, to, near ** 1.15), ...range(near) }
  })

const hills = ranges(5, [0.62, 0.98], (near) => ({
  relief: rolling,
  rise: mix(0.16, 0.24, near),
  wavelength: mix(0.35, 0.8, near)
}))

const desert = ranges(5, [0.66, 1.02], (near) => ({
  relief: dunes,
  rise: mix(0.07, 0.26, near),
  wavelength: mix(0.28, 0.75, near)
}))

const mountains = (count: number, from: number, to: number) =>
  ranges(count, [from, to], (near) => ({
    relief: rugged,
    rise: mix(0.36, 0.24, near),
    wavelength: mix(0.5, 0.42, near)
  }))

const woods = (count: number, from: number) =>
  ranges(count, [from, 1.02], (near) => ({
    relief: rolling,
    rise: mix(0.1, 0.2, near),
    wavelength: mix(0.4, 0.9, near),
    trees: mix(0.02, 0.1, near)
  }))

const islands = ranges(1, [0.72, 0.72], () => ({ relief: rugged, rise: 0.14, wavelength: 0.42 }))

export interface Terrain {
  readonly land: ReadonlyArray<Range>
  /** Where water begins, as a share of the height, and the land on this side of it. */
  readonly shore?: number
  readonly bank?: ReadonlyArray<Range>
}

export const terrains: readonly [Terrain, ...ReadonlyArray<Terrain>] = [
  { land: hills },
  { land: desert },
  { land: [...mountains(3, 0.66, 0.86), ...woods(1, 1.02)] },
  { land: [...mountains(1, 0.62, 0.62), ...woods(4, 0.66)] },
  { land: islands, shore: 0.64 },
  { land: mountains(3, 0.6, 0.7), shore: 0.66, bank: woods(1, 1.02) }
]
