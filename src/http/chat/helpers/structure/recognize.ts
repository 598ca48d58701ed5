import * as Result from "effect/Result"
import { parsePrompt } from "../../../../domain/PromptText.ts"
import { type ChatMessage, isSystem } from "../messages.ts"
import { findAsked } from "./asking.ts"
import type { TextTask } from "./askingWords.ts"
import { depicting, noText, picture } from "./depicting.ts"
import { countForeignWords } from "./instructionWords.ts"
import { lowerCase } from "./patterns.ts"
import { type Reading, readText } from "./reading.ts"
import { foreignWord, type Signals, threshold, weights } from "./weights.ts"
import { beside, brief, conversation, limit, message, nothingElse, parsed, toGoOn, writer } from "./wording.ts"

/** A background request that was recognized by what it is made of. */
export interface AskedForText {
  readonly task: TextTask
  /** What it asks, without the talk: it says in which form the answer is wanted. */
  readonly instruction: string
  /** What the person has said in the talk that it is about, oldest first. */
  readonly prompts: ReadonlyArray<string>
}

interface Circumstances {
  /** There is a talk before this text. */
  readonly history: boolean
  readonly place: "user" | "system" | "note"
  readonly fewTokens: boolean
  readonly attached: boolean
}

// An instruction says what it wants at its beginning or at its end.
const instructionLength = 6000
const opening = 500
const firstWords = 80

const score = (signals: Signals): number =>
  Object.entries(weights).reduce(
    // The names are those of the signals: `weights` has no others.
    (sum, [name, weight]) => sum + (signals[name as keyof Signals] ? weight : 0),
    0
  )

const signalsOf = (instruction: string, at: number, quotes: Reading["quotes"], around: Circumstances): Signals => {
  const text = lowerCase(instruction)
  const named = { conversation: conversation.test(text), message: message.test(text) }
  const about = named.conversation || named.message
  return {
    asks: true,
    ...named,
    quotesStrongly: quotes === "strong",
    quotesWeakly: quotes === "weak",
    limit: limit.test(text),
    brief: brief.test(text),
    nothingElse: nothingElse.test(text),
    toGoOn: toGoOn.test(text),
    parsed: parsed.test(text),
    writer: writer.test(text.slice(0, opening)) || (around.place === "system" && at < firstWords && about),
    note: around.place === "note",
    fewTokens: around.fewTokens,
    beside: beside.test(text),
    depicting: depicting.test(text),
    picture: picture.test(text),
    noText: noText.test(text),
    flags: around.place === "user" && hasFlags(instruction),
    attached: around.attached
  }
}

const hasFlags = (text: string): boolean =>
  Result.match(parsePrompt(text.slice(-1000)), {
    onFailure: () => true,
    onSuccess: ({ flags }) => Object.keys(flags).length > 0
  })

const recognizeReading = (reading: Reading, around: Circumstances): AskedForText | undefined => {
  const instruction = boundedInstruction(reading.instruction)
  const asked = findAsked(lowerCase(instruction))
  if (!asked || !stands(asked.at, instruction, around)) return undefined
  const signals = signalsOf(instruction, asked.at, reading.quotes, around)
  // A talk has to be there, and what is asked has to be about it.
  const aboutIt =
    signals.conversation ||
    signals.message ||
    (around.place === "user" ? reading.quotes !== "none" : around.place === "note" || signals.writer)
  const isThere = reading.quotes !== "none" || around.history
  // What only stands after a talk, and quotes nothing, a person may have typed.
  const typed = around.place === "user" && reading.quotes === "none"
  const foreign = typed ? countForeignWords(lowerCase(instruction)) * foreignWord : 0
  return aboutIt && isThere && score(signals) + foreign >= threshold
    ? { task: asked.task, instruction, prompts: reading.userTurns }
    : undefined
}

/** A person's system prompt may speak of titles somewhere; one that is about nothing else begins with them. */
const stands = (at: number, instruction: string, around: Circumstances): boolean =>
  around.place === "user" ? at < 1500 || at > instruction.length - 1500 : at < opening

const boundedInstruction = (text: string): string => {
  const trimmed = text.trim()
  return trimmed.length > instructionLength
    ? `${trimmed.slice(0, instructionLength / 2)}\n${trimmed.slice(-instructionLength / 2)}`
    : trimmed
}

const recognizeText = (text: string, around: Circumstances): AskedForText | undefined => {
  // Most prompts ask for nothing, and need no taking apart.
  if (!findAsked(lowerCase(text.slice(0, 5000))) && !findAsked(lowerCase(text.slice(-5000)))) return undefined
  for (const reading of readText(text)) {
    const found = recognizeReading(reading, around)
    if (found) return found
  }
  return undefined
}

/** What a request shows beside its messages. */
export interface Shown {
  /** How many tokens the answer may have. */
  readonly maxTokens?: number | undefined
  /** Whether the last message of the user has a picture. */
  readonly attached?: boolean | undefined
}

const fewTokens = 100

/** Tells by its structure that a request is for a title, a summary, tags, questions or a language of a conversation. */
export const recognizeByStructure = (messages: ReadonlyArray<ChatMessage>, shown: Shown): AskedForText | undefined => {
  const lastUser = messages.findLastIndex(({ role }) => role === "user")
  const few = shown.maxTokens !== undefined && shown.maxTokens <= fewTokens
  const attached = shown.attached ?? false
  const around = (place: Circumstances["place"], history: boolean) => ({ place, history, fewTokens: few, attached })
  const said = messages.slice(0, Math.max(lastUser, 0)).filter((other) => !isSystem(other) && other.content !== "")

  for (const note of messages.slice(lastUser + 1).filter(isSystem)) {
    const found = recognizeText(note.content, around("note", true))
    if (found) return found
  }
  const system = messages.slice(0, Math.max(lastUser, 0)).find(isSystem)
  if (system) {
    const found = recognizeText(system.content, around("system", true))
    if (found) return { ...found, prompts: [...found.prompts, ...promptsAfter(messages.slice(0, lastUser + 1))] }
  }
  const last = messages[lastUser]
  if (!last) return undefined
  const asked = recognizeText(last.content, around("user", said.length > 0))
  if (asked) return asked
  // Some send the instruction and the message that it is about one after the other.
  const before = messages[lastUser - 1]
  if (before?.role !== "user" || !/[:：]$/.test(before.content)) return undefined
  const found = recognizeText(before.content, around("user", true))
  return found && { ...found, prompts: [last.content] }
}

/** Under a system message that asks for a text each message of the user is what it is about, or a form around that. */
const promptsAfter = (messages: ReadonlyArray<ChatMessage>): ReadonlyArray<string> =>
  messages
    .filter(({ content, role }) => role === "user" && content !== "")
    .flatMap(({ content }) => {
      const readings = readText(content)
      const quoting = readings.find(({ quotes, userTurns }) => quotes !== "none" && userTurns.length > 0)
      if (quoting) return quoting.userTurns
      return asksOnly(content) ? [] : [content]
    })

/** Whether a message asks for a text of a conversation, and so is no prompt of the person. */
export const asksOnly = (text: string): boolean => {
  const instruction = lowerCase(text.slice(0, 1000))
  return (
    text.length < 3000 &&
    conversation.test(instruction) &&
    findAsked(instruction) !== undefined &&
    !depicting.test(instruction) &&
    !picture.test(instruction)
  )
}
