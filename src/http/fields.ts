import type * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { type DrawWishes, maximumGuidance } from "../domain/DrawWishes.ts"
import type { InvalidRequest } from "../domain/Errors.ts"
import type { GenerationRequest } from "../domain/GenerationRequest.ts"
import type { ImageSize } from "../domain/ImageSize.ts"
import { anySeed, maximumImages, maximumSeed, maximumSteps, type PromptFlags } from "../domain/PromptText.ts"
import { readSizeWishes } from "./wishes/sizeWish.ts"

/** A field that may be left out, or `null`, as many clients send what they don't set. */
export const optional = <S extends Schema.Top>(schema: S) => Schema.optional(Schema.NullOr(schema))

const maximumModelName = 200
const maximumNegativePrompt = 2048

const longestWebhook = 2048

/** The fields of a drawing that every dialect has. `seed` and `steps` are no fields of OpenAI's; `seed: -1` is any seed. */
export const drawingFields = {
  model: optional(Schema.String.check(Schema.isMaxLength(maximumModelName))),
  n: optional(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: maximumImages }))),
  size: optional(Schema.String),
  seed: optional(Schema.Int.check(Schema.isBetween({ minimum: anySeed, maximum: maximumSeed }))),
  steps: optional(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: maximumSteps }))),
  /** Where the end of a job is told, which goes with `Prefer: respond-async`. */
  webhook: optional(Schema.String.check(Schema.isMaxLength(longestWebhook))),
  /** What is not to be seen, for models that take that. */
  negative_prompt: optional(Schema.String.check(Schema.isMaxLength(maximumNegativePrompt))),
  /** How closely the prompt is followed, for models that take that, each with bounds of its own. */
  guidance: optional(Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: maximumGuidance }))),
  /** How far a result may go from the picture that it changes, for models that take that. */
  strength: optional(Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 })))
}

/** No field of a dialect, but what {@link unmetWishes} found in it. */
export const unmetField = { unmet: Schema.optional(Schema.Array(Schema.String)) }

type WishFields = Schema.Struct.Type<
  Pick<typeof drawingFields, "negative_prompt" | "guidance" | "strength"> & typeof unmetField
>

/** What only some models can do, or none. A flag beats a field. */
export const readDrawWishes = (
  flags: PromptFlags,
  body: WishFields
): Pick<GenerationRequest, keyof DrawWishes | "unmet"> => {
  const negativePrompt = flags.negativePrompt ?? body.negative_prompt?.trim()
  const guidance = flags.guidance ?? body.guidance
  const strength = flags.strength ?? body.strength
  return {
    ...(negativePrompt && { negativePrompt }),
    ...(typeof guidance === "number" && { guidance }),
    ...(typeof strength === "number" && { strength }),
    ...(body.unmet && body.unmet.length > 0 && { unmet: body.unmet })
  }
}

/** Reads `size`, in pixels, as a ratio or by a name: `undefined` for `auto`, and where nothing is said. */
export const readSize = (text: string | null | undefined): Effect.Effect<ImageSize | undefined, InvalidRequest> =>
  readSizeWishes([{ wish: "size", path: "size", value: text }])

/** The seed that is asked for, where one is: the flag's before the field's. */
export const readSeed = (flag: number | undefined, field: number | null | undefined): number | undefined => {
  const seed = flag ?? field ?? anySeed
  return seed === anySeed ? undefined : seed
}

/** The model that is asked for, the flag's before the field's; with `!` at its end no other may draw in its place. */
export const readModel = (
  { model, only }: PromptFlags,
  field: string | null | undefined
): Pick<GenerationRequest, "model" | "fallback"> => {
  const named = model ?? field?.trim()
  if (!named) return {}
  const strict = model === undefined ? named.endsWith("!") : only
  return { model: strict ? named.replace(/!$/, "") : named, ...(strict && { fallback: false }) }
}

/** Whether the prompt may be improved: as the flag says, else not where the prompt is said to be left unchanged. */
export const readOptimize = (raw: boolean | undefined, unchanged: boolean): GenerationRequest["optimize"] =>
  raw === false ? "always" : !(raw || unchanged)
