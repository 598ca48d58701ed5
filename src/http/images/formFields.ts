import type { Fields } from "../wishes/values.ts"
import { isContainer, wishOf } from "../wishes/wishNames.ts"

type Part = readonly [name: string, value: unknown]

/** `image_config[aspect_ratio]` is a field of `image_config`. */
const nestedName = /^([\w-]{1,60})\[([A-Za-z_][\w-]{0,60})\]$/

/** The fields of a form, as they would be in JSON: what may come several times is a list, and `a[b]` an object. */
export const formFields = (parts: ReadonlyArray<Part>): Fields => {
  // Maps, not objects: a part may be called `__proto__`.
  const fields = new Map<string, unknown>()
  const lists = new Map<string, Array<unknown>>()
  const objects = new Map<string, Map<string, unknown>>()
  for (const [name, value] of parts) {
    const nested = nestedName.exec(name)
    if (value === "") continue
    if (nested?.[1] && nested[2] && isContainer(nested[1])) {
      const object = objects.get(nested[1]) ?? new Map<string, unknown>()
      objects.set(nested[1], object.set(nested[2], value))
    } else if (wishOf(name) === "images") {
      const base = name.replace(/\[\d{0,9}\]$/, "")
      const list = lists.get(base) ?? []
      lists.set(base, list)
      list.push(value)
    } else fields.set(name, value)
  }
  return Object.fromEntries([
    ...fields,
    ...Array.from(lists, ([name, list]) => [name, list.length === 1 ? list[0] : list] as const),
    ...Array.from(objects, ([name, object]) => [name, Object.fromEntries(object)] as const)
  ])
}
