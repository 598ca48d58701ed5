import { copyButtons, goOn, type ImageUse, tools } from "./actions.ts"
import { byId, element, icon } from "./dom.ts"
import { formatCount } from "./format.ts"
import { messages } from "./messages.ts"
import { factsOf, improvedPrompt, lifeOf, remarksOn } from "./remarks.ts"
import type { ShownImage } from "./ShownImage.ts"
import { copyImageButton, shareButton } from "./share.ts"
import { makeZoom } from "./zoom.ts"

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
  const closing =
    <T>(act: (subject: T) => void) =>
    (subject: T): void => {
      dialog.close()
      act(subject)
    }
  const useHere: ImageUse = {
    ...use,
    drawAgain: closing(use.drawAgain),
    sameSeed: closing(use.sameSeed),
    edit: closing(use.edit),
    usePrompt: closing(use.usePrompt),
    remove: closing(use.remove)
  }

  const neighbour = (step: number): ShownImage | undefined => {
    const images = all()
    const place = images.findIndex(({ id }) => id === shown?.id)
    return place === -1 ? undefined : images[place + step]
  }

  const clear = (): void => {
    URL.revokeObjectURL(img.src)
    img.removeAttribute("src")
    zoom.reset()
  }

  /** All that is known of the picture; what needs its bytes once they are there. */
  const describe = (image: ShownImage, bytes: Blob | undefined): void => {
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
      element("div", { className: "actions" }, ...goOn(image, useHere, 1)),
      element("div", { className: "actions" }, ...tools(image, useHere), ...(bytes ? shareButton(image, bytes) : [])),
      element(
        "div",
        { className: "actions copies" },
        element("span", { className: "meta", textContent: messages.copy }),
        ...(bytes ? copyImageButton(bytes) : []),
        ...copyButtons(image)
      )
    )
  }

  const show = async (image: ShownImage): Promise<void> => {
    shown = image
    clear()
    img.alt = image.request.prompt
    previous.disabled = neighbour(-1) === undefined
    next.disabled = neighbour(1) === undefined
    describe(image, undefined)
    const bytes = await use.bytes(image)
    if (!bytes || shown?.id !== image.id || img.src) return
    img.src = URL.createObjectURL(bytes)
    describe(shown, bytes)
  }

  const leaf = (step: number): void => {
    const other = neighbour(step)
    if (other) void show(other)
  }
  const zoom = makeZoom(byId("viewer-stage", HTMLElement), img, leaf)

  previous.append(icon("previous"))
  next.append(icon("next"))
  close.append(icon("close"))
  previous.addEventListener("click", () => leaf(-1))
  next.addEventListener("click", () => leaf(1))
  close.addEventListener("click", () => dialog.close())
  dialog.addEventListener("keydown", ({ key }) => {
    if (key === "ArrowLeft") leaf(-1)
    if (key === "ArrowRight") leaf(1)
    if (key === "+") zoom.by(1.5)
    if (key === "-") zoom.by(1 / 1.5)
  })
  dialog.addEventListener("close", () => {
    const place = shown && document.querySelector<HTMLElement>(`[data-id="${CSS.escape(shown.id)}"]`)
    shown = undefined
    clear()
    // Unless what was chosen leads elsewhere.
    if (document.activeElement?.matches(".frame")) place?.focus()
  })

  return {
    open: (image: ShownImage): void => {
      void show(image)
      if (!dialog.open) dialog.showModal()
    },
    /** The picture that is shown; what is done with it by keys is done as by its buttons. */
    shown: () => shown,
    use: useHere,
    /** Tells what has become known of the picture. */
    changed: (image: ShownImage): void => {
      if (shown?.id !== image.id) return
      shown = image
      const heart = about.querySelector<HTMLElement>("[aria-pressed]")
      if (heart) heart.ariaPressed = String(image.favourite === true)
    }
  }
}
