import { byId, element } from "./dom.ts"
import { changePrompts } from "./lines.ts"
import { lang, messages } from "./messages.ts"
import { withoutEnding } from "./promptWishes.ts"

const panel = byId("styles", HTMLElement)
const chip = byId("style-button", HTMLButtonElement)
const comma = lang === "ja" ? "、" : lang.startsWith("zh") ? "，" : ", "

const has = (text: string, phrase: string): boolean => text.toLowerCase().includes(phrase.toLowerCase())

/** Before a ratio or flags at the end of a prompt, which would be text otherwise. */
const added = (text: string, phrase: string): string => {
  const body = withoutEnding(text).replace(/[\s,;，、]{1,9}$/, "")
  return body + comma + phrase + text.slice(body.length)
}

const removed = (text: string, phrase: string): string => {
  const start = text.toLowerCase().indexOf(phrase.toLowerCase())
  const before = text.slice(0, start)
  return (before.endsWith(comma) ? before.slice(0, -comma.length) : before) + text.slice(start + phrase.length)
}

/** What was typed with a style, or without it where it has it. */
export const toggleStyle = (typed: string, phrase: string): string => {
  const change = has(typed, phrase) ? removed : added
  return changePrompts(typed, (prompt) =>
    has(prompt, phrase) === (change === removed) ? change(prompt, phrase) : prompt
  )
}

/** Shows which styles a prompt has. */
export const showStyles = (prompt: string): void => {
  let any = false
  for (const button of panel.querySelectorAll("button")) {
    const pressed = has(prompt, button.textContent ?? "")
    button.ariaPressed = String(pressed)
    any ||= pressed
  }
  chip.classList.toggle("followed", any)
}

/** Offers the styles; `toggle` is called with the phrase of the one that is clicked. */
export const startStyles = (toggle: (phrase: string) => void): void => {
  panel.append(
    ...messages.choices.styles.map((phrase) => {
      const button = element("button", { type: "button", className: "chip", textContent: phrase })
      button.addEventListener("click", () => toggle(phrase))
      return button
    })
  )
}
