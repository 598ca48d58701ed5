import { answerTo, type Fields } from "./answerForm.ts"
import { type Anchor, type HelperFingerprint, type HelperTask, helperFingerprints } from "./HelperFingerprints.ts"
import { jsonFields, plainText, ready } from "./helperText.ts"
import { boundedMessages, type ChatMessage, isSystem } from "./messages.ts"
import { isConnectionTest } from "./probes.ts"
import { asksOnly, recognizeByStructure } from "./structure/recognize.ts"
import { readTranscript } from "./transcripts.ts"

/** What a chat request shows of its purpose. At least one message is the user's. */
export interface HelperProbe {
  readonly messages: ReadonlyArray<ChatMessage>
  readonly responseFormat?: "text" | "json_object" | "json_schema" | undefined
  /** The fields that the schema of `response_format` names. */
  readonly fields?: Fields | undefined
  /** `tool_choice` is an object or `"required"`. */
  readonly toolChoiceForced?: boolean
  readonly toolNames?: ReadonlyArray<string>
  readonly modalities?: ReadonlyArray<string> | undefined
  /** How many tokens the answer may have. */
  readonly maxTokens?: number | undefined
  /** Whether the last message of the user has a picture. */
  readonly attached?: boolean | undefined
}

export interface HelperAnswer {
  /** The client's name, such as `Open WebUI`; `unknown` where only the form of the request told. */
  readonly client: string
  readonly task: HelperTask
  /** The content to answer with, in the form that the client parses. */
  readonly text: string
}

const noTools = "This service draws pictures and calls no tools. Send a description of a picture."
const notFromUser =
  "No picture was drawn, because the last message is not from the user. Send a description of a picture."

/**
 * Tells the requests that clients make by themselves (a title, tags, follow-up questions, a connection test) from those for
 * a picture, and gives the answer that the client can use. `undefined`: a picture is wanted, so draw it. A text that is
 * known is certain; others are weighed by what they are made of, and in doubt a picture is drawn.
 */
export const recognizeHelper = (probe: HelperProbe): HelperAnswer | undefined => {
  const messages = withoutEmptyEnd(boundedMessages(probe.messages))
  const wantsJson = probe.responseFormat === "json_object" || probe.responseFormat === "json_schema"
  return (
    recognizeKnown(messages, probe, wantsJson) ??
    recognizeStructure(messages, probe, wantsJson) ??
    recognizeForm(messages, probe, wantsJson)
  )
}

/** Some clients send the answer that is to come as an empty message. */
const withoutEmptyEnd = (messages: ReadonlyArray<ChatMessage>): ReadonlyArray<ChatMessage> =>
  messages.slice(0, messages.findLastIndex(({ content, role }) => role === "user" || content !== "") + 1)

/** By a text that is known. */
const recognizeKnown = (
  messages: ReadonlyArray<ChatMessage>,
  { toolNames = [] }: HelperProbe,
  wantsJson: boolean
): HelperAnswer | undefined => {
  const system = messages.find(isSystem)
  const fingerprint = helperFingerprints.find((candidate) => fits(candidate, messages, system, toolNames))
  if (!fingerprint) return undefined
  const { client, task } = fingerprint
  const prompts = findPrompts(fingerprint, messages)
  const fields = fingerprint.json ?? (wantsJson ? {} : undefined)
  const text = fields ? JSON.stringify({ ...fields, ...jsonFields(task, prompts) }) : plainText(task, prompts)
  return { client, task, text }
}

/** By what the texts are made of. */
const recognizeStructure = (
  messages: ReadonlyArray<ChatMessage>,
  { attached, fields, maxTokens }: HelperProbe,
  wantsJson: boolean
): HelperAnswer | undefined => {
  const only = messages.filter((message) => !isSystem(message))
  if (only.length === 1 && !attached && isConnectionTest(only[0]?.content ?? "", maxTokens)) {
    return { client: "unknown", task: "probe", text: wantsJson ? "{}" : ready }
  }
  const found = recognizeByStructure(messages, { maxTokens, attached })
  if (!found) return undefined
  const { instruction, task } = found
  const prompts = found.prompts.length > 0 ? found.prompts : userPrompts(messages.slice(0, -1))
  return {
    client: "unknown",
    task,
    text: answerTo(instruction, { task, prompts }, wantsJson ? (fields ?? "json") : undefined)
  }
}

/** By the form of the request alone. A note of the system after the user's message changes nothing of what is wanted. */
const recognizeForm = (
  messages: ReadonlyArray<ChatMessage>,
  probe: HelperProbe,
  wantsJson: boolean
): HelperAnswer | undefined => {
  const { fields, modalities, toolChoiceForced } = probe
  if (wantsJson) {
    const text = fields ? answerTo("", { task: "text", prompts: userPrompts(messages) }, fields) : "{}"
    return { client: "unknown", task: "json", text }
  }
  const last = messages.findLast((message) => !isSystem(message))
  if (last && last.role !== "user") return { client: "unknown", task: "text", text: notFromUser }
  if (toolChoiceForced) return { client: "unknown", task: "tools", text: noTools }
  if (modalities && !modalities.includes("image")) return { client: "unknown", task: "text", text: ready }
  return undefined
}

const fits = (
  fingerprint: HelperFingerprint,
  messages: ReadonlyArray<ChatMessage>,
  system: ChatMessage | undefined,
  toolNames: ReadonlyArray<string>
): boolean => {
  const { aloneOrWithSystem, anchor, needsSystem, needsTool, on } = fingerprint
  const message = on === "system" ? system : askingMessages(messages).find(({ content }) => matches(anchor, content))
  return (
    message !== undefined &&
    matches(anchor, message.content) &&
    (!needsSystem || system !== undefined) &&
    (needsTool === undefined || toolNames.includes(needsTool)) &&
    (aloneOrWithSystem === undefined ||
      messages.every((other) => other === message || (other === system && other.content === aloneOrWithSystem)))
  )
}

/** The last message of the user, and what the system says after it: NextChat asks for a summary so. */
const askingMessages = (messages: ReadonlyArray<ChatMessage>): ReadonlyArray<ChatMessage> => {
  const last = messages.findLastIndex((message) => !isSystem(message))
  return messages.slice(messages[last]?.role === "user" ? last : last + 1)
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
  const asking = messages.findLast(({ role }) => role === "user")
  const written = transcript && asking ? readTranscript(transcript, asking.content) : []
  return written.length > 0 ? written : userPrompts(messages)
}

const userPrompts = (messages: ReadonlyArray<ChatMessage>): ReadonlyArray<string> =>
  messages
    .filter(({ content, role }) => role === "user" && content !== "" && !isHelperText(content))
    .map(({ content }) => content)

const isHelperText = (text: string): boolean =>
  helperFingerprints.some(({ anchor, on }) => on === "user" && matches(anchor, text)) || asksOnly(text)
