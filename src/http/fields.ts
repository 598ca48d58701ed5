import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { InvalidRequest } from "../domain/Errors.ts"
import { type ImageSize, parseSize } from "../domain/ImageSize.ts"
import { maximumImages, maximumSeed, maximumSteps } from "../domain/PromptText.ts"

/** A field that may be left out, or `null`, as many clients send what they don't set. */
export const optional = <S extends Schema.Top>(schema: S) => Schema.optional(Schema.NullOr(schema))

/** The fields of a drawing that every dialect has. `seed` and `steps` are no fields of OpenAI's. */
export const drawingFields = {
  model: optional(Schema.String),
  n: optional(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: maximumImages }))),
  size: optional(Schema.String),
  seed: optional(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: maximumSeed }))),
  steps: optional(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: maximumSteps })))
}

/** Reads `size`: `undefined` for `auto`, and where nothing is said. */
export const readSize = (text: string | null | undefined): Effect.Effect<ImageSize | undefined, InvalidRequest> => {
  if (!text || text === "auto") return Effect.succeed(undefined)
  const size = parseSize(text)
  return size
    ? Effect.succeed(size)
    : Effect.fail(new InvalidRequest({ message: "`size` must be `auto` or a size such as 1024x576.", param: "size" }))
}
