import { byId } from "./dom.ts"
import { messages } from "./messages.ts"

const announcement = byId("announcement", HTMLElement)
let fading: ReturnType<typeof setTimeout> | undefined

/** Says something in passing, to eyes and screen readers. */
export const announce = (text: string): void => {
  clearTimeout(fading)
  announcement.textContent = text
  fading = setTimeout(() => announcement.replaceChildren(), 4000)
}

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
  document.body.append(field)
  field.select()
  const copied = document.execCommand("copy")
  field.remove()
  return copied
}
