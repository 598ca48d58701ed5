import { byId, element, textButton } from "./dom.ts"
import { messages } from "./messages.ts"

const place = byId("toast", HTMLElement)
let fading: ReturnType<typeof setTimeout> | undefined

const show = (parts: ReadonlyArray<Node>, milliseconds: number): void => {
  clearTimeout(fading)
  // An open dialog hides what is outside of it, also from screen readers.
  const dialogs = document.querySelectorAll("dialog[open]")
  const above = dialogs[dialogs.length - 1] ?? document.body
  if (place.parentElement !== above) above.append(place)
  place.replaceChildren(...parts)
  fading = setTimeout(() => place.replaceChildren(), milliseconds)
}

/** Says something in passing, to eyes and screen readers. */
export const announce = (text: string): void => show([element("span", { textContent: text })], 4000)

/** Says what was done, and offers for ten seconds to take it back. */
export const offerUndo = (text: string, undo: () => void): void => {
  const button = textButton(messages.undo, () => {
    place.replaceChildren()
    undo()
  })
  show([element("span", { textContent: text }), button], 10_000)
}
