import type { GeneratedImage, GenerationEvent, PromptSource } from "../../domain/GenerationEvent.ts"
import { formatSize } from "../../domain/ImageSize.ts"
import { errorSentence } from "../locales/errorSentence.ts"
import type { Messages } from "../locales/Messages.ts"
import { noticeText } from "../noticeText.ts"
import { imageUrl, type Origins } from "../origins.ts"
import { escapeInline, image as markdownImage } from "./Markdown.ts"

/** A piece of a chat answer: text, and the picture that it shows. */
export interface ChatPiece {
  readonly text: string
  readonly image?: Pick<GeneratedImage, "file" | "model" | "neurons" | "microdollars" | "storageFailed">
}

/** Two blanks: in every Markdown reader the next line is a line of its own. */
export const hardBreak = "  \n"

/** The line that can be written before anything else is known. */
export const openingLine = (originalPrompt: string, messages: Messages): string =>
  `🎨 ${messages.originalPrompt}: ${escapeInline(originalPrompt)}${hardBreak}`

/** Writes what happens to a generation of `n` pictures, the same for a stream and for a JSON answer. */
export const chatPieces =
  (n: number, messages: Messages, origins: Origins) =>
  (event: GenerationEvent): ReadonlyArray<ChatPiece> => {
    switch (event._tag) {
      case "PromptReady": {
        const notices = event.plan.notices.map((notice) => `⚠️ ${noticeText(notice, messages)}${hardBreak}`).join("")
        const text =
          `💬 ${messages.promptModel}: ${sourceText(event.source, messages)}${hardBreak}` +
          `🌐 ${messages.optimizedPrompt}: ${escapeInline(event.prompt)}${hardBreak}${notices}`
        return [{ text }]
      }
      case "Drawing":
        return []
      case "ImageReady":
        return imagePieces(event.image, separator(event.index), messages, origins)
      case "ImageFailed":
        return [{ text: imageFailedText(event.index, n, errorSentence(event.error, messages), messages) }]
    }
  }

/** The text that tells of a failure after a stream has opened. */
export const failureText = (message: string, messages: Messages): string =>
  `\n\n⚠️ ${messages.generationFailed} ${message}`

/** Says that one of `n` pictures failed. */
export const imageFailedText = (index: number, n: number, message: string, messages: Messages): string =>
  `${separator(index)}⚠️ ${messages.imageFailed(index + 1, n)} ${message}`

/** What stands between two pictures. */
export const separator = (index: number): string => (index === 0 ? "" : "\n\n")

const imagePieces = (
  image: GeneratedImage,
  before: string,
  messages: Messages,
  origins: Origins
): ReadonlyArray<ChatPiece> => {
  const lines = [
    `📐 ${messages.imageSize}: ${formatSize(image.size)}`,
    ...(image.seed === undefined ? [] : [`🎲 ${messages.seed}: ${image.seed}`]),
    ...(image.preview ? [`🧪 ${messages.preview}`] : []),
    ...(image.notices ?? []).map((notice) => `⚠️ ${noticeText(notice, messages)}`),
    `🌟 ${messages.imageGenerated}`,
    ...(image.storageFailed ? [`⚠️ ${messages.storageFailed}`] : []),
    messages.hereIsTheResult
  ]
  return [
    { text: `${before}${lines.join(hardBreak)}\n\n` },
    { text: markdownImage(messages.imageAlt, imageLink(image, origins)), image }
  ]
}

/** What could not be stored has been paid for: it goes into the answer itself. */
export const imageLink = (image: GeneratedImage, origins: Origins): string =>
  image.key ? imageUrl(origins, image.key) : (image.file?.dataUrl ?? "")

/** Which model made the prompt, or why none did. */
export const sourceText = (source: PromptSource, messages: Messages): string => {
  switch (source._tag) {
    case "Original":
      return messages.noPromptModel
    case "Optimized":
      return escapeInline(source.model)
    case "Failed":
      return `${messages.noPromptModel} (${messages.optimizationFailed[source.reason]})`
  }
}
