/** A message whose parts have been put together to text: `""` where it has none. */
export interface ChatMessage {
  readonly role: string
  readonly content: string
}

export const isSystem = ({ role }: ChatMessage): boolean => role === "system" || role === "developer"

// What a background request asks for stands at its beginning or at its end; what is between is the conversation.
const lookedAt = 8192

/** The beginning and the end of a text, without the white space around it and with plain line ends. */
export const boundedText = (text: string): string => {
  const trimmed = text.trim()
  const bounded = trimmed.length > 2 * lookedAt ? `${trimmed.slice(0, lookedAt)}\n${trimmed.slice(-lookedAt)}` : trimmed
  return bounded.replace(/\r\n?/g, "\n")
}

// A title is made of the first message, a summary of the last ones.
const messagesLookedAt = 100

/** The first and the last messages, each of them bounded. */
export const boundedMessages = (messages: ReadonlyArray<ChatMessage>): ReadonlyArray<ChatMessage> => {
  const chosen =
    messages.length > 2 * messagesLookedAt
      ? [...messages.slice(0, messagesLookedAt), ...messages.slice(-messagesLookedAt)]
      : messages
  return chosen.map(({ content, role }) => ({ role, content: boundedText(content) }))
}
