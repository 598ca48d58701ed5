import { blend, type Canvas, type Layer } from "./layer.ts"
import { clamp, mix, smoothstep } from "./math.ts"
import { type Colour, mixColour, type Palette } from "./palettes.ts"
import { between, fractal, type Noise, type Random } from "./random.ts"

/** The sun or the moon, or a star. */
export interface Light {
  readonly x: number
  readonly y: number
  readonly radius: number
  readonly colour: Colour
  /** How much of what is behind it disappears, 0 to 1. */
  readonly strength?: number
}

/** A vertical gradient from the zenith down to the horizon. */
export const air = ({ width }: Canvas, { zenith, middle, low }: Palette, horizon: number): Layer => ({
  paint: (row, y) => {
    const t = clamp(y / horizon)
    const upper = mixColour(zenith, middle, smoothstep(-0.4, 0.6, t))
    const colour = mixColour(upper, low, smoothstep(0.45, 1.1, t))
    for (let x = 0; x < width; x++) blend(row, x, colour, 1)
  }
})

/** A round light; `bite` in radii is how far a second, dark disc is shifted that makes a crescent of it. */
export const disc = (
  { width }: Canvas,
  { x, y, radius, colour, strength = 1, bite = 0 }: Light & { readonly bite?: number }
): Layer => ({
  paint: (row, line) => {
    const dy = line + 0.5 - y
    if (Math.abs(dy) > radius + 1) return
    const last = Math.min(width - 1, x + radius + 1)
    for (let column = Math.max(0, Math.floor(x - radius - 1)); column <= last; column++) {
      const dx = column + 0.5 - x
      const lit = clamp(radius + 0.5 - Math.hypot(dx, dy))
      const dark = bite && clamp(radius + 0.5 - Math.hypot(dx - bite * radius, dy + 0.6 * bite * radius))
      blend(row, column, colour, strength * lit * (1 - dark))
    }
  }
})

/** What the air scatters of a light: a bright ring close to it within a wide halo. */
export const glow = ({ width }: Canvas, { x, y, radius, colour, strength = 1 }: Light): Layer => ({
  paint: (row, line) => {
    const dy = (line + 0.5 - y) / radius
    for (let column = 0; column < width; column++) {
      const dx = (column + 0.5 - x) / radius
      const squared = dx * dx + dy * dy
      const ring = 1 / (1 + squared / 5)
      const halo = 1 / (1 + squared / 50)
      blend(row, column, colour, strength * (0.5 * ring * ring + 0.4 * halo * halo))
    }
  }
})

/** Stars of all sizes, more of them the higher one looks. */
export const stars = (canvas: Canvas, random: Random, horizon: number): ReadonlyArray<Layer> =>
  Array.from({ length: 220 }, () => {
    const size = random() ** 2
    return disc(canvas, {
      x: canvas.width * random(),
      y: 1.2 * horizon * random() * random(),
      radius: canvas.unit * (0.0006 + 0.0012 * size),
      colour: [255, 250, 240],
      strength: 0.3 + 0.7 * size
    })
  })

/** Long soft banks; `cover` (0 to 1) says how much of the sky they take. */
export const clouds = (
  { width, unit }: Canvas,
  noise: Noise,
  { horizon, colour, cover }: { readonly horizon: number; readonly colour: Colour; readonly cover: number }
): Layer => ({
  paint: (row, y) => {
    const share = 0.75 * smoothstep(0, 0.5, y / horizon) * smoothstep(1.1, 0.75, y / horizon)
    if (share === 0) return
    const line = (9 * y) / unit
    const bank = (x: number) =>
      smoothstep(1 - cover, 1.4 - cover, fractal(noise, 4, (2.2 * x) / unit + 0.3 * line, line))
    // Clouds are far wider than a pixel: between two looks at the noise a straight line will do.
    const stride = Math.ceil(unit / 256)
    for (let x = 0, left = bank(0); x < width; x += stride) {
      const right = bank(x + stride)
      for (let i = 0; i < stride && left + right > 0 && x + i < width; i++) {
        blend(row, x + i, colour, share * mix(left, right, i / stride))
      }
      left = right
    }
  }
})

/** A few birds far away, two bent wings each; sometimes none. */
export const birds = ({ width, unit }: Canvas, random: Random, horizon: number, colour: Colour): Layer => {
  const middle = between(random, 0.2, 0.75) * width
  const level = between(random, 0.25, 0.5) * horizon
  const flock = Array.from({ length: Math.floor(between(random, 0, 9)) }, () => ({
    x: middle + unit * between(random, -0.12, 0.12),
    y: level + unit * between(random, -0.06, 0.06),
    span: unit * between(random, 0.008, 0.016)
  }))
  return {
    paint: (row, line) => {
      for (const { x, y, span } of flock) {
        if (Math.abs(line - y) > span) continue
        const last = Math.min(width - 1, x + span)
        for (let column = Math.max(0, Math.ceil(x - span)); column < last; column++) {
          const out = Math.abs(column + 0.5 - x) / span
          const wing = y + span * (0.15 - 0.42 * Math.sin(Math.PI * (0.12 + 0.75 * out)))
          const halfThickness = 0.35 + 0.09 * span * (1 - out)
          blend(row, column, colour, 0.8 * clamp(halfThickness + 0.5 - Math.abs(line + 0.5 - wing)))
        }
      }
    }
  }
}
