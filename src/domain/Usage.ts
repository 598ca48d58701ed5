/** Pictures, and the neurons that they cost. */
export interface Usage {
  readonly pictures: number
  readonly neurons: number
}

/** Something that is being drawn, with the most that it can cost. */
export interface Reservation extends Usage {
  readonly id: string
  /** The day it counts for, as {@link dayOf} writes it. */
  readonly day: string
  /** When it counts as drawn although nothing was heard of it, in milliseconds since 1970. */
  readonly expiresAt: number
}

/** What a key may use; what is absent is not limited. */
export interface UsageLimits {
  /** Neurons a day. */
  readonly neurons?: number
  /** Generations at a time. */
  readonly concurrency?: number
}

/** Why something may not be drawn now. */
export type Refusal = { readonly _tag: "TooMany" } | { readonly _tag: "OverBudget"; readonly left: number }

/**
 * Whether something that may cost `needed` neurons may be drawn: `used` is what was drawn today, `reservations` all that is
 * being drawn. What is reserved for another day does not count against this one, but is still being drawn.
 */
export const refusalOf = (
  needed: number,
  today: string,
  used: Usage,
  reservations: ReadonlyArray<Reservation>,
  limits: UsageLimits
): Refusal | undefined => {
  if (limits.concurrency !== undefined && reservations.length >= limits.concurrency) return { _tag: "TooMany" }
  if (limits.neurons === undefined) return undefined
  const reserved = reservations.filter(({ day }) => day === today).reduce((sum, { neurons }) => sum + neurons, 0)
  const left = roundNeurons(limits.neurons - used.neurons - reserved)
  return needed > left ? { _tag: "OverBudget", left: Math.max(0, left) } : undefined
}

/** Neurons are told in hundredths; sums of them are kept from drifting. */
export const roundNeurons = (neurons: number): number => Math.round(neurons * 100) / 100

const dayMillis = 24 * 60 * 60 * 1000

/** The day (UTC) of a time in milliseconds since 1970, as `2026-11-22`. */
export const dayOf = (millis: number): string => new Date(millis).toISOString().slice(0, 10)

/** When the day after this time begins (UTC), in milliseconds since 1970. Neurons are renewed then. */
export const nextDay = (millis: number): number => (Math.floor(millis / dayMillis) + 1) * dayMillis
