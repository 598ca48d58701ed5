import { withoutProgramFlags } from "./programFlags.ts"
import { promptInJson } from "./promptInJson.ts"
import { withoutTalk } from "./talk.ts"
import { withoutThoughts } from "./thoughts.ts"

const fence = "```"
const fenceLanguage = /^[\w-]{0,20}[ \t\r]*\n/
const label =
  /^(?:[#>*_\s]{0,6})(?:(?:optimi[sz]ed|improved|enhanced|refined|rewritten|final|revised|flux(?:\.?[12])?|image|positive|english|here is the|text-to-image|优化后的?|優化後的?|最终|最終|改进后的?|图像|圖像|英文|最適化された|改善された|画像|optimierter|verbesserter|finaler|улучшенный|итоговый|оптимизированный)\s{0,2}){0,3}(?:prompt|提示词|提示詞|プロンプト|промпт|answer|assistant|output|result|答案|结果)(?:\s(?:optimizado|mejorado|final|optimisé|amélioré))?\s{0,2}(?:(?:\*\*|__)\s{0,2})?[:：]\s{0,4}(?:\*\*|__)?\s{0,4}/i
const quotePairs: ReadonlyArray<readonly [string, string]> = [
  ['"', '"'],
  ["'", "'"],
  ["“", "”"],
  ["„", "“"],
  ["«", "»"],
  ["「", "」"],
  ["`", "`"]
]

// More than any prompt and the talk around it; thoughts are off by then.
const longestAnswer = 20_000

/**
 * The prompt in a chat model's answer: without thoughts, talk, code fences, labels, quotes and the flags of other programs, on
 * one line, and cut at a word where it is longer than `limit` characters. Empty where nothing is left, or where it can't be
 * told what in the answer is the prompt.
 */
export const cleanOptimizedPrompt = (answer: string, limit: number): string => {
  let text = withoutThoughts(answer).slice(0, longestAnswer)
  for (let round = 0; round < 8; round += 1) {
    const before = text
    const json = promptInJson(text)
    text =
      json ??
      unfence(withoutTalk(unquote(text).trim()))
        .trim()
        .replace(label, "")
    text = unquote(text.trim()).trim()
    if (text === before) break
  }
  return shorten(withoutProgramFlags(text).replace(/\s+/g, " "), limit)
}

const refusal =
  /^(?:i['’]?m (?:really |very |so )?sorry|sorry[,.]|i am sorry|i apologi[sz]e|i(?: can['’]?t| cannot| can not| won['’]?t| am unable to|['’]m unable to|['’]m not able to| am not able to) (?:help|assist|create|generate|write|produce|fulfill|comply|provide)|as an ai\b|unfortunately, i (?:can|am|won)|抱歉|很抱歉|对不起|對不起|我(?:无法|無法|不能)(?:帮|幫|协助|協助|提供|生成|创|創|满足|滿足)|申し訳|ごめんなさい|lo siento,|no puedo (?:ayudar|crear|generar|escribir)|(?:je suis )?désolé|je ne peux pas (?:aider|créer|générer|écrire|répondre)|es tut mir leid|tut mir leid|ich kann (?:dir |ihnen |dabei |das |diesen )|извините|простите|к сожалению, я|я не могу (?:помочь|создать|написать|сгенерировать|выполнить))/i

/** Whether the answer declines to write a prompt rather than being one. */
export const isRefusal = (answer: string): boolean => refusal.test(withoutThoughts(answer))

/** What is in the only fence of an answer; the rest is about it. */
const unfence = (text: string): string => {
  const parts = text.split(fence)
  const [, inner = ""] = parts
  return parts.length === 3 && (isAlone(parts) || inner.includes("\n")) ? inner.replace(fenceLanguage, "") : text
}

const isAlone = ([before = "", , after = ""]: ReadonlyArray<string>): boolean =>
  before.trim() === "" && after.trim() === ""

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
