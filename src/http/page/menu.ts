import { byId, icon } from "./dom.ts"

const button = byId("menu-button", HTMLButtonElement)
const menu = byId("menu", HTMLElement)

const show = (is: boolean): void => {
  menu.hidden = !is
  button.ariaExpanded = String(is)
}

/** Sets the menu of the page's head up; `items` are what its buttons do, by their ids. */
export const startMenu = (items: Readonly<Record<string, () => void>>): void => {
  button.hidden = false
  button.append(icon("menu"))
  button.addEventListener("click", () => show(menu.hidden !== false))
  for (const [id, use] of Object.entries(items)) byId(id, HTMLButtonElement).addEventListener("click", use)
  document.addEventListener("click", ({ target }) => {
    if (target instanceof Node && !button.contains(target)) show(false)
  })
  document.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || menu.hidden) return
    show(false)
    button.focus()
  })
}
