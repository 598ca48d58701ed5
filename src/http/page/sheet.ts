import { byId } from "./dom.ts"

const dialog = byId("sheet", HTMLDialogElement)
const heading = byId("sheet-title", HTMLElement)
const content = byId("sheet-content", HTMLElement)

byId("sheet-close", HTMLButtonElement).addEventListener("click", () => dialog.close())

/** Opens a dialog under a title, with what there is to see. */
export const openSheet = (title: string, ...parts: ReadonlyArray<Node>): void => {
  heading.textContent = title
  content.replaceChildren(...parts)
  if (!dialog.open) dialog.showModal()
}
