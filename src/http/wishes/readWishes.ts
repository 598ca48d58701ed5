import * as Effect from "effect/Effect"
import type { InvalidRequest } from "../../domain/Errors.ts"
import { formatSize } from "../../domain/ImageSize.ts"
import { findWishes } from "./findWishes.ts"
import { readSizeWishes, sizeWishes } from "./sizeWish.ts"
import { type Fields, isRecord, isUnset, readNumber, readSeedValue, readTruth, readWord, readWords } from "./values.ts"

/** How the values of the fields are read whose form is known. An object is left to whoever knows what it means. */
const readers: Readonly<Record<string, (value: unknown) => unknown>> = {
  n: readNumber,
  seed: readSeedValue,
  steps: readNumber,
  partial_images: readNumber,
  stream: readTruth,
  quality: readWord,
  response_format: readWord,
  output_format: readWord,
  modalities: readWords,
  tool_choice: readWord,
  model: (value) => value,
  webhook: (value) => value
}

const nestedWishes = ["n", "seed", "steps", "quality", "output_format", "webhook"] as const

/**
 * A request with its wishes in the fields that every dialect here has: `size` for all that says a size, and `n`, `seed`,
 * `steps`, `quality`, `output_format` and `webhook` also where another dialect calls them otherwise or nests them. Numbers, truth values
 * and words are read as people and forms write them. A wish about the size that can't be read is an InvalidRequest.
 */
export const readWishes = Effect.fnUntraced(function* (body: object): Effect.fn.Return<Fields, InvalidRequest> {
  const given: Fields = { ...body }
  const found = findWishes(given)
  const size = yield* readSizeWishes(found.filter(({ wish }) => sizeWishes.has(wish)))
  const nested = nestedWishes.flatMap((name) => {
    const first = found.find(({ value, wish }) => wish === name && !isUnset(value))
    return first ? [[name, first.value] as const] : []
  })
  const fields: Fields = { ...given, ...Object.fromEntries(nested) }
  const known = Object.entries(readers).flatMap(([name, read]) => {
    if (!Object.hasOwn(fields, name)) return []
    const value = fields[name]
    return [[name, isUnset(value) ? undefined : read(value)] as const]
  })
  return {
    ...fields,
    ...Object.fromEntries(known),
    size: size && formatSize(size),
    ...(isRecord(fields.stream_options) && {
      stream_options: { ...fields.stream_options, include_usage: readTruth(fields.stream_options.include_usage) }
    })
  }
})
