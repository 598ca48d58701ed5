/** The fields of a request, before anything is known of their values. */
export type Fields = Readonly<Record<string, unknown>>

export const isRecord = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Blob)

/** Longer texts are no value of a list, no number and no size. */
const longestValue = 100

/** What programs send for a field that nobody has filled in. */
const unset = new Set(["", "undefined", "null"])

/** The text of a value as it is compared: without blanks around it, in lower case. */
export const plainText = (value: unknown): string | undefined =>
  typeof value === "string" && value.length <= longestValue ? value.trim().toLowerCase() : undefined

export const isUnset = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === "string" && unset.has(value.slice(0, 20).toLowerCase()))

/** A number that was written as text, as every field of a form is. */
export const readNumber = (value: unknown): unknown => {
  const text = plainText(value)
  return text !== undefined && /^[+-]?\d{1,20}(?:\.\d{1,20})?$/.test(text) ? Number(text) : value
}

/** A seed: `random` is any. */
export const readSeedValue = (value: unknown): unknown => (plainText(value) === "random" ? -1 : readNumber(value))

const truths: ReadonlyMap<unknown, boolean> = new Map<unknown, boolean>([
  ["true", true],
  ["false", false],
  ["1", true],
  ["0", false],
  [1, true],
  [0, false]
])

/** A truth value that was written as text or number. */
export const readTruth = (value: unknown): unknown => truths.get(plainText(value) ?? value) ?? value

/** A word of a list of values, in any case of letters. */
export const readWord = (value: unknown): unknown => plainText(value) ?? value

/** A list of words, of which one may stand for a list, or several in one text. */
export const readWords = (value: unknown): unknown => {
  const text = plainText(value)
  if (text !== undefined) {
    return text
      .split(",")
      .map((word) => word.trim())
      .filter((word) => word !== "")
  }
  return Array.isArray(value) ? value.map(readWord) : value
}
