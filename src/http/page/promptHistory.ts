import { stored } from "./stored.ts"

const most = 50
const none: ReadonlyArray<string> = []
const prompts = stored("flux-prompts", none)

/** Keeps a prompt for the next time, newest first. */
export const rememberPrompt = (prompt: string): void =>
  prompts.set([prompt, ...prompts.get().filter((each) => each !== prompt)].slice(0, most))

/**
 * Lets the arrow keys go through the prompts that were drawn before, as in a shell: upwards from the beginning of the text,
 * and on until one of them is changed. What was typed comes back at the end.
 */
export const startHistory = (field: HTMLTextAreaElement, changed: () => void): void => {
  let place = -1
  let typed = ""
  const at = (index: number): string | undefined => (index < 0 ? typed : prompts.get()[index])

  field.addEventListener("keydown", (event) => {
    const { altKey, ctrlKey, isComposing, key, metaKey, shiftKey } = event
    const step = key === "ArrowUp" ? 1 : key === "ArrowDown" ? -1 : 0
    if (step === 0 || altKey || ctrlKey || metaKey || shiftKey || isComposing) return
    if (place >= 0 && field.value !== at(place)) place = -1
    const fresh = place < 0
    if (fresh && (step < 0 || field.selectionStart > 0 || field.selectionEnd > 0)) return
    if (fresh) typed = field.value
    const text = at(place + step)
    if (text === undefined) return
    event.preventDefault()
    place += step
    field.value = text
    field.setSelectionRange(text.length, text.length)
    changed()
  })
}
