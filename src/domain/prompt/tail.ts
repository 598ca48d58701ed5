/**
 * The end of a text in a form that is easy to read: lower case, one form for each character (`１６：９` is `16:9`), no
 * accents, nothing invisible. What is cut off is cut off the text itself, which stays as it was written.
 */
export interface Tail {
  readonly text: string
  /** Where the character at `index` of the copy stands in the text. */
  readonly origin: (index: number) => number
}

// More than all flags with their values need; whatever a prompt ends with, no more of it is looked at.
const tailLength = 1000

const invisible = /[\p{Cc}\p{Default_Ignorable_Code_Point}]|\u20E3/u
const visible = /[^\s\u2800\p{Cc}\p{Default_Ignorable_Code_Point}]/u

/** Whether there is anything to see in a text. */
export const isVisible = (text: string): boolean => visible.test(text)

/** Reads the end of a text. The work is bounded but for one look at the invisible characters after it. */
export const readTail = (text: string): Tail => {
  const end = visibleEnd(text)
  const start = Math.max(0, end - tailLength)
  // Where the beginning is out of sight, what stands there must not be taken for it.
  let copy = start > 0 ? "x" : ""
  const origins = start > 0 ? [start] : []
  let at = start
  for (const character of text.slice(start, end)) {
    const plain = plainCharacter(character)
    copy += plain
    for (let unit = 0; unit < plain.length; unit += 1) origins.push(at)
    at += character.length
  }
  return { text: copy, origin: (index) => origins[index] ?? end }
}

const visibleEnd = (text: string): number => {
  let end = text.length
  while (end > 0) {
    if (isBlank(text.charCodeAt(end - 1))) {
      end -= 1
      continue
    }
    const length = isLowSurrogate(text.charCodeAt(end - 1)) && end > 1 ? 2 : 1
    if (isVisible(text.slice(end - length, end))) break
    end -= length
  }
  return end
}

/** Most of what a long run at the end can be, told faster than by {@link isVisible}. */
const isBlank = (unit: number): boolean =>
  unit <= 0x20 || unit === 0x200b || unit === 0x200e || unit === 0x200f || unit === 0xfeff

const isLowSurrogate = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff

const alike: ReadonlyMap<string, string> = new Map([
  ["\u2236", ":"],
  ["\u02D0", ":"],
  ["\uA789", ":"],
  ["\u2010", "-"],
  ["\u2011", "-"],
  ["\u2012", "-"],
  ["\u2212", "-"],
  ["\u2715", "×"],
  ["\u2A2F", "×"],
  ["\u2800", " "],
  ["\u2028", "\n"],
  ["\u2029", "\n"]
])

const plainCharacter = (character: string): string => {
  if (character === "\n") return character
  if (/\s/.test(character)) return alike.get(character) ?? " "
  if (invisible.test(character)) return ""
  return alike.get(character) ?? plain(character)
}

/** Words as they are in a {@link Tail}. */
export const plain = (word: string): string =>
  word
    .normalize("NFKD")
    .replace(/[\u0300-\u036F]/g, "")
    .toLowerCase()

// The joiners and selectors belong to the character before them.
const freeInvisible = /[\s\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF\u2800]/

/** Without the blanks at the end, the invisible ones too. */
export const trimUnseen = (text: string): string => {
  let end = text.length
  while (end > 0 && (isBlank(text.charCodeAt(end - 1)) || freeInvisible.test(text.charAt(end - 1)))) end -= 1
  return text.slice(0, end)
}
