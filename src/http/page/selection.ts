import type { ImageUse } from "./actions.ts"
import { byId } from "./dom.ts"
import { formatCount } from "./format.ts"
import { label, messages } from "./messages.ts"
import type { ShownImage } from "./ShownImage.ts"

const gallery = byId("gallery", HTMLElement)
const button = byId("select", HTMLButtonElement)
const bar = byId("selection", HTMLElement)
const count = byId("selected", HTMLElement)

/** Lets several pictures be chosen, to download or delete them at once; `shown` are those that can be. */
export const makeSelection = (
  shown: () => ReadonlyArray<ShownImage>,
  use: () => Pick<ImageUse, "download" | "remove">
) => {
  const chosen = new Set<string>()
  let on = false
  let last = ""

  const refresh = (): void => {
    button.ariaPressed = String(on)
    bar.hidden = !on
    gallery.classList.toggle("selecting", on)
    count.textContent = messages.selected(formatCount(chosen.size))
    for (const id of ["selected-download", "selected-delete"]) byId(id, HTMLButtonElement).disabled = chosen.size === 0
    for (const frame of gallery.querySelectorAll<HTMLElement>(".frame")) {
      const is = on && chosen.has(frame.dataset.id ?? "")
      frame.ariaPressed = on ? String(is) : null
      label(frame, `${on ? messages.select : messages.enlarge}: ${frame.querySelector("img")?.alt}`)
    }
  }

  const turn = (is: boolean): void => {
    on = is
    chosen.clear()
    last = ""
    refresh()
  }

  const act = (what: "download" | "remove"): void => {
    use()[what](shown().filter(({ id }) => chosen.has(id)))
    turn(false)
  }

  button.addEventListener("click", () => turn(!on))
  byId("select-all", HTMLButtonElement).addEventListener("click", () => {
    const ids = shown().map(({ id }) => id)
    const all = ids.every((id) => chosen.has(id))
    chosen.clear()
    if (!all) for (const id of ids) chosen.add(id)
    refresh()
  })
  byId("selected-download", HTMLButtonElement).addEventListener("click", () => act("download"))
  byId("selected-delete", HTMLButtonElement).addEventListener("click", () => act("remove"))
  gallery.addEventListener("keydown", ({ key }) => {
    if (on && key === "Escape") turn(false)
  })

  return {
    isOn: (): boolean => on,
    /** Chooses a picture or gives it up; with `extend`, chooses all from the last one to it. */
    toggle: (id: string, extend: boolean): void => {
      const ids = shown().map((image) => image.id)
      const span = [ids.indexOf(last), ids.indexOf(id)].sort((a, b) => a - b)
      if (extend && last) for (const each of ids.slice(span[0], (span[1] ?? 0) + 1)) chosen.add(each)
      else if (!chosen.delete(id)) chosen.add(id)
      last = id
      refresh()
    },
    /** Marks what has come into the gallery since. */
    refresh
  }
}
