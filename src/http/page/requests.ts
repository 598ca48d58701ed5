import type { ImageUse } from "./actions.ts"
import { byId } from "./dom.ts"
import { type RequestRow, requestRow } from "./requestRow.ts"
import type { ShownImage } from "./ShownImage.ts"

const list = byId("requests", HTMLElement)
const welcome = byId("welcome", HTMLElement)

/** The requests of the page, newest first. */
export interface Requests {
  /** The row of a request, made where there is none. */
  readonly row: (about: { readonly group: string; readonly startedAt: Date; readonly prompt: string }) => RequestRow
  /** Shows a picture that is kept in the row of its request. */
  readonly show: (image: ShownImage) => void
  /** Takes a picture away; the focus stays where it was. */
  readonly remove: (image: ShownImage) => void
  /** Takes a row away that holds nothing any more. */
  readonly tidy: (row: RequestRow) => void
  /** All pictures in the order in which they are shown. */
  readonly images: () => ReadonlyArray<ShownImage>
}

export const makeRequests = (use: ImageUse): Requests => {
  const rows = new Map<string, RequestRow>()
  const inOrder = () => [...rows.values()].sort((a, b) => Number(b.startedAt) - Number(a.startedAt))

  const row: Requests["row"] = (about) => {
    const known = rows.get(about.group)
    if (known) return known
    const made = requestRow(about, use)
    rows.set(about.group, made)
    const after = inOrder().find(({ startedAt }) => startedAt < made.startedAt)
    list.insertBefore(made.root, after?.root ?? null)
    welcome.hidden = true
    return made
  }

  const tidy = (old: RequestRow): void => {
    if (!old.isEmpty()) return
    old.root.remove()
    rows.delete(old.group)
    welcome.hidden = rows.size > 0
  }

  return {
    row,
    show: (image) => {
      const { drawnAt, group, request } = image
      row({ group, startedAt: drawnAt, prompt: request.prompt }).show(image, true)
    },
    remove: (image) => {
      const old = rows.get(image.group)
      if (!old) return
      const held = old.root.contains(document.activeElement)
      const neighbour = old.root.nextElementSibling ?? old.root.previousElementSibling
      old.remove(image)
      tidy(old)
      const near = (old.root.isConnected ? old.root : neighbour)?.querySelector<HTMLElement>(".frame")
      if (held) (near ?? byId("prompt", HTMLTextAreaElement)).focus({ preventScroll: true })
    },
    tidy,
    images: () => inOrder().flatMap((each) => each.images())
  }
}
