import { copy } from "./clipboard.ts"
import { element, textButton } from "./dom.ts"
import { label, messages } from "./messages.ts"

/** A line of code with a button that copies it. Where a `secret` is in it, it is not shown, and `name` says what it is. */
export const copyLine = (line: string, name = line, secret = ""): HTMLElement => {
  const shown = secret === "" ? line : line.replaceAll(secret, "••••••••")
  const button = textButton(messages.copy, () => void copy(line), "link")
  label(button, `${messages.copy}: ${name}`)
  return element("div", { className: "command" }, element("code", { textContent: shown }), button)
}

/** The same with its name above. */
export const copyField = (name: string, line: string, secret?: string): HTMLElement =>
  element("div", { className: "field" }, element("span", { textContent: name }), copyLine(line, name, secret))
