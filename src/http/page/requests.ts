import type { ImageUse } from "./actions.ts"
import { makeDays } from "./days.ts"
import { byId } from "./dom.ts"
import { type RequestRow, requestRow } from "./requestRow.ts"
import type { ShownImage } from "./ShownImage.ts"

const list = byId("requests", HTMLElement)
const welcome = byId("welcome", HTMLElement)
const tools = byId("tools", HTMLElement)
const nothing = byId("nothing-found", HTMLElement)

/** The requests of the page, newest first. */
export interface Requests {
  /** The row of a request, made where there is none. */
  readonly row: (about: { readonly group: string; readonly startedAt: Date; readonly prompt: string }) => RequestRow
  /** Shows a picture that is kept in the row of its request. */
  readonly show: (image: ShownImage) => void
  /** Takes pictures away; the focus stays where it was. */
  readonly remove: (images: ReadonlyArray<ShownImage>) => void
  /** Takes a row away that holds nothing any more. */
  readonly tidy: (row: RequestRow) => void
  /** The pictures that are not filtered out, in the order in which they are shown. */
  readonly shown: () => ReadonlyArray<ShownImage>
  readonly find: (id: string | undefined) => ShownImage | undefined
  /** Shows only pictures that match. */
  readonly filter: (matches: (image: ShownImage) => boolean) => void
}

export const makeRequests = (use: ImageUse): Requests => {
  /** Newest first. */
  const rows: Array<RequestRow> = []
  const groups = new Map<string, RequestRow>()
  const byRoot = new WeakMap<Element, RequestRow>()
  const days = makeDays(list)
  let matches = (_: ShownImage): boolean => true
  const watch = new IntersectionObserver(
    (entries) => {
      const seen = entries.flatMap(({ isIntersecting, target }) => {
        const each = byRoot.get(target)
        return each ? [{ each, isIntersecting, height: each.height() }] : []
      })
      // All is measured before anything changes: one layout of thousands of rows, and not one for each.
      for (const { each, height, isIntersecting } of seen) each.near(isIntersecting, height)
    },
    { rootMargin: "100% 0px" }
  )

  const lookAround = (): void => {
    welcome.hidden = rows.length > 0
    tools.hidden = rows.length === 0
    nothing.hidden = rows.length === 0 || rows.some(({ root }) => !root.classList.contains("filtered"))
  }

  const row: Requests["row"] = (about) => {
    const known = groups.get(about.group)
    if (known) return known
    const made = requestRow(about, use, matches)
    groups.set(about.group, made)
    byRoot.set(made.root, made)
    // Pictures that are kept come in their order: each one last.
    const last = (rows.at(-1)?.startedAt ?? made.startedAt) >= made.startedAt
    const place = last ? rows.length : rows.findIndex(({ startedAt }) => startedAt < made.startedAt)
    days.put(made.root, made.startedAt, rows[place]?.root)
    rows.splice(place, 0, made)
    watch.observe(made.root)
    return made
  }

  const tidy = (old: RequestRow): void => {
    if (old.isEmpty()) {
      watch.unobserve(old.root)
      days.remove(old.root)
      groups.delete(old.group)
      rows.splice(rows.indexOf(old), 1)
    }
    lookAround()
  }

  const drop = (image: ShownImage): void => {
    const old = groups.get(image.group)
    if (!old) return
    const held = old.root.contains(document.activeElement)
    const place = rows.indexOf(old)
    const neighbour = rows[place + 1] ?? rows[place - 1]
    old.remove(image)
    tidy(old)
    const near = (old.root.isConnected ? old : neighbour)?.root.querySelector<HTMLElement>(".frame")
    if (held) (near ?? byId("prompt", HTMLTextAreaElement)).focus({ preventScroll: true })
  }

  return {
    row: (about) => {
      const made = row(about)
      lookAround()
      return made
    },
    show: (image) => {
      const { drawnAt, group, request } = image
      row({ group, startedAt: drawnAt, prompt: request.prompt }).show(image, true)
      lookAround()
    },
    remove: (images) => images.forEach(drop),
    tidy,
    shown: () => rows.flatMap((each) => each.shown()),
    find: (id = "") =>
      groups
        .get(id.slice(0, id.lastIndexOf("/")))
        ?.images()
        .find((image) => image.id === id),
    filter: (wanted) => {
      matches = wanted
      for (const each of rows) each.filter(wanted)
      lookAround()
    }
  }
}
