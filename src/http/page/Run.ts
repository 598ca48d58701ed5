import type { DrawRequest } from "./DrawRequest.ts"
import { newIdentifier } from "./identifier.ts"
import { planFor } from "./plan.ts"
import { promptWishes } from "./promptWishes.ts"
import type { ServiceFailure } from "./ServiceFailure.ts"
import { service } from "./service.ts"

/** A drawing that is being done for a request, for all of its pictures or for those that were missing. */
export interface Run {
  readonly group: string
  readonly startedAt: Date
  /** What was asked for in the first place. */
  readonly asked: DrawRequest
  /** What is sent. */
  readonly request: DrawRequest
  /** The places of the pictures in the request's row. */
  readonly indices: ReadonlyArray<number>
  /** The same name for the same request: what was sent before is joined, and not drawn again. */
  readonly name: string
}

export const newRun = (request: DrawRequest, startedAt: Date): Run => ({
  group: newIdentifier(),
  startedAt,
  asked: request,
  request,
  indices: Array.from({ length: Math.min(planFor(request).n, service.maximumImages) }, (_, index) => index),
  name: newIdentifier()
})

/** Neighbours among numbers: 0, 1, 3 are [0, 1] and [3]. */
const spans = (indices: ReadonlyArray<number>): ReadonlyArray<ReadonlyArray<number>> => {
  const found: Array<Array<number>> = []
  for (const index of indices) {
    const last = found.at(-1)
    if (last?.at(-1) === index - 1) last.push(index)
    else found.push([index])
  }
  return found
}

/**
 * What draws the missing pictures of a run. Pictures of a seeded request have seeds that follow each other, so those that are
 * apart are drawn apart.
 */
export const runsForMissing = (
  run: Run,
  missing: ReadonlyArray<number>,
  failure: ServiceFailure
): ReadonlyArray<Run> => {
  const all = missing.length === run.indices.length
  // Nobody knows whether it was drawn: sent under its name again, it is joined.
  if (failure.code === "network" && all) return [run]
  const wishes = promptWishes(run.asked.prompt)
  const seed = wishes.seed ?? run.asked.seed
  return (seed === undefined ? [missing] : spans(missing)).map((indices) => {
    const own = seed === undefined ? undefined : seed + (indices[0] ?? 0)
    // Flags in the prompt go before fields, and the last flag before those before it.
    const flags = [
      ...(wishes.n === undefined ? [] : [` --n ${indices.length}`]),
      ...(wishes.seed === undefined ? [] : [` --seed ${own}`])
    ]
    const request = {
      ...run.asked,
      prompt: run.asked.prompt + flags.join(""),
      n: indices.length,
      ...(own !== undefined && { seed: own })
    }
    return { ...run, request, indices, name: newIdentifier() }
  })
}
