import * as Effect from "effect/Effect"
import type { InvalidRequest } from "../../domain/Errors.ts"
import { maximumInputs, tooManyInputs } from "../../services/imageGenerator/refusals.ts"
import { imageAddress } from "../imageAddress.ts"
import { findWishes } from "../wishes/findWishes.ts"
import { type Fields, isUnset } from "../wishes/values.ts"
import { plainName } from "../wishes/wishNames.ts"

/** The addresses of all pictures that a request starts from, whatever its fields for them are called: lists come first. */
export const readInputAddresses = Effect.fnUntraced(function* (
  fields: Fields
): Effect.fn.Return<ReadonlyArray<string>, InvalidRequest> {
  const found = findWishes(fields).filter(({ wish }) => wish === "images")
  const isList = (path: string) => plainName(path).endsWith("s")
  const ordered = [...found.filter(({ path }) => isList(path)), ...found.filter(({ path }) => !isList(path))]
  const given = ordered.flatMap(({ value }) =>
    (Array.isArray(value) ? value : [value]).filter((reference) => !isUnset(reference))
  )
  if (given.length > maximumInputs) return yield* tooManyInputs(given.length)
  return yield* Effect.forEach(given, (reference) => Effect.fromResult(imageAddress(reference, "image")))
})
