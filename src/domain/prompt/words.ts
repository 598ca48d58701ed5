import { plain } from "./tail.ts"

/** Words and phrases to be found in a tail. */
export interface Words {
  readonly all: ReadonlySet<string>
  readonly longest: number
}

/** `text` has the phrases with commas between them, in any case and with their accents. */
export const words = (...texts: ReadonlyArray<string>): Words => {
  const all = new Set(texts.flatMap((text) => text.split(",")).map((word) => plain(word.trim())))
  return { all, longest: Math.max(...Array.from(all, (word) => word.length)) }
}

const letter = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]/u
const wordCharacter = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\d]/u

/** Where the longest phrase begins that stands before `end`; `undefined` where none does. Chinese and Japanese have no blanks. */
export const phraseBefore = ({ all, longest }: Words, text: string, end: number): number | undefined => {
  for (let start = Math.max(0, end - longest); start < end; start += 1) {
    const apart = !letter.test(text.charAt(start)) || !wordCharacter.test(text.charAt(start - 1))
    if (apart && all.has(text.slice(start, end))) return start
  }
  return undefined
}

/** Where the longest phrase ends that stands at `start`; `undefined` where none does. */
export const phraseAt = ({ all, longest }: Words, text: string, start: number): number | undefined => {
  for (let end = Math.min(text.length, start + longest); end > start; end -= 1) {
    const apart = !letter.test(text.charAt(end - 1)) || !wordCharacter.test(text.charAt(end))
    if (apart && all.has(text.slice(start, end))) return end
  }
  return undefined
}
