/** Each mark that can close, and the marks that it closes. Full-width brackets are ASCII in a tail. */
const openersOf: ReadonlyMap<string, string> = new Map([
  [")", "("],
  ["]", "["],
  ["}", "{"],
  [">", "<"],
  ["〉", "〈"],
  ["》", "《"],
  ["」", "「"],
  ["』", "『"],
  ["】", "【"],
  ["〕", "〔"],
  ["〗", "〖"],
  ["〞", "〝"],
  ["”", "“„”"],
  ["“", "„"],
  ["’", "‘’"],
  ["‘", "‚"],
  ["»", "«"],
  ["«", "»"],
  ["›", "‹"],
  ["‹", "›"],
  ['"', '"'],
  ["'", "'"],
  ["`", "`"],
  ["*", "*"],
  ["_", "_"],
  ["~", "~"]
])

const onlyOpens = "([{<〈《「『【〔〖〝“„‘‚"

export const closes = (closer: string, opener: string): boolean =>
  opener !== "" && (openersOf.get(closer)?.includes(opener) ?? false)

export const isCloser = (character: string): boolean => openersOf.has(character)

/** Whether a mark can do nothing but open. “ and ‘ open here, and close in German. */
export const isOpener = (character: string): boolean => character !== "" && onlyOpens.includes(character)

/** Of the marks that closed nothing so far, those that close something in `text`. */
export const closersFor = (text: string, closers: string): string =>
  Array.from(closers)
    .filter((closer) => isOpenIn(text, closer))
    .join("")

/** Whether `text` opens what this mark closes, and does not close it itself. Of a mark that also opens, one will do. */
const isOpenIn = (text: string, closer: string): boolean => {
  const openers = openersOf.get(closer) ?? ""
  const count = (marks: string) => Array.from(marks).reduce((sum, mark) => sum + text.split(mark).length - 1, 0)
  return openers.includes(closer) ? count(openers) > 0 : count(openers) > count(closer)
}

const pictograph = /^[\p{Extended_Pictographic}\p{Regional_Indicator}\p{Emoji_Modifier}]$/u

/** The emoji that `text` has at `index`, or before it; empty where there is none. */
export const emojiAt = (text: string, index: number): string => {
  const character = String.fromCodePoint(text.codePointAt(index) ?? 0)
  return pictograph.test(character) ? character : ""
}

export const emojiBefore = (text: string, index: number): string =>
  index > 1 && /[\uDC00-\uDFFF]/.test(text.charAt(index - 1))
    ? emojiAt(text, index - 2)
    : index > 0
      ? emojiAt(text, index - 1)
      : ""

/** What people end a sentence or an entry of a list with. */
export const isPunctuation = (character: string): boolean =>
  character !== "" && ".,;:!?。、，；：！？｡､।؟،؛·•|^¡¿".includes(character)

/** Where the part of `text` before `end` ends that is not a separator: a comma, a bar, a dash between blanks. */
export const separatorsBefore = (text: string, end: number): number => {
  let at = end
  for (;;) {
    const character = text.charAt(at - 1)
    if (/[\s,;:、，；|·•،؛–—―]/.test(character)) at -= 1
    else if (signs.test(character) && /^$|\s/.test(text.charAt(beforeSigns(text, at) - 1))) at = beforeSigns(text, at)
    else return at
  }
}

/** Between a prompt and what is said about it only where they stand alone: `cat- 16:9` is not `cat - 16:9`. */
const signs = /[-*>+&/=#@]/

const beforeSigns = (text: string, end: number): number => {
  let at = end
  while (at > 0 && end - at < 3 && signs.test(text.charAt(at - 1))) at -= 1
  return at
}
