/** What something costs. */
export interface Cost {
  readonly neurons: number
  /** The whole price in millionths of a US dollar; absent where that is the price of the neurons. */
  readonly microdollars?: number
}

/** Pictures, and what they cost. */
export interface Usage extends Cost {
  readonly pictures: number
  readonly neurons: number
  /** Millionths of a US dollar at list price; what an account has free is not taken off. */
  readonly microdollars: number
}

/** Something that is being drawn, with the most that it can cost. */
export interface Reservation {
  /** The day it counts for, as {@link dayOf} writes it. */
  readonly day: string
  readonly reserved: Usage
}

/** What a key may use; what is absent is not limited. */
export interface UsageLimits {
  /** Neurons a day. */
  readonly neurons?: number
  /** Micro-dollars a day. */
  readonly microdollars?: number
  /** Generations at a time. */
  readonly concurrency?: number
}

/** What of the limits of a day is left, never below zero; what is absent is not limited. */
export type UsageLeft = Pick<UsageLimits, "neurons" | "microdollars">

/** Why something may not be drawn now. */
export type Refusal = { readonly _tag: "TooMany" } | { readonly _tag: "OverBudget"; readonly left: UsageLeft }

/** Neurons are told in hundredths; sums of them are kept from drifting. */
export const roundNeurons = (neurons: number): number => Math.round(neurons * 100) / 100

/** 1,000 neurons cost $0.011: https://developers.cloudflare.com/workers-ai/platform/pricing/ */
export const microdollarsPerNeuron = 11

/** The whole price, in millionths of a US dollar. */
export const microdollarsOf = ({ microdollars, neurons }: Cost): number =>
  roundNeurons(microdollars ?? neurons * microdollarsPerNeuron)

/** Dollars as they are told: to the millionth. */
export const toDollars = (microdollars: number): number => Math.round(microdollars) / 1_000_000

/** The whole price in US dollars. */
export const dollarsOf = (cost: Cost): number => toDollars(microdollarsOf(cost))

/** What they cost together. */
export const sumCosts = (costs: ReadonlyArray<Cost>): Cost => ({
  neurons: roundNeurons(costs.reduce((sum, { neurons }) => sum + neurons, 0)),
  ...(costs.some(({ microdollars }) => microdollars !== undefined) && {
    microdollars: roundNeurons(costs.reduce((sum, cost) => sum + microdollarsOf(cost), 0))
  })
})

/** The most of each that any of them costs, of which one will be paid. */
export const dearestOf = (costs: ReadonlyArray<Cost>): Cost => ({
  neurons: Math.max(...costs.map(({ neurons }) => neurons)),
  ...(costs.some(({ microdollars }) => microdollars !== undefined) && {
    microdollars: Math.max(...costs.map(microdollarsOf))
  })
})

export const noCost: Cost = { neurons: 0 }

export const noUsage: Usage = { pictures: 0, neurons: 0, microdollars: 0 }

export const addUsage = (a: Usage, b: Usage): Usage => ({
  pictures: a.pictures + b.pictures,
  neurons: roundNeurons(a.neurons + b.neurons),
  microdollars: roundNeurons(a.microdollars + b.microdollars)
})

export const subtractUsage = (a: Usage, b: Usage): Usage => ({
  pictures: a.pictures - b.pictures,
  neurons: roundNeurons(a.neurons - b.neurons),
  microdollars: roundNeurons(a.microdollars - b.microdollars)
})

/** What counts for a day: what was settled for it, and what is reserved for it until that is settled. */
export const usageOf = (day: string, settled: Usage, reservations: Iterable<Reservation>): Usage => {
  let used = settled
  for (const reservation of reservations) if (reservation.day === day) used = addUsage(used, reservation.reserved)
  return used
}

const limitedByDay = ["neurons", "microdollars"] as const

/**
 * What is counted against limits. Where only neurons are limited, dollars count as the neurons that they buy: no model gets
 * around a budget.
 */
export const countedFor = (limits: UsageLeft, usage: Usage): Usage =>
  limits.microdollars === undefined
    ? { ...usage, neurons: roundNeurons(usage.microdollars / microdollarsPerNeuron) }
    : usage

/** What of limits is left where so much is used. */
export const leftOf = (limits: UsageLimits, used: Usage): UsageLeft => {
  const counted = countedFor(limits, used)
  const left: { -readonly [name in keyof UsageLeft]: UsageLeft[name] } = {}
  for (const name of limitedByDay) {
    const limit = limits[name]
    if (limit !== undefined) left[name] = Math.max(0, roundNeurons(limit - counted[name]))
  }
  return left
}

/** The limit of which not enough is left for something. */
export const exceededOf = (needed: Usage, left: UsageLeft): keyof UsageLeft | undefined => {
  const counted = countedFor(left, needed)
  return limitedByDay.find((name) => roundNeurons(counted[name]) > (left[name] ?? Number.POSITIVE_INFINITY))
}

/**
 * Whether something that may cost `needed` may be drawn: `settled` is what was counted for the day `today`, `reservations`
 * all that is being drawn. What is reserved for another day does not count against this one, but is still being drawn.
 */
export const refusalOf = (
  needed: Usage,
  today: string,
  settled: Usage,
  reservations: ReadonlyArray<Reservation>,
  limits: UsageLimits
): Refusal | undefined => {
  if (limits.concurrency !== undefined && reservations.length >= limits.concurrency) return { _tag: "TooMany" }
  const left = leftOf(limits, usageOf(today, settled, reservations))
  return exceededOf(needed, left) && { _tag: "OverBudget", left }
}

const dayMillis = 24 * 60 * 60 * 1000

/** The day (UTC) of a time in milliseconds since 1970, as `2026-11-22`. */
export const dayOf = (millis: number): string => new Date(millis).toISOString().slice(0, 10)

/** When the day after this time begins (UTC), in milliseconds since 1970. Neurons are renewed then. */
export const nextDay = (millis: number): number => (Math.floor(millis / dayMillis) + 1) * dayMillis

/** The time at which a day began, `days` days after the one that {@link dayOf} wrote as `day`. */
export const startOf = (day: string, days = 0): number => Date.parse(day) + days * dayMillis

/** What a Cloudflare account may use of Workers AI each day (UTC) without paying. */
export const freeNeurons = 10_000
