import { type ImageKey, keyOf, makeImageKey } from "../../domain/ImageKey.ts"
import type { ChatCompletionRequest } from "../chat/ChatApi.ts"
import { image } from "../chat/Markdown.ts"
import { imageUrl, type Origins } from "../origins.ts"
import { isFields } from "./imageTool.ts"
import type { ResponsesRequest } from "./ResponsesApi.ts"
import { readReference } from "./responseIds.ts"

type Message = ChatCompletionRequest["messages"][number]

/** What a picture of the conversation is that is not stored under the key in its link. */
export type Remembered =
  | { readonly _tag: "Unknown" }
  /** It came along, as base64. `param` is where. */
  | { readonly _tag: "Sent"; readonly base64: string; readonly param: string }

/** A conversation in the form of chat: what is referred to by its id is a message of the assistant with a link. */
export interface Conversation {
  readonly messages: ReadonlyArray<Message>
  /** By the id of the key in the link. */
  readonly remembered: ReadonlyMap<string, Remembered>
  /** The key of the newest picture that is referred to by its id. */
  readonly newest: ImageKey | undefined
}

/** Reads what was said so far, as chat would have it. `now` is in seconds since 1970. */
export const readConversation = (
  { input, instructions, previous_response_id }: ResponsesRequest,
  origins: Origins,
  now: number
): Conversation => {
  const remembered = new Map<string, Remembered>()
  let newest: ImageKey | undefined

  const recall = (key: ImageKey): ReadonlyArray<Message> => {
    newest = key
    return [{ role: "assistant", content: image("", imageUrl(origins, keyOf(key, "image/jpeg"))) }]
  }

  /** Chat knows pictures by their links, so what has none gets one that ended long ago. */
  const standIn = (stored: Remembered): ReadonlyArray<Message> => {
    const key = makeImageKey(String(remembered.size).padStart(22, "0"), firstSecond)
    remembered.set(key.id, stored)
    return recall(key)
  }

  const refer = (id: string): ReadonlyArray<Message> => {
    const reference = readReference(id)
    switch (reference._tag) {
      case "Image":
        return recall(reference.key)
      case "Text":
        return []
      case "Unknown":
        return standIn({ _tag: "Unknown" })
    }
  }

  const readCall = (id: string, result: unknown, index: number): ReadonlyArray<Message> => {
    const reference = readReference(id)
    const stored = reference._tag === "Image" && reference.key.expiresAt > now
    if (stored || typeof result !== "string" || result === "") return refer(id)
    const sent: Remembered = { _tag: "Sent", base64: result, param: `input.${index}.result` }
    if (reference._tag !== "Image") return standIn(sent)
    // The text of its answer links to it, too.
    remembered.set(reference.key.id, sent)
    return recall(reference.key)
  }

  const readItem = (item: unknown, index: number): ReadonlyArray<Message> => {
    if (!isFields(item)) return []
    const { content, id = "", output, result, role, type = "message" } = item
    if (typeof id !== "string") return []
    if (type === "message" && typeof role === "string") return [{ role, content: readContent(content) }]
    if (type === "image_generation_call") return readCall(id, result, index)
    // Of what is referred to, only answers and pictures could be ours.
    if (type === "item_reference" && /^(?:resp|msg|ig)_/.test(id)) return refer(id)
    if (type === "function_call_output") return [{ role: "tool", content: readContent(output) }]
    return []
  }

  const system = typeof instructions === "string" && instructions !== "" ? instructions : undefined
  const items = typeof input === "string" ? [{ role: "user", content: input }] : (input ?? [])
  const messages = [
    ...(system === undefined ? [] : [{ role: "system", content: system }]),
    ...(previous_response_id ? refer(previous_response_id) : []),
    ...items.flatMap(readItem)
  ]
  return { messages, remembered, newest }
}

/** 2001: a key has ten digits, and this one is never good again. */
const firstSecond = 1_000_000_000

/** The parts as chat has them. */
const readContent = (content: unknown): unknown =>
  Array.isArray(content)
    ? content.map((part: unknown) => (isFields(part) && part.type === "output_text" ? { ...part, type: "text" } : part))
    : content
