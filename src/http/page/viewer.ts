import { copyButtons, downloadLink, goOn, type PictureUse, removeButton } from "./actions.ts"
import { byId, element, icon } from "./dom.ts"
import { formatCount } from "./format.ts"
import { messages } from "./messages.ts"
import type { Picture } from "./Picture.ts"
import { factsOf, improvedPrompt, lifeOf, remarksOn } from "./remarks.ts"

const dialog = byId("viewer", HTMLDialogElement)
const image = byId("viewer-image", HTMLImageElement)
const about = byId("viewer-about", HTMLElement)
const previous = byId("viewer-previous", HTMLButtonElement)
const next = byId("viewer-next", HTMLButtonElement)
const close = byId("viewer-close", HTMLButtonElement)

/** Opens pictures full screen; `all` are those that can be leafed through. */
export const makeViewer = (use: PictureUse, all: () => ReadonlyArray<Picture>) => {
  let shown: Picture | undefined

  /** What leads away from the picture closes it. */
  const closing = (act: () => void): void => {
    dialog.close()
    act()
  }
  const useAndClose: PictureUse = {
    ...use,
    drawAgain: (request) => closing(() => use.drawAgain(request)),
    sameSeed: (picture) => closing(() => use.sameSeed(picture)),
    edit: (picture) => closing(() => use.edit(picture)),
    usePrompt: (picture) => closing(() => use.usePrompt(picture)),
    remove: (picture) => closing(() => use.remove(picture))
  }

  const neighbour = (step: number): Picture | undefined => {
    const pictures = all()
    const place = pictures.findIndex(({ id }) => id === shown?.id)
    return place === -1 ? undefined : pictures[place + step]
  }

  const show = (picture: Picture): void => {
    shown = picture
    URL.revokeObjectURL(image.src)
    image.src = URL.createObjectURL(picture.blob)
    image.alt = picture.request.prompt
    previous.disabled = neighbour(-1) === undefined
    next.disabled = neighbour(1) === undefined
    const { request } = picture
    about.replaceChildren(
      element("p", { className: "words", textContent: request.prompt }),
      ...improvedPrompt(picture),
      element("p", {
        className: "meta",
        textContent: factsOf(picture, messages.neurons(formatCount(picture.neurons)))
      }),
      ...remarksOn(picture, { kept: true, settled: true }).map((remark) =>
        element("p", { className: "remark", textContent: remark })
      ),
      element("p", { className: "meta", textContent: lifeOf(picture) }),
      element("div", { className: "actions" }, ...goOn(picture, useAndClose, 1)),
      element("div", { className: "actions" }, downloadLink(picture), removeButton(picture, useAndClose)),
      element(
        "div",
        { className: "actions copies" },
        element("span", { className: "meta", textContent: messages.copy }),
        ...copyButtons(picture)
      )
    )
  }

  const leaf = (step: number): void => {
    const other = neighbour(step)
    if (other) show(other)
  }

  previous.append(icon("previous"))
  next.append(icon("next"))
  close.append(icon("close"))
  previous.addEventListener("click", () => leaf(-1))
  next.addEventListener("click", () => leaf(1))
  close.addEventListener("click", () => dialog.close())
  image.addEventListener("click", () => dialog.close())
  dialog.addEventListener("keydown", ({ key }) => {
    if (key === "ArrowLeft") leaf(-1)
    if (key === "ArrowRight") leaf(1)
  })
  let touched = 0
  dialog.addEventListener("touchstart", ({ touches }) => {
    touched = touches[0]?.clientX ?? 0
  })
  dialog.addEventListener("touchend", ({ changedTouches }) => {
    const moved = (changedTouches[0]?.clientX ?? touched) - touched
    if (Math.abs(moved) > 60) leaf(moved > 0 ? -1 : 1)
  })
  dialog.addEventListener("close", () => {
    URL.revokeObjectURL(image.src)
    image.removeAttribute("src")
  })

  return {
    open: (picture: Picture): void => {
      show(picture)
      if (!dialog.open) dialog.showModal()
    }
  }
}
