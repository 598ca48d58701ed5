import { copyButtons, downloadLink, goOn, type ImageUse, removeButton } from "./actions.ts"
import { byId, element, icon } from "./dom.ts"
import { formatCount } from "./format.ts"
import { messages } from "./messages.ts"
import { factsOf, improvedPrompt, lifeOf, remarksOn } from "./remarks.ts"
import type { ShownImage } from "./ShownImage.ts"

const dialog = byId("viewer", HTMLDialogElement)
const img = byId("viewer-image", HTMLImageElement)
const about = byId("viewer-about", HTMLElement)
const previous = byId("viewer-previous", HTMLButtonElement)
const next = byId("viewer-next", HTMLButtonElement)
const close = byId("viewer-close", HTMLButtonElement)

/** Opens pictures full screen; `all` are those that can be leafed through. */
export const makeViewer = (use: ImageUse, all: () => ReadonlyArray<ShownImage>) => {
  let shown: ShownImage | undefined

  /** What leads away from the picture closes it. */
  const closing = (act: () => void): void => {
    dialog.close()
    act()
  }
  const useAndClose: ImageUse = {
    ...use,
    drawAgain: (request) => closing(() => use.drawAgain(request)),
    sameSeed: (image) => closing(() => use.sameSeed(image)),
    edit: (image) => closing(() => use.edit(image)),
    usePrompt: (image) => closing(() => use.usePrompt(image)),
    remove: (image) => closing(() => use.remove(image))
  }

  const neighbour = (step: number): ShownImage | undefined => {
    const images = all()
    const place = images.findIndex(({ id }) => id === shown?.id)
    return place === -1 ? undefined : images[place + step]
  }

  const show = (image: ShownImage): void => {
    shown = image
    URL.revokeObjectURL(img.src)
    img.src = URL.createObjectURL(image.blob)
    img.alt = image.request.prompt
    previous.disabled = neighbour(-1) === undefined
    next.disabled = neighbour(1) === undefined
    const { request } = image
    about.replaceChildren(
      element("p", { className: "words", textContent: request.prompt }),
      ...improvedPrompt(image),
      element("p", {
        className: "meta",
        textContent: factsOf(image, messages.neurons(formatCount(image.neurons)))
      }),
      ...remarksOn(image, { kept: true, settled: true }).map((remark) =>
        element("p", { className: "remark", textContent: remark })
      ),
      element("p", { className: "meta", textContent: lifeOf(image) }),
      element("div", { className: "actions" }, ...goOn(image, useAndClose, 1)),
      element("div", { className: "actions" }, downloadLink(image), removeButton(image, useAndClose)),
      element(
        "div",
        { className: "actions copies" },
        element("span", { className: "meta", textContent: messages.copy }),
        ...copyButtons(image)
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
  img.addEventListener("click", () => dialog.close())
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
    URL.revokeObjectURL(img.src)
    img.removeAttribute("src")
  })

  return {
    open: (image: ShownImage): void => {
      show(image)
      if (!dialog.open) dialog.showModal()
    }
  }
}
