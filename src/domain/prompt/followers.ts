import { closes, emojiAt, isCloser, isOpener, isPunctuation } from "./marks.ts"
import { fillers, followers, labels, subjects } from "./shapeWords.ts"
import { phraseAt } from "./words.ts"

/** What stands after a ratio. */
export interface Followers {
  /** Marks that close what was opened before the ratio, the inner ones first. */
  readonly closers: string
  /** Whether a word directly after the ratio says what it is: "16:9 format". */
  readonly labelled: boolean
  /** Whether one of the words could be what is to be drawn. */
  readonly subject: boolean
}

const mostWords = 10
const resolution =
  /(?:\d{1,2}\s?k|\d{3,4}p|\d{3,5}\s?[x×*]\s?\d{3,5}|\d{1,5}\s?(?:px|pixels?|dpi|ppi|mp|megapixels?|像素|ピクセル))(?![\p{Script=Latin}\p{Script=Cyrillic}\d])/uy

/** A mark that could do both opens after a blank and before a word. */
const opensAgain = (text: string, at: number, start: number): boolean =>
  at > start && isCloser(text.charAt(at)) && /^\s\S[\p{L}\d]/u.test(text.slice(at - 1, at + 2))

const sentenceEnd = /[\s\-–—―/+&=#]/

/**
 * Reads on from the end of a ratio at `start`; `undefined` where anything follows that is not about the picture's shape, size
 * or resolution, a courtesy, a mark or an emoji.
 */
export const readFollowers = (text: string, start: number): Followers | undefined => {
  let at = start
  let closers = ""
  let opened = ""
  let count = 0
  let labelled = false
  let subject = false
  let dangling = false
  while (at < text.length) {
    const character = text.charAt(at)
    const phrase = phraseAt(followers, text, at)
    const filler = phrase === undefined ? phraseAt(fillers, text, at) : undefined
    resolution.lastIndex = at
    const pixels = resolution.exec(text)?.[0].length ?? 0
    if (phrase !== undefined || pixels > 0) {
      // Linear: the end of a prompt that is looked at is bounded.
      const directly = count === 0 && /^[\s\-*_`"')\]）】」』》”’]*(?:的|の)?\s*$/.test(text.slice(start, at))
      if (directly && phraseAt(labels, text, at) !== undefined) labelled = true
      const end = phrase ?? at + pixels
      subject ||= subjects.all.has(text.slice(at, end))
      at = end
      dangling = false
      count += 1
    } else if (filler !== undefined) {
      // "的" and "の" join the ratio to its label.
      if (!/^[的の]$/.test(text.slice(at, filler))) count += 1
      at = filler
      dangling = true
    } else if (emojiAt(text, at) !== "") at += emojiAt(text, at).length
    else if (opened !== "" && closes(character, opened.slice(-1))) {
      opened = opened.slice(0, -1)
      at += 1
    } else if (isOpener(character) || opensAgain(text, at, start)) {
      opened += character
      at += 1
    } else if (isCloser(character)) {
      closers += character
      at += 1
    } else if (isPunctuation(character) || sentenceEnd.test(character)) at += 1
    else return undefined
    if (count > mostWords) return undefined
  }
  // Linear: the same.
  return dangling || /[-–—]\s*$/.test(text.slice(start)) ? undefined : { closers, labelled, subject }
}
