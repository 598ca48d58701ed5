import { messages } from "./messages.ts"
import { announce } from "./toast.ts"

/** Copies, and says whether it worked. */
export const copy = async (text: string): Promise<void> => {
  try {
    await navigator.clipboard.writeText(text)
    announce(messages.copied)
  } catch {
    announce(copyBySelection(text) ? messages.copied : messages.copyFailed)
  }
}

/** For pages that came over plain http, where browsers have no clipboard. */
const copyBySelection = (text: string): boolean => {
  const field = document.createElement("textarea")
  field.value = text
  // Outside of an open dialog nothing can be selected.
  const place = document.querySelector("dialog[open]") ?? document.body
  place.append(field)
  field.select()
  const copied = document.execCommand("copy")
  field.remove()
  return copied
}

/** A markdown image; what could end its parts is left out of the words, and links of the service hold nothing such. */
export const markdownImage = (words: string, url: string): string =>
  `![${words
    .replace(/[[\]<>`\\$]/g, " ")
    .replace(/\s+/g, " ")
    .trim()}](${url})`
