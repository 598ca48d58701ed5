import { ease, mix } from "./math.ts"

/** The next number of a fixed sequence, from 0 up to but not including 1. */
export type Random = () => number

/** A sequence that depends on `text` alone: FNV-1a makes the seed, mulberry32 the numbers. */
export const makeRandom = (text: string): Random => {
  let state = 0x811c9dc5
  for (let i = 0; i < text.length; i++) state = Math.imul(state ^ text.charCodeAt(i), 0x01000193)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let bits = Math.imul(state ^ (state >>> 15), state | 1)
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61)
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A number of the range. */
export const between = (random: Random, low: number, high: number): number => low + (high - low) * random()

/** An element of the list. */
export const pick = <A>(random: Random, list: readonly [A, ...ReadonlyArray<A>]): A =>
  list[Math.floor(random() * list.length)] ?? list[0]

/** Smooth value noise: 0 to 1, one hill or hollow for each unit of `x` and `y`. */
export type Noise = (x: number, y: number) => number

export const makeNoise = (random: Random): Noise => {
  const lattice = Float32Array.from({ length: 4096 }, random)
  const at = (x: number, y: number): number => lattice[(x + 67 * y) & 4095] ?? 0
  return (x, y) => {
    const column = Math.floor(x)
    const line = Math.floor(y)
    const right = ease(x - column)
    return mix(
      mix(at(column, line), at(column + 1, line), right),
      mix(at(column, line + 1), at(column + 1, line + 1), right),
      ease(y - line)
    )
  }
}

/** Noise with detail: each of the octaves has twice the frequency and half the weight of the one before. */
export const fractal = (noise: Noise, octaves: number, x: number, y: number): number => {
  let sum = 0
  let weight = 1
  let scale = 1
  for (let octave = 0; octave < octaves; octave++) {
    weight /= 2
    sum += weight * noise(x * scale, y * scale + 31 * octave)
    scale *= 2
  }
  return sum / (1 - weight)
}
