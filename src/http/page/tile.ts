import type { ImageUse } from "./actions.ts"
import { element } from "./dom.ts"
import { label, messages } from "./messages.ts"
import { type ShownImage, sidesOf } from "./ShownImage.ts"

/** A picture, or its place, in a row of a request. */
export interface Tile {
  readonly root: HTMLLIElement
  /** Its width by its height. */
  readonly ratio: number
  readonly image?: ShownImage
  /** Reads the picture where it comes near the view, and gives its memory back where it is not. */
  readonly near: (is: boolean) => void
}

const tileOf = (size: string | undefined, className: string, ...content: ReadonlyArray<Node>) => {
  const [width, height] = sidesOf(size)
  const root = element("li", { className }, ...content)
  const ratio = width / height
  root.style.setProperty("--ratio", String(ratio))
  return { root, ratio }
}

/** The place of a picture that is being drawn. */
export const emptyTile = (size: string | undefined): Tile => {
  const tile = tileOf(size, "tile waiting")
  tile.root.ariaHidden = "true"
  return { ...tile, near: () => undefined }
}

/** A picture that opens when it is clicked. */
export const imageTile = (image: ShownImage, use: ImageUse): Tile => {
  const { prompt } = image.request
  const [width, height] = sidesOf(image.size)
  const img = element("img", { alt: prompt, width, height, decoding: "async" })
  const frame = element("button", { type: "button", className: "frame" }, img)
  frame.dataset.id = image.id
  label(frame, `${messages.enlarge}: ${prompt}`)
  frame.addEventListener("click", ({ shiftKey }) => use.enlarge(image.id, shiftKey))
  let wanted = false
  const near = async (is: boolean): Promise<void> => {
    if (is === wanted) return
    wanted = is
    URL.revokeObjectURL(img.src)
    img.removeAttribute("src")
    const bytes = is ? await use.bytes(image) : undefined
    if (bytes && wanted && !img.src) img.src = URL.createObjectURL(bytes)
  }
  return { ...tileOf(image.size, "tile", frame), image, near: (is) => void near(is) }
}
