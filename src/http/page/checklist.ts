import { copy } from "./clipboard.ts"
import { byId, element } from "./dom.ts"
import { label, messages } from "./messages.ts"
import { service } from "./service.ts"

const bindings: ReadonlyArray<string> = ["AI", "FLUX_CF_KV"]

const isKnown = (variable: string): variable is keyof typeof messages.settings => variable in messages.settings

const commandFor = (variable: string): string => {
  if (bindings.includes(variable)) return "npm run deploy"
  // A variable set as a secret is kept by the next deploy, and needs no edit of a file.
  return `npx wrangler secret put ${variable}`
}

const command = (line: string): HTMLElement => {
  const button = element("button", { type: "button", className: "link", textContent: messages.copy })
  label(button, `${messages.copy}: ${line}`)
  button.addEventListener("click", () => void copy(line))
  return element("div", { className: "command" }, element("code", { textContent: line }), button)
}

const item = ({ message, variable }: (typeof service.problems)[number]): HTMLElement => {
  const parts: Array<Node> = [element("strong", {}, element("code", { textContent: variable }))]
  if (isKnown(variable)) parts.push(element("p", { textContent: messages.settings[variable] }))
  else parts.push(element("p", {}, `${messages.settingWrong} `, element("span", { lang: "en", textContent: message })))
  const bound = bindings.includes(variable)
  if (bound) parts.push(element("p", { className: "meta", textContent: messages.setupBinding }))
  else parts.push(element("p", { className: "meta", textContent: messages.setupCommand }))
  parts.push(command(commandFor(variable)))
  if (!bound) parts.push(element("p", { className: "meta", textContent: messages.setupDashboard }))
  return element("li", {}, element("div", { className: "setting" }, ...parts))
}

/** Shows what is to be set before the service can draw. */
export const showChecklist = (): void => {
  byId("setup", HTMLElement).hidden = false
  byId("setup-list", HTMLElement).replaceChildren(...service.problems.map(item))
  byId("check-again", HTMLButtonElement).addEventListener("click", () => location.reload())
}
