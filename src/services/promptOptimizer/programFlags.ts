import * as Result from "effect/Result"
import { parsePrompt } from "../../domain/PromptText.ts"

/** Flags of Midjourney and of programs for Stable Diffusion; the rest of the line belongs to the last of them. */
const doubled =
  /\s(?:--|—|–)(?:ar|aspect|v|version|q|quality|s|stylize|style|niji|no|chaos|c|seed|iw|tile|weird|w|hd|fast|relax|turbo|uplight|upbeta|test|testp|creative|stop|video|repeat|r|sref|cref|cw|sw|p|profile|raw|draft|exp|steps|cfg|cfg_scale|sampler|size|width|height|h|n|negative|negative_prompt|neg)(?=[\s=:\d]|$)/i
const dash = /^\s(?:—|–)/
const dashValue = /^\s[—–](?:ar|v|q|s|stylize|niji|chaos|seed|style)[\s=:]{1,3}(?:\d|raw\b)/i
const loras = /<(?:lora|lyco|hypernet|embedding):[^<>]{0,100}>/gi
const settings =
  /(?:^|[\n.,;])[ \t*_]{0,6}(?:negative[ _-]prompt|negativer prompt|负面提示词|負面提示詞|ネガティブプロンプト)[ \t*_]{0,4}[:：]|\nsteps: \d/i

/** A prompt without what only other programs understand, which a model would paint, and without a ratio at its end. */
export const withoutProgramFlags = (prompt: string): string => {
  const settled = settings.exec(prompt)
  const text = (settled ? prompt.slice(0, settled.index + 1).replace(/[\s,;]$/, "") : prompt).replace(loras, " ").trim()
  const flag = doubled.exec(text)
  const rest = flag && isFlag(text.slice(flag.index)) ? text.slice(0, flag.index).trim() : text
  return Result.match(parsePrompt(rest), { onFailure: () => rest, onSuccess: ({ prompt }) => prompt })
}

/** A long dash before a word is punctuation: "— no clouds". */
const isFlag = (tail: string): boolean => !dash.test(tail) || dashValue.test(tail)
