/** The value, held between 0 and 1. */
export const clamp = (value: number): number => Math.min(1, Math.max(0, value))

export const mix = (from: number, to: number, share: number): number => from + (to - from) * share

/** From 0 to 1 without a corner at either end. */
export const ease = (share: number): number => share * share * (3 - 2 * share)

/** Eases from 0 to 1 while the value goes from `low` to `high`. */
export const smoothstep = (low: number, high: number, value: number): number =>
  ease(clamp((value - low) / (high - low)))
