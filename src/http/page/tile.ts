import { element } from "./dom.ts"
import { label, messages } from "./messages.ts"
import { type ShownImage, sidesOf } from "./ShownImage.ts"

/** A picture, or its place, in a row of a request. */
export interface Tile {
  readonly root: HTMLLIElement
  /** Its width by its height. */
  readonly ratio: number
  readonly image?: ShownImage
  /** Gives the memory of the picture back. */
  readonly dispose: () => void
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
  return { ...tile, dispose: () => undefined }
}

/** A picture that opens when it is clicked; its bytes are decoded when it comes near the view. */
export const imageTile = (image: ShownImage, open: () => void): Tile => {
  const { prompt } = image.request
  const address = URL.createObjectURL(image.blob)
  const [width, height] = sidesOf(image.size)
  const img = element("img", { src: address, alt: prompt, width, height, decoding: "async" })
  const frame = element("button", { type: "button", className: "frame" }, img)
  label(frame, `${messages.enlarge}: ${prompt}`)
  frame.addEventListener("click", open)
  return { ...tileOf(image.size, "tile", frame), image, dispose: () => URL.revokeObjectURL(address) }
}
