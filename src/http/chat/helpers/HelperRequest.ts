import * as Option from "effect/Option"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { parsePrompt } from "../../../domain/PromptText.ts"
import {
  type Anchor,
  type HelperFingerprint,
  type HelperTask,
  helperFingerprints,
  type Transcript
} from "./HelperFingerprints.ts"
import { nextChatPrompts } from "./HelperFingerprintsNextChat.ts"

/** A message whose parts have been put together to text: `""` where it has none. */
export interface ChatMessage {
  readonly role: string
  readonly content: string
}

/** What a chat request shows of its purpose. At least one message is the user's. */
export interface HelperProbe {
  readonly messages: ReadonlyArray<ChatMessage>
  readonly responseFormat?: "text" | "json_object" | "json_schema" | undefined
  /** `tool_choice` is an object or `"required"`. */
  readonly toolChoiceForced?: boolean
  readonly toolNames?: ReadonlyArray<string>
  readonly modalities?: ReadonlyArray<string> | undefined
}

export interface HelperAnswer {
  /** The client's name, such as `Open WebUI`; `unknown` where only the form of the request told. */
  readonly client: string
  readonly task: HelperTask
  /** The content to answer with, in the form that the client parses. */
  readonly text: string
}

const fallbackTitle = "Image"
const ready = "Ready to draw. Send a description of a picture."
const noTools = "This service draws pictures and calls no tools. Send a description of a picture."
const notFromUser =
  "No picture was drawn, because the last message is not from the user. Send a description of a picture."

/**
 * Tells the requests that clients make by themselves (a title, tags, follow-up questions, a connection test) from those for
 * a picture, and gives the answer that the client can use. `undefined`: a picture is wanted, so draw it.
 */
export const recognizeHelper = (probe: HelperProbe): HelperAnswer | undefined => {
  const messages = probe.messages.map(({ content, role }) => ({ role, content: normalize(content) }))
  const wantsJson = probe.responseFormat === "json_object" || probe.responseFormat === "json_schema"
  const last = messages.at(-1)
  if (last && last.role !== "user") return answerToOther(last, messages, wantsJson)

  const system = messages.find(isSystem)
  const fingerprint = helperFingerprints.find((candidate) => fits(candidate, messages, system, probe.toolNames ?? []))
  if (fingerprint) {
    const { client, task } = fingerprint
    const prompts = findPrompts(fingerprint, messages)
    const fields = fingerprint.json ?? (wantsJson ? {} : undefined)
    const text = fields ? JSON.stringify({ ...fields, ...jsonFields(task, prompts) }) : plainText(task, prompts)
    return { client, task, text }
  }
  if (wantsJson) return { client: "unknown", task: "json", text: "{}" }
  if (probe.toolChoiceForced) return { client: "unknown", task: "tools", text: noTools }
  if (probe.modalities && !probe.modalities.includes("image")) return { client: "unknown", task: "text", text: ready }
  return undefined
}

const normalize = (text: string): string => text.replace(/\r\n?/g, "\n").trim()

const isSystem = ({ role }: ChatMessage): boolean => role === "system" || role === "developer"

/** A last message of the system asks for a summary; one of the assistant or of a tool is to be gone on with. */
const answerToOther = (last: ChatMessage, messages: ReadonlyArray<ChatMessage>, wantsJson: boolean): HelperAnswer => {
  const known = Object.values(nextChatPrompts).some(({ summarize }) => last.content === summarize)
  const client = known ? "NextChat" : "unknown"
  if (wantsJson) return { client, task: "json", text: "{}" }
  return isSystem(last)
    ? { client, task: "summary", text: plainText("summary", userPrompts(messages)) }
    : { client, task: "text", text: notFromUser }
}

const fits = (
  fingerprint: HelperFingerprint,
  messages: ReadonlyArray<ChatMessage>,
  system: ChatMessage | undefined,
  toolNames: ReadonlyArray<string>
): boolean => {
  const { aloneOrWithSystem, anchor, needsSystem, needsTool, on } = fingerprint
  const message = on === "system" ? system : messages.at(-1)
  return (
    message !== undefined &&
    matches(anchor, message.content) &&
    (!needsSystem || system !== undefined) &&
    (needsTool === undefined || toolNames.includes(needsTool)) &&
    (aloneOrWithSystem === undefined ||
      messages.every((other) => other === message || (other === system && other.content === aloneOrWithSystem)))
  )
}

const matches = (anchor: Anchor, text: string): boolean =>
  "is" in anchor
    ? text === anchor.is
    : text.startsWith(anchor.startsWith) && text.endsWith(anchor.endsWith ?? "") && text.includes(anchor.contains ?? "")

/** What the user asked to be drawn, oldest first. */
const findPrompts = (
  { transcript }: HelperFingerprint,
  messages: ReadonlyArray<ChatMessage>
): ReadonlyArray<string> => {
  const written = transcript ? readTranscript(transcript, messages.at(-1)?.content ?? "") : []
  return written.length > 0 ? written : userPrompts(messages)
}

const userPrompts = (messages: ReadonlyArray<ChatMessage>): ReadonlyArray<string> =>
  messages
    .filter(({ content, role }) => role === "user" && content !== "" && !isHelperText(content))
    .map(({ content }) => content)

const isHelperText = (text: string): boolean =>
  helperFingerprints.some(({ anchor, on }) => on === "user" && matches(anchor, text))

const MainTexts = Schema.fromJsonString(Schema.Array(Schema.Struct({ role: Schema.String, mainText: Schema.String })))
const decodeMainTexts = Schema.decodeUnknownOption(MainTexts)

const readTranscript = (transcript: Transcript, text: string): ReadonlyArray<string> => {
  if (transcript === "mainText") {
    const turns = Option.getOrElse(decodeMainTexts(text), () => [])
    return turns.filter(({ mainText, role }) => role === "user" && mainText.trim()).map(({ mainText }) => mainText)
  }
  const found = transcript.map((pattern) =>
    Array.from(text.matchAll(pattern), (match) => (match[1] ?? "").trim()).filter((prompt) => prompt !== "")
  )
  return found.find((prompts) => prompts.length > 0) ?? []
}

const plainText = (task: HelperTask, prompts: ReadonlyArray<string>): string =>
  task === "title" ? titleOf(prompts) : task === "summary" ? summaryOf(prompts) : ready

const jsonFields = (task: HelperTask, prompts: ReadonlyArray<string>): Readonly<Record<string, unknown>> => {
  switch (task) {
    case "title":
      return { title: titleOf(prompts) }
    case "tags":
      return { tags: ["General"] }
    case "follow_ups":
      return { follow_ups: [] }
    case "queries":
      return { queries: [] }
    case "autocomplete":
      return { text: "" }
    case "image_prompt":
      return { prompt: prompts.at(-1) ?? fallbackTitle }
    case "summary":
      return { summary: summaryOf(prompts) }
    case "tools":
      return { tool_calls: [] }
    case "json":
      // The wording does not tell the task, but each client reads only the field that it asked for.
      return Object.fromEntries(openTasks.flatMap((open) => Object.entries(jsonFields(open, prompts))))
    case "probe":
    case "text":
      return {}
  }
}

const openTasks = ["title", "tags", "follow_ups", "queries", "autocomplete", "image_prompt"] as const

const titleWords = 6
// Languages without spaces have sentences of one "word".
const titleLength = 50

const titleOf = (prompts: ReadonlyArray<string>): string => {
  const prompt = prompts.map(cleanPrompt).find((text) => text !== "") ?? ""
  const words = prompt.split(" ").slice(0, titleWords).join(" ")
  return shorten(words, titleLength).replace(/[\s.,;:!?…。，、；：！？–—-]+$/u, "") || fallbackTitle
}

const summarizedPrompts = 10
const summarizedLength = 100

const summaryOf = (prompts: ReadonlyArray<string>): string => {
  const cleaned = prompts.map(cleanPrompt).filter((text) => text !== "")
  if (cleaned.length === 0) return "The user has not asked for any picture yet."
  const named = cleaned.slice(-summarizedPrompts).map((text) => `"${shorten(text, summarizedLength)}"`)
  return `The user asked for these pictures: ${named.join("; ")}.`
}

const shorten = (text: string, length: number): string => Array.from(text).slice(0, length).join("").trimEnd()

/** The prompt on one line, without the flags at its end and without markdown. */
const cleanPrompt = (text: string): string =>
  Result.match(parsePrompt(text), { onFailure: () => text, onSuccess: ({ prompt }) => prompt })
    .slice(0, 1000)
    .replace(/!\[[^\]]*\]\([^)]*\)/g, " ")
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/^\s*(?:#{1,6}|>|[-+])\s+/gm, "")
    .replace(/[*`]+|~~|(?<!\w)_+|_+(?!\w)/g, "")
    .replace(/\s+/g, " ")
    .trim()
