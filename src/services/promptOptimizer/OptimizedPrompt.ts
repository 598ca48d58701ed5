const reasoningBlock = /<(think|thinking|reasoning|thought)>[\s\S]*?(<\/\1>|$)/gi
// Some chat templates open the block themselves, so that only its end is in the answer.
const unopenedReasoning = /^[\s\S]*<\/(?:think|thinking|reasoning|thought)>/i
const fence = "```"
const fenceLanguage = /^[\w-]{0,20}[ \t\r]*\n/
const label =
  /^(?:\*\*|__)?(?:(?:optimi[sz]ed|improved|enhanced|final|revised|flux|image|here is the)\s+){0,3}prompt\s*(?:(?:\*\*|__)\s*)?[:：]\s*(?:\*\*|__)?\s*/i
const quotePairs: ReadonlyArray<readonly [string, string]> = [
  ['"', '"'],
  ["'", "'"],
  ["“", "”"],
  ["„", "“"],
  ["«", "»"],
  ["「", "」"],
  ["`", "`"]
]

/**
 * The prompt in a chat model's answer: without reasoning blocks, code fences, a leading "Prompt:" and surrounding quotes,
 * on one line, and cut at a word where it is longer than `limit` characters. Empty where nothing is left.
 */
export const cleanOptimizedPrompt = (answer: string, limit: number): string => {
  let text = answer.replace(reasoningBlock, "").replace(unopenedReasoning, "").trim()
  for (;;) {
    const before = text
    text = unfence(text).trim().replace(label, "")
    text = unquote(text).trim()
    if (text === before) break
  }
  return shorten(text.replace(/\s+/g, " "), limit)
}

const refusal =
  /^(?:i['’]?m sorry|sorry[,.]|i am sorry|i apologi[sz]e|i(?: can['’]?t| cannot| can not| won['’]?t| am unable to|['’]m unable to) (?:help|assist|create|generate|write|produce|fulfill|comply|provide)|as an ai\b)/i

/** Whether the answer declines to write a prompt rather than being one. */
export const isRefusal = (answer: string): boolean => refusal.test(answer)

const unfence = (text: string): string => {
  const inner = text.slice(fence.length, -fence.length)
  const fenced = text.length >= 2 * fence.length && text.startsWith(fence) && text.endsWith(fence)
  return fenced && !inner.includes(fence) ? inner.replace(fenceLanguage, "") : text
}

const unquote = (text: string): string => {
  for (const [open, close] of quotePairs) {
    const inner = text.slice(1, -1)
    // "a" and "b" begins and ends with quotes that are not a pair.
    if (
      text.length > 1 &&
      text.startsWith(open) &&
      text.endsWith(close) &&
      !inner.includes(close) &&
      !inner.includes(open)
    ) {
      return inner
    }
  }
  return text
}

/** At most `limit` characters (UTF-16 code units, as Workers AI counts), cut at a word where there is one near the end. */
export const shorten = (text: string, limit: number): string => {
  if (text.length <= limit) return text
  const cut = text.slice(0, limit).replace(/[\uD800-\uDBFF]$/, "")
  const space = cut.lastIndexOf(" ")
  return (space > limit * 0.8 ? cut.slice(0, space) : cut).trimEnd()
}
