/** Waiting in line, simulated: the same seed gives the same numbers. */

/** https://en.wikipedia.org/wiki/Mulberry32: small, and good enough for a queue. */
export const seededRandom = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** The seconds until the next of those who come independently of each other, so many a second. */
const gap = (random: () => number, aSecond: number): number => -Math.log(1 - random()) / aSecond

const share = (values: ReadonlyArray<number>, part: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? 0

export interface Waits {
  /** In seconds, before the work begins. */
  readonly mean: number
  readonly p99: number
}

/**
 * One object that does one thing after the other, each in `service` seconds, asked `aSecond` times a second at random (M/D/1).
 */
export const lineBefore = (aSecond: number, service: number, random: () => number, count = 200_000): Waits => {
  const waits: Array<number> = []
  let wait = 0
  for (let index = 0; index < count; index += 1) {
    waits.push(wait)
    wait = Math.max(0, wait + service - gap(random, aSecond))
  }
  return { mean: waits.reduce((sum, each) => sum + each, 0) / count, p99: share(waits, 0.99) }
}

export interface Served {
  /** Of all pictures that were asked for. */
  readonly atOnce: number
  readonly afterWaiting: number
  readonly refused: number
}

/**
 * An account that takes `limit` calls in each minute, and refuses what is beyond until the minute is over. Whoever is refused
 * comes again after `retryAfter` seconds, twice at most, as the SDKs of OpenAI do.
 */
export const withinTheMinute = (
  { aMinute, limit, minutes, retryAfter }: Record<"aMinute" | "limit" | "minutes" | "retryAfter", number>,
  random: () => number
): Served => {
  const first: Array<number> = []
  for (let at = gap(random, aMinute / 60); at < minutes * 60; at += gap(random, aMinute / 60)) first.push(at)
  const taken = new Map<number, number>()
  const take = (at: number): boolean => {
    const minute = Math.floor(at / 60)
    const before = taken.get(minute) ?? 0
    if (before < limit) taken.set(minute, before + 1)
    return before < limit
  }
  // Who waits comes in the order of the times, among those who come for the first time.
  const tries = [first, [] as Array<number>, [] as Array<number>]
  const heads = [0, 0, 0]
  const done = [0, 0, 0]
  for (;;) {
    const next = [0, 1, 2].reduce((a, b) =>
      (tries[b]?.[heads[b] ?? 0] ?? Infinity) < (tries[a]?.[heads[a] ?? 0] ?? Infinity) ? b : a
    )
    const at = tries[next]?.[heads[next] ?? 0]
    if (at === undefined) break
    heads[next] = (heads[next] ?? 0) + 1
    if (take(at)) done[next] = (done[next] ?? 0) + 1
    else tries[next + 1]?.push(at + retryAfter)
  }
  const [atOnce = 0, once = 0, twice = 0] = done.map((each) => each / first.length)
  return { atOnce, afterWaiting: once + twice, refused: Math.max(0, 1 - atOnce - once - twice) }
}
