import type * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { InvalidRequest } from "../domain/Errors.ts"
import type { GenerationRequest } from "../domain/GenerationRequest.ts"
import type { ImageSize } from "../domain/ImageSize.ts"
import { anySeed, maximumImages, maximumSeed, maximumSteps } from "../domain/PromptText.ts"
import { readSizeWishes } from "./wishes/sizeWish.ts"

/** A field that may be left out, or `null`, as many clients send what they don't set. */
export const optional = <S extends Schema.Top>(schema: S) => Schema.optional(Schema.NullOr(schema))

const maximumModelName = 200

const longestWebhook = 2048

/** The fields of a drawing that every dialect has. `seed` and `steps` are no fields of OpenAI's; `seed: -1` is any seed. */
export const drawingFields = {
  model: optional(Schema.String.check(Schema.isMaxLength(maximumModelName))),
  n: optional(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: maximumImages }))),
  size: optional(Schema.String),
  seed: optional(Schema.Int.check(Schema.isBetween({ minimum: anySeed, maximum: maximumSeed }))),
  steps: optional(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: maximumSteps }))),
  /** Where the end of a job is told, which goes with `Prefer: respond-async`. */
  webhook: optional(Schema.String.check(Schema.isMaxLength(longestWebhook)))
}

/** Reads `size`, in pixels, as a ratio or by a name: `undefined` for `auto`, and where nothing is said. */
export const readSize = (text: string | null | undefined): Effect.Effect<ImageSize | undefined, InvalidRequest> =>
  readSizeWishes([{ wish: "size", path: "size", value: text }])

/** The seed that is asked for, where one is: the flag's before the field's. */
export const readSeed = (flag: number | undefined, field: number | null | undefined): number | undefined => {
  const seed = flag ?? field ?? anySeed
  return seed === anySeed ? undefined : seed
}

/** Whether the prompt may be improved: as the flag says, else not where the prompt is said to be left unchanged. */
export const readOptimize = (raw: boolean | undefined, unchanged: boolean): GenerationRequest["optimize"] =>
  raw === false ? "always" : !(raw || unchanged)
