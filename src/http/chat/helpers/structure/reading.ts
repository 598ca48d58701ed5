import { userTurnsOfJson, withoutJsonMessages } from "../jsonMessages.ts"
import { toldPrompts, withoutOwnAnswers } from "../ownAnswers.ts"
import { readRoleLines } from "../roleLines.ts"
import { findAsked } from "./asking.ts"
import { lowerCase } from "./patterns.ts"
import { message } from "./wording.ts"

/** A text taken apart into what it asks for and the talk that it quotes. */
export interface Reading {
  readonly instruction: string
  /** What the person says in the talk, oldest first. */
  readonly userTurns: ReadonlyArray<string>
  /** `strong` where nothing but a talk is written so, `weak` where it may be any text, `none` where nothing is quoted. */
  readonly quotes: "none" | "weak" | "strong"
}

const quotingTags = new Set(
  "chat_history,chat-history,history,conversation,conversation_history,transcript,dialogue,dialog,chat,messages,message,user_message,user-message,user_input,user_query,user_prompt,first_message,session,thread,discussion,content,input,query,do-not-exec,user,human".split(
    ","
  )
)
// What an instruction shows to explain itself.
const exampleTags = new Set(["example", "examples", "sample", "samples"])
const answerTags = new Set(["assistant", "ai", "bot", "model", "assistant_message", "assistant_response", "answer"])

const openTag = /<([a-z][a-z_-]{1,30})(?:\s[^<>]{0,100})?>/gi
const assistantTag = /<\/?(?:assistant|ai|bot|model)>/i

interface Tagged {
  readonly rest: string
  readonly blocks: ReadonlyArray<string>
  readonly answers: boolean
}

/** Takes the elements out that hold a talk or examples. A name without an end is looked for once. */
const withoutElements = (text: string): Tagged => {
  const unclosed = new Set<string>()
  const blocks: Array<string> = []
  let answers = false
  let rest = ""
  let read = 0
  for (const match of text.matchAll(openTag)) {
    const name = (match[1] ?? "").toLowerCase()
    const known = quotingTags.has(name) || exampleTags.has(name) || answerTags.has(name)
    if (match.index < read || unclosed.has(name) || !known) continue
    const begin = match.index + match[0].length
    const end = text.indexOf(`</${match[1]}>`, begin)
    if (end === -1) {
      unclosed.add(name)
      continue
    }
    // "Wrap it in <title></title>": an element without a text is a form to fill in.
    if (answerTags.has(name)) answers = true
    if (quotingTags.has(name) && text.slice(begin, end).trim().length > 1) blocks.push(text.slice(begin, end).trim())
    rest += `${text.slice(read, match.index)}\n`
    read = end + name.length + 3
  }
  return { rest: rest + text.slice(read), blocks, answers }
}

const examplesHeading =
  /^\W{0,6}(?:good |bad )?(?:examples?|samples?|示例|例子|範例|范例|例|예시|ejemplos?|exemplos?|exemples?|beispiele?|примеры?|esempi)(?: \p{L}+){0,2}\W{0,4}$/iu
const heading = /^(?:#{1,6} |\*\*|<|$)/

/** Without the lines after a heading that says "Examples". */
const withoutExamples = (text: string): string => {
  let inside = false
  return text
    .split("\n")
    .filter((line) => {
      const short = line.slice(0, 60)
      if (line.length <= 60 && examplesHeading.test(short)) inside = true
      else if (inside && heading.test(short)) inside = false
      return !inside
    })
    .join("\n")
}

const turnsOfBlock = (block: string): ReadonlyArray<string> => {
  const json = userTurnsOfJson(block)
  if (json.length > 0) return json
  const tagged = withoutElements(block).blocks
  if (tagged.length > 0) return tagged
  return readRoleLines(block)?.userTurns ?? (toldPrompts(block).length > 0 ? toldPrompts(block) : [block])
}

/** The lines after the last turn of a talk that are no part of it: those from the first one that asks for something. */
const instructionAfter = (lines: ReadonlyArray<string>): { readonly text: string; readonly lines: number } => {
  const asking = lines.findIndex((line) => findAsked(lowerCase(line.slice(0, 400))) !== undefined)
  const blank = lines.findLastIndex((line) => line.trim() === "")
  // A last paragraph may be one too: "Draw it as a comic."
  const from = asking === -1 ? blank : blank > -1 && blank < asking ? Math.min(asking, blank + 1) : asking
  return from === -1 ? { text: "", lines: 0 } : { text: lines.slice(from).join("\n"), lines: lines.length - from }
}

// A pointer to what follows: after it the text is no longer an instruction.
const pointsOnTheLine =
  /(?:\b(?:following|below|here is|here['’]s|this|first|user['’]?s?|initial|user)(?: \p{L}+){0,3}? (?:message|prompt|text|query|question|input|request)s?|(?:以下|下面|用户|用戶|使用者)[^\n:：]{0,8}(?:消息|訊息|内容|內容|文本|文字|输入|輸入|问题|問題)|(?:以下|次)の[^\n:：]{0,6}(?:メッセージ|文章|内容|質問)|다음\s?[^\n:：]{0,6}(?:메시지|내용|글|질문)|mensaje[^\n:：]{0,14}|mensagem[^\n:：]{0,14}|message(?: de l['’]utilisateur)?|nachricht[^\n:：]{0,16}|сообщени[^\n:：]{0,16})[ *_]{0,3}[:：]/iu
const pointsAtItsEnd = /[:：][*_]{0,2}[ \t]*\n|```|"""|^-{3,}$/m

const splitAtPointer = (text: string): readonly [instruction: string, quoted: string] | undefined => {
  for (const pattern of [pointsOnTheLine, pointsAtItsEnd]) {
    const match = pattern.exec(text.slice(0, 4000))
    if (!match) continue
    const at = match.index + match[0].length
    const quoted = text.slice(at).trim()
    if (quoted !== "" && findAsked(lowerCase(text.slice(0, at))) !== undefined) return [text.slice(0, at), quoted]
  }
  return undefined
}

/** A first paragraph that asks for something about a message, and the message after it. */
const splitAtParagraph = (text: string): readonly [instruction: string, quoted: string] | undefined => {
  const at = text.indexOf("\n\n")
  if (at === -1 || at > 1500) return undefined
  const instruction = lowerCase(text.slice(0, at))
  return message.test(instruction) && findAsked(instruction) ? [text.slice(0, at), text.slice(at).trim()] : undefined
}

// What is quoted without a sign at its end is at least its first paragraph.
const firstParagraph = (text: string): string => {
  const [paragraph = ""] = text.split(/\n[ \t]*\n|\n *-{3}/, 1)
  return paragraph.slice(0, 2000).replace(/^[\s"'`“「]+|["'`”」]+$/g, "")
}

/** Every way in which a text may be an instruction and a talk. */
export const readText = (text: string): ReadonlyArray<Reading> => {
  const told = toldPrompts(text)
  const { answers, blocks, rest } = withoutElements(withoutOwnAnswers(text))
  const bare = withoutExamples(rest)
  const json = userTurnsOfJson(bare)
  if (json.length > 0) {
    return [{ instruction: withoutJsonMessages(bare), userTurns: json, quotes: "strong" }]
  }
  if (blocks.length > 0) {
    const both =
      answers || blocks.length > 1 || blocks.some((block) => assistantTag.test(block) || readRoleLines(block))
    return [{ instruction: bare, userTurns: blocks.flatMap(turnsOfBlock), quotes: both ? "strong" : "weak" }]
  }
  const lines = readRoleLines(bare)
  if (lines) {
    const after = instructionAfter(lines.lastLines)
    const last = lines.userTurns.at(-1) ?? ""
    // Where the talk ends in the person's words, the instruction would else be the last of them.
    const turns =
      !lines.both && after.lines > 0
        ? [...lines.userTurns.slice(0, -1), last.split("\n").slice(0, -after.lines).join("\n").trim()]
        : lines.userTurns
    const quotes = lines.both || lines.userTurns.length > 1 ? "strong" : "weak"
    const said = turns.map((turn) => (lines.both ? turn : firstParagraph(turn)))
    return [{ instruction: `${lines.before}\n${after.text}`, userTurns: said.filter((turn) => turn !== ""), quotes }]
  }
  const whole: Reading = {
    instruction: bare,
    userTurns: told,
    quotes: told.length > 0 ? "strong" : "none"
  }
  const splits = [splitAtPointer(bare), splitAtParagraph(bare)].filter((split) => split !== undefined)
  return [
    whole,
    ...splits.map(
      ([instruction, quoted]): Reading => ({
        instruction,
        userTurns: [firstParagraph(quoted.replace(/^[`"]{3}\w{0,20}\s/, ""))],
        quotes: "weak"
      })
    )
  ]
}
