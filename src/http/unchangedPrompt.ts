/** What a caller wrote, without an instruction to the model before it. */
export interface WrittenPrompt {
  readonly text: string
  /** The instruction was to draw the text as it is, so it is not to be optimized. */
  readonly unchanged: boolean
}

// Programs send it before every prompt, so it is short; a longer first line is a prompt of its own.
const longestInstruction = 200

// What the line is about has to be the prompt: "use the following text on the sign" says what to draw.
const aboutThePrompt =
  // Linear: a line of at most 200 characters is looked at.
  /\b(?:as (?:the|your|my|a) (?:(?:complete|full|entire|whole|exact|final|only|image|literal) ){0,3}prompt\b|(?:following|below|next) (?:(?:image|text|drawing) )?prompt\b|prompt (?:below|that follows))|(?:作为|作為|当作|當作)[^\n]{0,12}(?:提示词|提示詞|prompt)|(?:以下|下面|下列)[^\n]{0,6}(?:提示词|提示詞|prompt)|プロンプト(?:として|を)|als (?:(?:vollständigen|ganzen|fertigen|genauen) ){0,2}prompt|como (?:el |o )?prompt|comme prompt|как (?:полный |готовый )?промпт|프롬프트로/iu

const leavesItAlone =
  // Linear: the same.
  /\b(?:(?:do not|don['’]t|never|without) (?:\w+ ){0,3}(?:rewrit|rephras|chang|modif|alter|edit|expand|enhanc|improv|optimi[sz]|revis|translat|embellish|touch)|unchanged|unmodified|verbatim|as[- ]is\b|word for word|exactly as)|(?:不要|勿|别|別|不得|无需|無需)[^\n]{0,6}(?:改写|改寫|修改|改动|改動|重写|重寫|优化|優化|润色|潤色|扩写|擴寫|改变|改變)|原样|原樣|書き換え|変更せず|変更しない|そのまま|nicht (?:um)?(?:schreiben|formulieren|ändern|verändern)|unverändert|sin (?:cambi|modific|reescrib)|no (?:lo )?(?:reescrib|cambi|modifi)|sans (?:le )?(?:modifi|réécri|chang)|ne (?:le )?(?:modifi|réécri|chang)|não (?:o )?(?:reescrev|alter|mud|modifi)|sem (?:alter|modific|mudan)|не (?:переписыв|изменя|меня)|без изменени|수정하지|바꾸지|그대로/iu

// OpenAI's own advice for dall-e-3; it stands on the line of the prompt.
const testOfTheTool =
  /^i need to test how the tool works with extremely simple prompts[.!]? {0,3}do not add any detail, just use it as-is:?\s*/i

/**
 * Takes an instruction off that tells the model to use the text after it unchanged, as programs put it on the first line for
 * models that rewrite prompts. A first line that says anything about a picture stays.
 */
export const readWrittenPrompt = (written: string): WrittenPrompt => {
  const text = written.trimStart()
  const test = testOfTheTool.exec(text.slice(0, longestInstruction))
  if (test && text.length > test[0].length) return { text: text.slice(test[0].length), unchanged: true }
  const end = text.slice(0, longestInstruction + 1).indexOf("\n")
  const line = end === -1 ? "" : text.slice(0, end).trim()
  const rest = text.slice(end + 1)
  return /[:：]$/.test(line) && aboutThePrompt.test(line) && leavesItAlone.test(line) && rest.trim() !== ""
    ? { text: rest.trimStart(), unchanged: true }
    : { text: written, unchanged: false }
}
