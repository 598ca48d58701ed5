import { copyLine } from "./copyLine.ts"
import { byId, element, textButton } from "./dom.ts"
import { newIdentifier } from "./identifier.ts"
import { messages } from "./messages.ts"
import { service } from "./service.ts"

const bindings: ReadonlyArray<string> = ["AI", "FLUX_CF_KV"]
const isBinding = (variable: string): boolean => bindings.includes(variable)

const isKnown = (variable: string): variable is keyof typeof messages.settings => variable in messages.settings

/** Makes a key that nobody guesses, to be copied before the command asks for it. */
const keyMaker = (): HTMLElement => {
  const place = element("div", { className: "stack" })
  const make = textButton(messages.makeKey, () => {
    const told = element("p", { textContent: messages.madeKey })
    place.replaceChildren(told, copyLine(`sk-${newIdentifier()}${newIdentifier()}`, messages.apiKey))
    place.querySelector("button")?.focus()
  })
  place.append(make)
  return place
}

const item = ({ message, variable }: (typeof service.problems)[number]): HTMLElement => {
  const told = isKnown(variable)
    ? element("p", { textContent: messages.settings[variable] })
    : element("p", {}, `${messages.settingWrong} `, element("span", { lang: "en", textContent: message }))
  // A variable set as a secret is kept by the next deploy, and needs no edit of a file.
  const commands = isBinding(variable) ? [] : [copyLine(`npx wrangler secret put ${variable}`)]
  const name = element("strong", {}, element("code", { textContent: variable }))
  return element(
    "li",
    {},
    element("div", { className: "setting" }, name, told, ...(variable === "API_KEY" ? [keyMaker()] : []), ...commands)
  )
}

/** Shows what is to be set before the service can draw, and once for all of it where that is done. */
export const showChecklist = (): void => {
  byId("setup", HTMLElement).hidden = false
  byId("setup-list", HTMLElement).replaceChildren(...service.problems.map(item))
  const bound = service.problems.some(({ variable }) => isBinding(variable))
  const variables = service.problems.some(({ variable }) => !isBinding(variable))
  byId("setup-where", HTMLElement).replaceChildren(
    ...(variables ? [element("p", { textContent: messages.setupVariables })] : []),
    ...(bound ? [element("p", { textContent: messages.setupBindings }), copyLine("npm run deploy")] : [])
  )
  byId("check-again", HTMLButtonElement).addEventListener("click", () => location.reload())
}
