import { byId, icon } from "./dom.ts"
import { messages } from "./messages.ts"
import { ServiceFailure } from "./ServiceFailure.ts"

const area = byId("composer", HTMLFormElement)
const preview = byId("input-preview", HTMLImageElement)
const hint = byId("input-hint", HTMLElement)
const name = byId("input-name", HTMLElement)
const file = byId("input-file", HTMLInputElement)
const remove = byId("remove-picture", HTMLButtonElement)

/** What the service reads. */
const formats: ReadonlyArray<string> = ["image/jpeg", "image/png", "image/webp"]
const largestBytes = 4 * 1024 * 1024
const longestSide = 2048

let current: Blob | undefined

/** The picture to edit, if there is one. */
export const inputPicture = (): Blob | undefined => current

export const setInputPicture = (picture: Blob | undefined): void => {
  current = picture
  URL.revokeObjectURL(preview.src)
  if (picture) {
    preview.src = URL.createObjectURL(picture)
    name.textContent = messages.inputPicture
  } else {
    preview.removeAttribute("src")
  }
  preview.hidden = remove.hidden = name.hidden = picture === undefined
  hint.hidden = picture !== undefined
}

/** The picture in a form and size that the service reads. */
const readable = async (picture: Blob): Promise<Blob> => {
  const bitmap = await createImageBitmap(picture).catch(() => {
    throw new ServiceFailure("unreadable_picture")
  })
  if (formats.includes(picture.type) && picture.size <= largestBytes) return picture
  const scale = Math.min(1, longestSide / Math.max(bitmap.width, bitmap.height))
  const canvas = new OffscreenCanvas(Math.round(bitmap.width * scale), Math.round(bitmap.height * scale))
  canvas.getContext("2d")?.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  return canvas.convertToBlob({ type: "image/jpeg", quality: 0.92 })
}

/** Takes pictures that are chosen, dropped or pasted; `fail` is told of what is no picture. */
export const acceptInputPictures = (fail: (failure: unknown) => void): void => {
  const take = (files: FileList | undefined): void => {
    const [picture] = files ?? []
    if (picture) readable(picture).then(setInputPicture).catch(fail)
  }
  byId("choose-picture", HTMLButtonElement).addEventListener("click", () => file.click())
  file.addEventListener("change", () => {
    take(file.files ?? undefined)
    file.value = ""
  })
  remove.append(icon("close"))
  remove.addEventListener("click", () => {
    setInputPicture(undefined)
    byId("choose-picture", HTMLButtonElement).focus()
  })
  document.addEventListener("paste", (event) => take(event.clipboardData?.files))
  document.addEventListener("dragover", (event) => {
    event.preventDefault()
    area.classList.add("dropping")
  })
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) area.classList.remove("dropping")
  })
  document.addEventListener("drop", (event) => {
    event.preventDefault()
    area.classList.remove("dropping")
    take(event.dataTransfer?.files)
  })
}
