import type { Locale } from "../../domain/Locale.ts"
import { pageMessages } from "../locales/languages.generated.ts"
import type { PageMessages } from "../locales/PageMessages.ts"
import { chosenLanguage } from "./preferences.ts"

/** The page's language: what was chosen here, else what the server has chosen. */
export const lang = chosenLanguage.get() || document.documentElement.lang
document.documentElement.lang = lang

const isLocale = (tag: string): tag is Locale => tag in pageMessages
const tag = lang.toLowerCase()

/** The texts in the page's language. */
export const messages: PageMessages = pageMessages[isLocale(tag) ? tag : "en"]

const textOf = (key: string | undefined): string => {
  const text = Object.entries({ ...messages, ...messages.choices }).find(([name]) => name === key)?.[1]
  if (typeof text !== "string") throw new Error(`The page names an unknown text: ${key}`)
  return text
}

/** Gives every element its words: `data-text` for its content, `data-label` for its name, `data-placeholder`. */
export const fillTexts = (): void => {
  for (const each of document.querySelectorAll<HTMLElement>("[data-text]")) each.textContent = textOf(each.dataset.text)
  for (const each of document.querySelectorAll<HTMLElement>("[data-label]")) label(each, textOf(each.dataset.label))
  for (const each of document.querySelectorAll<HTMLElement>("[data-placeholder]")) {
    each.setAttribute("placeholder", textOf(each.dataset.placeholder))
  }
}

/** Names an element for screen readers, and a button also for the pointer. */
export const label = (target: HTMLElement, text: string): void => {
  target.ariaLabel = text
  if (target instanceof HTMLButtonElement) target.title = text
}
