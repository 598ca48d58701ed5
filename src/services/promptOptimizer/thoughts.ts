const names = "think|thinking|reasoning|thoughts?|reflection|analysis|scratchpad|details|seed:think"

interface Markup {
  readonly open: RegExp
  readonly close: RegExp
}

/** The ways in which models write down that they think, each with a beginning and an end that has no other meaning. */
const markups: ReadonlyArray<Markup> = [
  // Linear: the repetition is bounded.
  { open: new RegExp(`<(?:${names})(?:\\s[^<>]{0,200})?>`, "i"), close: new RegExp(`</(?:${names})>`, "i") },
  { open: /\[(?:THINK|THINKING|REASONING)\]/i, close: /\[\/(?:THINK|THINKING|REASONING)\]/i },
  { open: /◁think▷/, close: /◁\/think▷/ },
  { open: /<\|(?:begin_of_)?(?:thought|thinking|think)\|>/, close: /<\|(?:end_of_|\/)(?:thought|thinking|think)\|>/ },
  { open: /<unused94>/, close: /<unused95>/ },
  // The channels of gpt-oss: what is final comes last, after `final`.
  {
    // Linear: the blanks behind a mark are read once, for that mark alone.
    open: /<\|channel\|>\s*(?:analysis|commentary)/,
    // Linear: the same.
    close: /<\|channel\|>\s*final\s*(?:<\|constrain\|>\w{0,20})?<\|message\|>/
  },
  { open: /^analysis(?=[A-Z\s])/, close: /assistantfinal/ }
]

const wrappers =
  // Linear: the blanks behind a mark are read once, for that mark alone.
  /<\|channel\|>\s*final\s*<\|message\|>|<\|(?:begin|end)_of_solution\|>|<\/?(?:answer|output|prompt|final|final_answer|result|response|solution|optimized_prompt|improved_prompt)>/gi
const ends = /<\|[a-z_]{2,24}\|>|<\/?s>|<(?:end|start)_of_turn>|\[\/?INST\]/gi
const leftOver = /<\|[a-z_]{2,24}\|?|<\/?think|\[\/?THINK\]|◁\/?think/i

/**
 * An answer without the thoughts in it, and without the marks of a chat template. Empty where a thought has no end, and where
 * what is thought and what is said can't be told apart.
 */
export const withoutThoughts = (answer: string): string => {
  let text = answer
  for (const markup of markups) text = without(text, markup)
  const said = text.replace(wrappers, "\n").replace(ends, "\n").trim()
  return leftOver.test(said) ? "" : spoken(said)
}

/** From the first mark that opens to the last one that closes: thoughts that quote their own marks end with the last. */
const without = (text: string, { close, open }: Markup): string => {
  // Linear: each of the marks above is.
  const closes = Array.from(text.matchAll(new RegExp(close.source, `${close.flags}g`)))
  const last = closes.at(-1)
  const opening = open.exec(text)
  // A chat template may have opened the thought itself, so that only its end is in the answer.
  const kept = last ? text.slice(last.index + last[0].length) : text
  const before = opening && last && opening.index < last.index ? text.slice(0, opening.index) : ""
  const again = open.exec(kept)
  const after = again ? kept.slice(0, again.index) : kept
  return `${before}\n${after}`.trim()
}

const thinking =
  /^(?:[*_#>\s]{0,6})(?:thinking(?: process)?|thoughts?|thought process|reasoning|analysis|chain of thought|思考(?:过程|過程)?|分析|推理)[*_\s]{0,4}[:：\n]|^(?:okay|ok|alright|hmm|well|so|let me think|let's see|first)[,.]? (?:so |let me |let's |i need |i should |i'll |the user |we need |we have )|^(?:the user (?:wants|is asking|asks|asked|said)|we need to|i need to|用户(?:想|要|需要|说)|使用者(?:想|要)|好的，用户|嗯，)/i
const conclusion =
  /(?:^|\n)[*_#>\s]{0,6}(?:final |optimi[sz]ed |improved |enhanced |revised |image |flux |最终|优化后的?|最終){0,3}(?:prompt|answer|output|response|result|提示词|提示詞|プロンプト|答案)[*_\s]{0,4}[:：][*_\s]{0,4}/gi

/** Thoughts without any mark end where what they lead to is announced; where it is not, nothing is certain. */
const spoken = (text: string): string => {
  if (!thinking.test(text.slice(0, 200))) return text
  const last = Array.from(text.matchAll(conclusion)).at(-1)
  return last ? text.slice(last.index + last[0].length).trim() : ""
}
