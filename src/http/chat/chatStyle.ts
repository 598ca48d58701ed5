import type { GenerationEvent } from "../../domain/GenerationEvent.ts"
import type { GenerationRequest } from "../../domain/GenerationRequest.ts"
import type { ChatStyle } from "../../services/config/Operation.ts"
import type { Messages } from "../locales/Messages.ts"
import type { Origins } from "../origins.ts"
import { type ChatPiece, chatPieces, openingLine } from "./chatText.ts"
import { shortPieces } from "./shortText.ts"

/** The words in which a generation is told. */
export interface ChatWords {
  /** What can be said before anything has happened. */
  readonly opening: string
  /** What is said of an event. Takes the events of one generation in their order. */
  readonly write: (event: GenerationEvent) => ReadonlyArray<ChatPiece>
}

/** The words for a request in the style of `CHAT_STYLE`. */
export const chatWords = (
  style: ChatStyle,
  { n, originalPrompt, prompt }: Pick<GenerationRequest, "n" | "originalPrompt" | "prompt">,
  messages: Messages,
  origins: Origins
): ChatWords =>
  style === "short"
    ? { opening: "", write: shortPieces(prompt, n, messages, origins) }
    : { opening: openingLine(originalPrompt, messages), write: chatPieces(n, messages, origins) }
