import { copy } from "./clipboard.ts"
import { byId, element, textButton } from "./dom.ts"
import { label, messages } from "./messages.ts"
import { service } from "./service.ts"

const bindings: ReadonlyArray<string> = ["AI", "FLUX_CF_KV"]
const isBinding = (variable: string): boolean => bindings.includes(variable)

const isKnown = (variable: string): variable is keyof typeof messages.settings => variable in messages.settings

const command = (line: string): HTMLElement => {
  const button = textButton(messages.copy, () => void copy(line), "link")
  label(button, `${messages.copy}: ${line}`)
  return element("div", { className: "command" }, element("code", { textContent: line }), button)
}

const item = ({ message, variable }: (typeof service.problems)[number]): HTMLElement => {
  const told = isKnown(variable)
    ? element("p", { textContent: messages.settings[variable] })
    : element("p", {}, `${messages.settingWrong} `, element("span", { lang: "en", textContent: message }))
  // A variable set as a secret is kept by the next deploy, and needs no edit of a file.
  const commands = isBinding(variable) ? [] : [command(`npx wrangler secret put ${variable}`)]
  const name = element("strong", {}, element("code", { textContent: variable }))
  return element("li", {}, element("div", { className: "setting" }, name, told, ...commands))
}

/** Shows what is to be set before the service can draw, and once for all of it where that is done. */
export const showChecklist = (): void => {
  byId("setup", HTMLElement).hidden = false
  byId("setup-list", HTMLElement).replaceChildren(...service.problems.map(item))
  const bound = service.problems.some(({ variable }) => isBinding(variable))
  const variables = service.problems.some(({ variable }) => !isBinding(variable))
  byId("setup-where", HTMLElement).replaceChildren(
    ...(variables ? [element("p", { textContent: messages.setupVariables })] : []),
    ...(bound ? [element("p", { textContent: messages.setupBindings }), command("npm run deploy")] : [])
  )
  byId("check-again", HTMLButtonElement).addEventListener("click", () => location.reload())
}
