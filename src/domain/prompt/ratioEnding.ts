import { type ImageSize, parseRatio, ratioSizes } from "../ImageSize.ts"
import { readFollowers } from "./followers.ts"
import { closes, isCloser, isOpener, separatorsBefore } from "./marks.ts"
import { compounds, labels, labelsWithColon, leads, leadsOfLabel, links, orientations } from "./shapeWords.ts"
import { isStillText } from "./stillText.ts"
import { phraseBefore } from "./words.ts"

/** A ratio at the end of a prompt, with all that belongs to it. */
export interface RatioEnding {
  readonly start: number
  readonly size: ImageSize
  /** Marks after it that close what was opened before it. */
  readonly closers: string
}

const longestEnding = 160

// The signs first that can stand for nothing else.
const spelling =
  /(?<!\d)(\d{1,5}(?:[.,]\d{1,4})?)\s{0,3}(:|[x×*/比対对對]|(?:by|to|zu|per|por|sur|на)\s)\s{0,3}(\d{1,5}(?:[.,]\d{1,4})?)(?!\d)/gu

/**
 * The ratio that `text` ends with, `closers` being the marks that stand after it. Without a word that says what it is, only
 * a ratio of the table counts, and only as such ratios are commonly written.
 */
export const readRatioEnding = (
  text: string,
  closers: string,
  written: (index: number) => string
): RatioEnding | undefined => {
  const offset = Math.max(0, text.length - longestEnding)
  const spellings = Array.from(text.slice(offset).matchAll(spelling)).toReversed().slice(0, 4)
  for (const match of spellings) {
    const start = offset + match.index
    const found = readSpelling(text, start, match, closers, written)
    if (found) return found
  }
  return undefined
}

const readSpelling = (
  text: string,
  start: number,
  [spelled, width = "", sign = "", height = ""]: RegExpMatchArray,
  closers: string,
  written: (index: number) => string
): RatioEnding | undefined => {
  if (isPartOfNumber(text, start)) return undefined
  const after = readFollowers(text, start + spelled.length)
  if (!after) return undefined
  const cursor = { at: start, closers: after.closers + closers }
  const labelled = beforeLabel(text, cursor)
  const named = labelled !== undefined || after.labelled
  if (/[^\s]-$|[^\s]\/$/.test(text.slice(0, start)) && !named) return undefined
  const size = named
    ? parseRatio(spelled.replace(/比|対|对|對|by|to|zu|per|por|sur|на/u, ":"))
    : commonRatio(width, sign, height)
  if (!size) return undefined
  if (labelled === undefined && isValueOfUnknownFlag(text.slice(0, start))) return undefined
  if (!named && isStillText(text.slice(0, start), written(start))) return undefined
  const lead = beforeLeads(text, labelled ?? beforeMarks(text, cursor), after.labelled || labelled !== undefined)
  // "A 3:4 portrait" has a subject.
  if (after.subject && /^(?:x?|a|an|the|eine?|una?|une)$/.test(text.slice(0, lead.at).trim())) return undefined
  return { start: lead.at, size, closers: lead.closers }
}

/** `21:16:9`, `1.16:9` and `5,1:2` are other numbers. */
const isPartOfNumber = (text: string, start: number): boolean =>
  /\d[.,]$|\d\s?:\s?$|\d[x×/-]$/.test(text.slice(0, start))

const wideRatios = new Set(["16:9", "9:16", "21:9", "9:21"])

const commonRatio = (width: string, sign: string, height: string): ImageSize | undefined => {
  const ratio = `${width}:${height}`
  const common = sign === ":" || /[比対对對]/.test(sign) || (/^[x×]$|^by/.test(sign) && wideRatios.has(ratio))
  return common ? ratioSizes.get(ratio) : undefined
}

const ourFlags = /(?:^|\s)(?:--|[–—])(?:ar|aspect|aspect-ratio|aspectratio|ratio|size|raw|edit)$/

/** In `--stylize 16:9` the ratio is not ours. */
const isValueOfUnknownFlag = (before: string): boolean => {
  const name = /(?:^|\s)--[a-z][a-z-]{0,19}(?=[\s=]{1,20}$)/.exec(before.slice(-50))?.[0]
  return name !== undefined && !ourFlags.test(name)
}

/** A place in the text, going backwards, and the marks after it that nothing has opened yet. */
interface Cursor {
  readonly at: number
  readonly closers: string
}

/** Before blanks and the marks that open what was closed, or what nobody closed. */
const beforeMarks = (text: string, { at, closers }: Cursor): Cursor => {
  const character = text.charAt(at - 1)
  if (/\s/.test(character)) return beforeMarks(text, { at: at - 1, closers })
  if (closes(closers.charAt(0), character)) return beforeMarks(text, { at: at - 1, closers: closers.slice(1) })
  if (closers === "" && isOpener(character)) return beforeMarks(text, { at: at - 1, closers })
  return { at, closers }
}

/** Before "aspect ratio:", "format =", "**Ratio:**", "--ar" and their like. */
const beforeLabel = (text: string, cursor: Cursor): Cursor | undefined => {
  let gap = beforeGap(text, { ...cursor, wrapped: "" })
  let colon = /[:=]/.test(text.slice(gap.at, cursor.at))
  for (let link = 0; link < 2; link += 1) {
    const start = phraseBefore(links, text, gap.at)
    if (start === undefined || phraseBefore(labels, text, gap.at) !== undefined) break
    gap = beforeGap(text, { ...gap, at: start })
    colon = true
  }
  let at = gap.at
  for (let count = 0; count < 4; count += 1) {
    const start = phraseBefore(labels, text, at) ?? (colon ? phraseBefore(labelsWithColon, text, at) : undefined)
    if (start === undefined || isCompound(text, start)) break
    at = start
    if (/\S\s$/.test(text.slice(0, at)) && phraseBefore(labels, text, at - 1) !== undefined) at -= 1
  }
  if (at === gap.at) return undefined
  const dashes = /(?:^|[\s([{`*"'])([-–—―]{1,3}|\/)$/.exec(text.slice(Math.max(0, at - 5), at))?.[1] ?? ""
  return unwrap(text, { at: at - dashes.length, closers: gap.closers }, gap.wrapped)
}

const isCompound = (text: string, start: number): boolean => {
  const before = text.slice(Math.max(0, start - 20), start)
  return compounds.test(before) || /[\p{L}\d][-/]$/u.test(before)
}

interface Gap extends Cursor {
  /** Marks that close something around the label, the outer ones first. */
  readonly wrapped: string
}

const beforeGap = (text: string, gap: Gap): Gap => {
  const character = text.charAt(gap.at - 1)
  const at = gap.at - 1
  if (/[\s:=>→–—-]/.test(character)) return beforeGap(text, { ...gap, at })
  if (closes(gap.closers.charAt(0), character)) return beforeGap(text, { ...gap, at, closers: gap.closers.slice(1) })
  if (isCloser(character)) return beforeGap(text, { ...gap, at, wrapped: gap.wrapped + character })
  return isOpener(character) && gap.closers === "" ? beforeGap(text, { ...gap, at }) : gap
}

const unwrap = (text: string, cursor: Cursor, wrapped: string): Cursor | undefined => {
  if (wrapped === "") return beforeMarks(text, cursor)
  const character = text.charAt(cursor.at - 1)
  const at = cursor.at - 1
  if (/\s/.test(character)) return unwrap(text, { ...cursor, at }, wrapped)
  return closes(wrapped.slice(-1), character) ? unwrap(text, { ...cursor, at }, wrapped.slice(0, -1)) : undefined
}

/** Before "in a", "with an", "make it", "vertical,". */
const beforeLeads = (text: string, cursor: Cursor, labelled: boolean): Cursor => {
  let current = cursor
  for (let count = 0; count < 4; count += 1) {
    const start =
      phraseBefore(orientations, text, separatorsBefore(text, current.at)) ??
      phraseBefore(leads, text, current.at) ??
      (labelled ? phraseBefore(leadsOfLabel, text, current.at) : undefined)
    if (start === undefined || isStillText(text.slice(0, start), "")) break
    current = beforeMarks(text, { ...current, at: start })
  }
  return current
}
