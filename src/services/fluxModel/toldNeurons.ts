import * as Context from "effect/Context"
import { roundNeurons } from "../../domain/Usage.ts"

/** The header in which Workers AI tells what a call cost, in neurons. Not every model sends it. */
export const neuronsHeader = "cf-ai-neurons"

/** No call costs so much: what says so is in error. NaN and what has no end are not below it either. */
const beyondAnyCall = 1e9

/** The cost that a header tells (`172.80`); `undefined` for anything but one plain number. */
export const neuronsIn = (header: string | null): number | undefined => {
  const text = header?.trim() ?? ""
  return /^\d{1,9}(?:\.\d{1,9})?$/.test(text) ? roundNeurons(Number(text)) : undefined
}

/** The cost that the body of an answer tells in its `usage`; `undefined` where it is no cost. */
export const neuronsOf = (usage: unknown): number | undefined => {
  const told = typeof usage === "object" && usage !== null && "neurons" in usage ? usage.neurons : undefined
  return typeof told === "number" && told >= 0 && told < beyondAnyCall ? roundNeurons(told) : undefined
}

/** The sum of what was told; `undefined` where nothing was. */
export const addTold = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? (a ?? b) : roundNeurons(a + b)

/** Hears what a drawing that failed has cost all the same, where that was told. Outside of a generation nobody listens. */
export const FailureCost = Context.Reference<(neurons: number) => void>("flux/services/fluxModel/FailureCost", {
  defaultValue: () => () => {}
})
