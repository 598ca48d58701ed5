import * as Effect from "effect/Effect"
import type { InvalidRequest } from "../../domain/Errors.ts"
import { formatSize } from "../../domain/ImageSize.ts"
import { type FoundWish, findWishes } from "./findWishes.ts"
import { readSizeWishes, sizeWishes } from "./sizeWish.ts"
import {
  type Fields,
  isRecord,
  isUnset,
  plainText,
  readNumber,
  readSeedValue,
  readTruth,
  readWord,
  readWords
} from "./values.ts"
import { plainName } from "./wishNames.ts"

/** How the values of the fields are read whose form is known. An object is left to whoever knows what it means. */
const readers: Readonly<Record<string, (value: unknown) => unknown>> = {
  n: readNumber,
  seed: readSeedValue,
  steps: readNumber,
  guidance: readNumber,
  strength: readNumber,
  negative_prompt: (value) => value,
  mask: (value) => value,
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

const nestedWishes = [
  ...(["n", "seed", "steps", "quality", "output_format", "webhook"] as const),
  ...(["mask", "negative_prompt", "guidance", "strength"] as const)
]

/** Values of fields that nothing here can meet, by which nothing is asked for. */
const noWish = new Set<unknown>(["auto", "default", "none", "false", "100", "0", 100, 0, false])
/** Fields of which one value alone is a wish: the others are what is done anyway, or mean something else. */
const onlyWish: ReadonlyMap<string, string> = new Map([
  ["background", "transparent"],
  ["inputfidelity", "high"]
])

const isUnmet = ({ path, value, wish }: FoundWish): boolean => {
  if (wish !== "unmet" || isUnset(value)) return false
  const said = plainText(value) ?? value
  const only = onlyWish.get(plainName(path.slice(path.lastIndexOf(".") + 1)))
  return only === undefined ? !noWish.has(said) : said === only
}

const mostUnmet = 10
const longestPath = 60

const unmetIn = (found: ReadonlyArray<FoundWish>): ReadonlyArray<string> => {
  return [...new Set(found.filter(isUnmet).map(({ path }) => path.slice(0, longestPath)))].slice(0, mostUnmet)
}

/** The names of the fields that ask for something that nothing here can meet. */
export const unmetWishes = (fields: object): ReadonlyArray<string> => unmetIn(findWishes({ ...fields }))

/**
 * A request with its wishes in the fields that every dialect here has: `size` for all that says a size, and `n`, `seed`,
 * `steps`, `quality`, `output_format`, `webhook`, `mask`, `negative_prompt`, `guidance` and `strength` also where another dialect calls them
 * otherwise or nests them; `unmet` has the names of those that nothing can meet. Numbers, truth values and words are read as
 * people and forms write them. A wish about the size that can't be read is an InvalidRequest.
 */
export const readWishes = Effect.fnUntraced(function* (
  body: object
): Effect.fn.Return<Fields & { readonly unmet: ReadonlyArray<string> }, InvalidRequest> {
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
    unmet: unmetIn(found),
    ...(isRecord(fields.stream_options) && {
      stream_options: { ...fields.stream_options, include_usage: readTruth(fields.stream_options.include_usage) }
    })
  }
})
