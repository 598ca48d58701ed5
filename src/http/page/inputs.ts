import { byId, element, icon } from "./dom.ts"
import { startOrder } from "./imageOrder.ts"
import { label, messages } from "./messages.ts"
import { ServiceFailure } from "./ServiceFailure.ts"
import { service } from "./service.ts"

const area = byId("composer", HTMLFormElement)
const list = byId("inputs", HTMLElement)
const add = byId("add", HTMLButtonElement)
const ways = [
  { button: add, file: byId("input-file", HTMLInputElement), name: "add" },
  { button: byId("camera", HTMLButtonElement), file: byId("camera-file", HTMLInputElement), name: "camera" }
] as const

/** What the service reads. */
const formats: ReadonlyArray<string> = ["image/jpeg", "image/png", "image/webp"]
const largestBytes = 4 * 1024 * 1024
const longestSide = 2048

let current: ReadonlyArray<Blob> = []
let tell: () => void = () => undefined

/** The pictures to edit. */
export const inputImages = (): ReadonlyArray<Blob> => current

const most = (): number => Math.max(1, ...service.models.map(({ inputs }) => inputs))

const thumbnail = (image: Blob, place: number): HTMLElement => {
  const address = URL.createObjectURL(image)
  const img = element("img", { src: address, alt: "", draggable: false })
  img.addEventListener("load", () => URL.revokeObjectURL(address))
  const remove = element("button", { type: "button", className: "icon" }, icon("close"))
  label(remove, current.length > 1 ? `${messages.removeImage} ${place + 1}` : messages.removeImage)
  remove.addEventListener("click", () => {
    setInputImages(current.filter((_, index) => index !== place))
    add.focus()
  })
  if (current.length < 2) return element("li", {}, img, remove)
  const thumb = element("button", { type: "button", className: "thumb" }, img)
  label(thumb, `${messages.inputImages} ${place + 1}`)
  thumb.setAttribute("aria-keyshortcuts", "ArrowLeft ArrowRight")
  return element("li", {}, thumb, remove)
}

export const setInputImages = (images: ReadonlyArray<Blob>): void => {
  current = images
  list.replaceChildren(...images.map(thumbnail))
  list.hidden = images.length === 0
  tell()
}

/** The picture in a form and size that the service reads. */
const readable = async (image: Blob): Promise<Blob> => {
  const bitmap = await createImageBitmap(image).catch(() => {
    throw new ServiceFailure("unreadable_picture")
  })
  if (formats.includes(image.type) && image.size <= largestBytes) return image
  const scale = Math.min(1, longestSide / Math.max(bitmap.width, bitmap.height))
  const canvas = new OffscreenCanvas(Math.round(bitmap.width * scale), Math.round(bitmap.height * scale))
  canvas.getContext("2d")?.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  return canvas.convertToBlob({ type: "image/jpeg", quality: 0.92 })
}

/** Takes pictures that are chosen, dropped anywhere or pasted; `fail` is told of what can't be taken. */
export const startInputs = (changed: () => void, fail: (failure: ServiceFailure) => void): void => {
  tell = changed
  const take = async (files: FileList | undefined): Promise<void> => {
    if (!files?.length) return
    try {
      const images = await Promise.all(Array.from(files, readable))
      if (current.length + images.length > most()) fail(new ServiceFailure("too_many_pictures"))
      setInputImages([...current, ...images].slice(0, most()))
    } catch (failure) {
      fail(failure instanceof ServiceFailure ? failure : new ServiceFailure("unreadable_picture"))
    }
  }
  for (const { button, file, name } of ways) {
    button.append(icon(name))
    button.addEventListener("click", () => file.click())
    file.addEventListener("change", async () => {
      await take(file.files ?? undefined)
      file.value = ""
    })
  }
  startOrder(list, (from, to) => {
    const [moved] = current.slice(from, from + 1)
    const others = current.toSpliced(from, 1)
    if (moved) setInputImages(others.toSpliced(to, 0, moved))
  })
  const dropping = (is: boolean) => area.classList.toggle("dropping", is)
  document.addEventListener("paste", (event) => void take(event.clipboardData?.files))
  document.addEventListener("dragover", (event) => {
    event.preventDefault()
    dropping(event.dataTransfer?.types.includes("Files") ?? false)
  })
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) dropping(false)
  })
  document.addEventListener("drop", (event) => {
    event.preventDefault()
    dropping(false)
    void take(event.dataTransfer?.files)
  })
}

/** The greatest number of pictures that any model takes. */
export const mostInputs = most
