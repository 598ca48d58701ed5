import type { GeneratedImage, GenerationEvent } from "../../domain/GenerationEvent.ts"
import { findModel } from "../../domain/ModelCatalogue.ts"
import { errorSentence } from "../locales/errorSentence.ts"
import type { Messages } from "../locales/Messages.ts"
import { noticeText } from "../noticeText.ts"
import type { Origins } from "../origins.ts"
import { type ChatPiece, hardBreak, imageFailedText, imageLink, separator, sourceText } from "./chatText.ts"
import { image as markdownImage } from "./Markdown.ts"

/**
 * Writes what happens to a generation of `n` pictures with as few words as may be: the picture, with `prompt` as its
 * alternative text, and one line about it. What was done otherwise than asked follows the first picture. It takes the events
 * of one generation in their order.
 */
export const shortPieces = (
  prompt: string,
  n: number,
  messages: Messages,
  origins: Origins
): ((event: GenerationEvent) => ReadonlyArray<ChatPiece>) => {
  let remarks: ReadonlyArray<string> = []
  return (event) => {
    switch (event._tag) {
      case "PromptReady":
        remarks = [
          ...(event.source._tag === "Failed" ? [`⚠️ ${sourceText(event.source, messages)}`] : []),
          ...event.plan.notices.map((notice) => `⚠️ ${noticeText(notice, messages)}`)
        ]
        return []
      case "Drawing":
        return []
      case "ImageReady": {
        const { image, index } = event
        const lines = [lineOf(image, messages), ...remarksOf(image, messages), ...remarks]
        remarks = []
        return [
          ...(index === 0 ? [] : [{ text: separator(index) }]),
          { text: markdownImage(prompt, imageLink(image, origins)), image },
          { text: `\n\n${lines.join(hardBreak)}` }
        ]
      }
      case "ImageFailed":
        return [{ text: imageFailedText(event.index, n, errorSentence(event.error, messages), messages) }]
    }
  }
}

/** `1024×576 · seed 42 · klein` */
const lineOf = ({ model, seed, size }: GeneratedImage, messages: Messages): string =>
  [
    `${size.width}×${size.height}`,
    ...(seed === undefined ? [] : [`${messages.seed.trim().toLowerCase()} ${seed}`]),
    shortName(model)
  ].join(" · ")

const shortName = (id: string): string => {
  const aliases = findModel(id)?.aliases ?? []
  return aliases.find((alias) => !alias.includes("flux")) ?? aliases[0] ?? id
}

const remarksOf = (
  { notices = [], preview, storageFailed }: GeneratedImage,
  messages: Messages
): ReadonlyArray<string> => [
  ...notices.map((notice) => `⚠️ ${noticeText(notice, messages)}`),
  ...(preview ? [`🧪 ${messages.preview}`] : []),
  ...(storageFailed ? [`⚠️ ${messages.storageFailed}`] : [])
]
