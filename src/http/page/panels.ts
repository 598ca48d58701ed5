import { byId } from "./dom.ts"

const panels = [
  { button: byId("shape", HTMLButtonElement), panel: byId("shapes", HTMLElement) },
  { button: byId("style-button", HTMLButtonElement), panel: byId("styles", HTMLElement) },
  { button: byId("more-button", HTMLButtonElement), panel: byId("more", HTMLElement) }
]

/** Opens one panel of the form and closes the others; without `wanted`, all of them. */
export const openPanel = (wanted?: HTMLElement): void => {
  for (const { button, panel } of panels) {
    panel.hidden = panel !== wanted
    button.ariaExpanded = String(!panel.hidden)
  }
}

export const startPanels = (): void => {
  for (const { button, panel } of panels) {
    button.addEventListener("click", () => openPanel(panel.hidden ? panel : undefined))
  }
}
