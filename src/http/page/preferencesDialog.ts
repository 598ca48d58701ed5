import { pageMessages } from "../locales/languages.generated.ts"
import { byId, element, icon } from "./dom.ts"
import { messages } from "./messages.ts"
import { chosenLanguage, chosenTheme } from "./preferences.ts"
import { showTheme } from "./theme.ts"

const dialog = byId("preferences", HTMLDialogElement)
const theme = byId("theme", HTMLSelectElement)
const language = byId("language", HTMLSelectElement)

/** Sets up what this browser may choose for itself: how the page looks, and which language it speaks. */
export const startPreferences = (): void => {
  const option = (value: string, textContent: string) => element("option", { value, textContent })
  const { dark, light } = messages.choices
  theme.append(option("", messages.automatic), option("light", light), option("dark", dark))
  theme.value = chosenTheme.get()
  theme.addEventListener("change", () => {
    chosenTheme.set(theme.value === "light" || theme.value === "dark" ? theme.value : "")
    showTheme()
  })
  language.append(
    option("", messages.automatic),
    ...Object.keys(pageMessages).map((tag) => {
      // Each in its own words, for whoever does not read the one that the page is in.
      const made = option(tag, new Intl.DisplayNames(tag, { type: "language" }).of(tag) ?? tag)
      made.lang = tag
      return made
    })
  )
  language.value = chosenLanguage.get()
  language.addEventListener("change", () => {
    chosenLanguage.set(language.value)
    location.reload()
  })
  const button = byId("preferences-button", HTMLButtonElement)
  button.append(icon("preferences"))
  button.addEventListener("click", () => dialog.showModal())
}
