// Plain ranges and no classes of Unicode: those are hundreds of ranges each, and there are hundreds of words.
const letter = "a-zß-öø-žа-яё"
const begin = `(?<![${letter}0-9])`
const end = `(?![${letter}0-9])`

/** Words of a language that sets its words apart, in lower case. An entry is a stem, and `_` in it is the end of a word. */
export const words = (entries: ReadonlyArray<string>): string =>
  `${begin}(?:${entries.map((entry) => entry.replaceAll("_", end)).join("|")})`

/** Words of a language that does not set its words apart. */
export const characters = (entries: ReadonlyArray<string>): string => `(?:${entries.join("|")})`

/** One expression out of many, for a text in lower case. `\p{L}` in them is a letter of a language with cases. */
export const anyOf = (sources: ReadonlyArray<string>): RegExp =>
  new RegExp(sources.join("|").replaceAll("\\p{L}", `[${letter}]`))

/** A text as the expressions here expect it. */
export const lowerCase = (text: string): string => text.normalize("NFC").toLowerCase()
