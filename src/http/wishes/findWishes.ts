import { type Fields, isRecord, plainText } from "./values.ts"
import { isContainer, type Wish, wishOf } from "./wishNames.ts"

/** A field that wishes for something, with the way to it: `extra_body.image_config.aspect_ratio`. */
export interface FoundWish {
  readonly wish: Wish
  readonly path: string
  readonly value: unknown
}

const maximumDepth = 4
/** Of each object. No request needs more; the rest are not looked at. */
const maximumFields = 200

/** The wishes of a request: its own fields first, then those that another dialect nests. */
export const findWishes = (fields: Fields): ReadonlyArray<FoundWish> => {
  const own = wishesIn(fields, "")
  const nested = Object.entries(fields)
    .slice(0, maximumFields)
    .flatMap(([name, value]) => (isContainer(name) ? within(readObject(value), name, 1) : []))
  return [...own, ...nested, ...toolWishes(fields.tools)]
}

const wishesIn = (fields: Fields, prefix: string): ReadonlyArray<FoundWish> =>
  Object.entries(fields)
    .slice(0, maximumFields)
    .flatMap(([name, value]) => {
      const wish = wishOf(name)
      return wish ? [{ wish, path: `${prefix}${name}`, value }] : []
    })

/** All of a container, whatever the objects in it are called: they may have the names of providers. */
const within = (container: unknown, path: string, depth: number): ReadonlyArray<FoundWish> => {
  if (!isRecord(container) || depth > maximumDepth) return []
  const deeper = Object.entries(container)
    .slice(0, maximumFields)
    .flatMap(([name, value]) => (wishOf(name) ? [] : within(value, `${path}.${name}`, depth + 1)))
  return [...wishesIn(container, `${path}.`), ...deeper]
}

/** The tool of the Responses API is sent to chats too. */
const toolWishes = (tools: unknown): ReadonlyArray<FoundWish> =>
  (Array.isArray(tools) ? tools.slice(0, maximumFields) : []).flatMap((tool, index) =>
    isRecord(tool) && plainText(tool.type) === "image_generation" ? wishesIn(tool, `tools.${index}.`) : []
  )

const longestObject = 10_000

/** In a form an object is its JSON. */
const readObject = (value: unknown): unknown => {
  if (typeof value !== "string" || value.length > longestObject || !value.trimStart().startsWith("{")) return value
  try {
    return JSON.parse(value)
  } catch {
    // Then it is a text, in which there is no field.
    return value
  }
}
