import * as Layer from "effect/Layer"
import { type IdentifierSource, Identifiers } from "../../../src/services/Identifiers.ts"

/** Counts from 1: `0000000000000000000001` and so on; the seeds 1, 2, 3 have a counter of their own. */
export const make = (): IdentifierSource => {
  let identifiers = 0
  let seeds = 0
  return {
    next: () => String(++identifiers).padStart(22, "0"),
    seed: () => ++seeds
  }
}

/** A counter that starts anew with each build of the layer. */
export const layer: Layer.Layer<never> = Layer.sync(Identifiers, make)
