import * as Schema from "effect/Schema"

/** Wishes that some models can meet, and others can't. */
export const DrawWishes = Schema.Struct({
  /** What is not to be seen. */
  negativePrompt: Schema.optionalKey(Schema.String),
  /** How closely the prompt is followed, as the model counts it. */
  guidance: Schema.optionalKey(Schema.Finite),
  /** How far the result may go from the picture that is changed: 0 to 1. */
  strength: Schema.optionalKey(Schema.Finite)
})
export type DrawWishes = typeof DrawWishes.Type

/** What of them a model takes, as the catalogue says it. */
interface Taker {
  readonly negativePrompt?: true
  readonly guidance?: readonly [minimum: number, maximum: number]
  readonly strength?: number
}

/** The bounds of what a request may say, whatever its model takes. */
export const maximumGuidance = 100

/** What of these wishes a model is told, with its own `strength` where it changes a picture and nothing else is asked for. */
export const takenWishes = (
  { guidance, negativePrompt, strength }: DrawWishes,
  model: Taker,
  edits: boolean
): DrawWishes => {
  const told = edits && model.strength !== undefined ? (strength ?? model.strength) : undefined
  const [minimum, maximum] = model.guidance ?? [0, -1]
  return {
    ...(negativePrompt !== undefined && model.negativePrompt && { negativePrompt }),
    ...(guidance !== undefined && guidance >= minimum && guidance <= maximum && { guidance }),
    ...(told !== undefined && { strength: told })
  }
}

const fieldNames = { negativePrompt: "negative_prompt", guidance: "guidance", strength: "strength" } as const

/** The wishes that a model is not told, by the names of their fields. */
export const ignoredWishes = (wishes: DrawWishes, taken: DrawWishes): ReadonlyArray<string> =>
  // The keys of this object are those of the wishes.
  (Object.keys(fieldNames) as ReadonlyArray<keyof DrawWishes>).flatMap((key) =>
    wishes[key] !== undefined && taken[key] === undefined ? [fieldNames[key]] : []
  )
