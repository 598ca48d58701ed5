import * as Result from "effect/Result"
import { parsePrompt } from "../../../domain/PromptText.ts"

/** The name of a conversation in which nothing was asked for. */
export const fallbackTitle = "Image"

const titleWords = 6
// Languages without spaces have sentences of one "word".
const titleLength = 50

/** A name for a conversation, in its own words: one line of at most six words and fifty characters. */
export const titleOf = (prompts: ReadonlyArray<string>): string => {
  let prompt = ""
  for (const text of prompts) {
    prompt = cleanPrompt(text)
    if (prompt !== "") break
  }
  const words = prompt.split(" ").slice(0, titleWords).join(" ")
  return shorten(words, titleLength).replace(/[\s.,;:!?…。，、；：！？–—-]+$/u, "") || fallbackTitle
}

const summarizedPrompts = 10
const summarizedLength = 100

/** What was asked for, to go on with. */
export const summaryOf = (prompts: ReadonlyArray<string>): string => {
  const cleaned = prompts.slice(-2 * summarizedPrompts).map(cleanPrompt)
  const named = cleaned.filter((text) => text !== "").slice(-summarizedPrompts)
  if (named.length === 0) return "The user has not asked for any picture yet."
  return `The user asked for these pictures: ${named.map((text) => `"${shorten(text, summarizedLength)}"`).join("; ")}.`
}

export const shorten = (text: string, length: number): string => Array.from(text).slice(0, length).join("").trimEnd()

const cleanedLength = 1000

/** The prompt on one line, without the flags at its end and without markdown. */
export const cleanPrompt = (text: string): string =>
  withoutFlags(text.trim())
    .replace(/!\[[^[\]]*\]\([^()]*\)/g, " ")
    .replace(/\[([^[\]]*)\]\([^()]*\)/g, "$1")
    .replace(/^[^\S\n]*(?:#{1,6}|>|[-+])[^\S\n]+/gm, "")
    .replace(/[*`]+|~~/g, "")
    .replace(/_+/g, (marks, at: number, whole: string) =>
      isWord(whole.charAt(at - 1)) && isWord(whole.charAt(at + marks.length)) ? marks : ""
    )
    .replace(/\s+/g, " ")
    .trim()

const isWord = (character: string): boolean => /\w/.test(character)

// Of a long text only the beginning is told, and flags stand at its end.
const withoutFlags = (text: string): string =>
  text.length > cleanedLength
    ? text.slice(0, cleanedLength)
    : Result.match(parsePrompt(text), { onFailure: () => text, onSuccess: ({ prompt }) => prompt })
