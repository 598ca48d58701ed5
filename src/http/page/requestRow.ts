import { goOn, type ImageUse, tools } from "./actions.ts"
import { element } from "./dom.ts"
import { formatCount } from "./format.ts"
import { messages } from "./messages.ts"
import { details, factsOf, improvedPrompt, remarksOn, tellable } from "./remarks.ts"
import type { ShownImage } from "./ShownImage.ts"
import { emptyTile, imageTile, type Tile } from "./tile.ts"

/** A request with its pictures, those to come included. */
export interface RequestRow {
  readonly group: string
  readonly root: HTMLLIElement
  readonly startedAt: Date
  readonly images: () => ReadonlyArray<ShownImage>
  /** Those that are not filtered out. */
  readonly shown: () => ReadonlyArray<ShownImage>
  /** The height of the caption. */
  readonly height: () => number
  /**
   * Whether it is near the view: what is far away has neither pictures nor buttons in memory, and keeps the height that its
   * caption had with them, so that nothing moves.
   */
  readonly near: (is: boolean, height: number) => void
  /** Shows only pictures that match, and itself only with any. */
  readonly filter: (matches: (image: ShownImage) => boolean) => void
  /** Keeps places for the pictures with these numbers. */
  readonly reserve: (indices: ReadonlyArray<number>, size: string | undefined) => void
  /** Gives up those of these places that are not filled. */
  readonly giveUp: (indices: ReadonlyArray<number>) => void
  /** Shows a picture in its place; with `kept` false it is only here. */
  readonly show: (image: ShownImage, kept: boolean) => HTMLElement
  readonly remove: (image: ShownImage) => void
  /** What the service remarked, in English. */
  readonly warn: (warnings: ReadonlyArray<string>) => void
  /** Below the caption: progress, and failures. */
  readonly status: HTMLElement
  readonly isEmpty: () => boolean
}

export const requestRow = (
  about: { readonly group: string; readonly startedAt: Date; readonly prompt: string },
  use: ImageUse,
  first: (image: ShownImage) => boolean
): RequestRow => {
  const tiles = new Map<number, Tile>()
  const unkept = new Set<string>()
  let matches = first
  let warnings: ReadonlyArray<string> = []
  let settled = true
  let isNear = false
  const list = element("ul", { className: "tiles" })
  const words = element("p", { className: "words", textContent: about.prompt })
  const caption = element("div", { className: "caption" }, words)
  const status = element("div", { className: "status" })
  const root = element("li", { className: "request" }, list, caption, status)

  const inOrder = () => [...tiles].sort(([a], [b]) => a - b).map(([, tile]) => tile)
  const shownTiles = () => inOrder().filter(({ image }) => !image || matches(image))
  const imagesOf = (some: ReadonlyArray<Tile>) => some.flatMap(({ image }) => image ?? [])

  const describe = (): ReadonlyArray<Node> => {
    const all = imagesOf(inOrder())
    const [first] = all
    if (!first) return []
    const single = all.length === 1
    const sum = all.reduce((total, { neurons }) => total + neurons, 0)
    const facts = factsOf(first, messages.neurons(formatCount(sum)))
    const remarks = new Set(all.flatMap((image) => remarksOn(image, { kept: !unkept.has(image.id), settled })))
    const actions = single ? [...goOn(first, use, 1), ...tools(first, use)] : goOnAll(first, all.length)
    return [
      element("p", { className: "meta", textContent: facts }),
      ...improvedPrompt(first),
      ...[...remarks].map((remark) => element("p", { className: "remark", textContent: remark })),
      ...(warnings.length > 0 ? [details(warnings)] : []),
      element("div", { className: "actions" }, ...actions)
    ]
  }

  /** For several pictures: what does not need one of them. The others are in the full view. */
  const goOnAll = (first: ShownImage, n: number) =>
    goOn(first, use, n).filter((button) => [messages.drawAgain, messages.usePrompt].includes(button.textContent ?? ""))

  const controls = () => [...root.querySelectorAll<HTMLElement>(".frame, .caption button, .caption a")]

  const refresh = (): void => {
    const focused = controls().findIndex((control) => control.matches(":focus"))
    const shown = shownTiles()
    const sum = shown.reduce((total, { ratio }) => total + ratio, 0)
    // Hidden by the style sheet, but for what is said below.
    root.classList.toggle("filtered", shown.length === 0 && tiles.size > 0)
    root.style.setProperty("--sum", String(sum))
    root.style.setProperty("--gaps", String(Math.max(0, shown.length - 1)))
    list.replaceChildren(...shown.map((tile) => tile.root))
    caption.replaceChildren(words, ...(isNear ? describe() : []))
    if (focused >= 0) controls()[focused]?.focus({ preventScroll: true })
  }

  const put = (index: number, tile: Tile): void => {
    const old = tiles.get(index)
    if (old?.root !== tile.root) old?.near(false)
    tiles.set(index, tile)
    tile.near(isNear)
  }

  const drop = (index: number): void => {
    tiles.get(index)?.near(false)
    tiles.delete(index)
  }

  return {
    group: about.group,
    root,
    startedAt: about.startedAt,
    images: () => imagesOf(inOrder()),
    shown: () => imagesOf(shownTiles()),
    height: () => caption.offsetHeight,
    near: (is, height) => {
      // The keyboard's place is not taken away.
      if (is === isNear || (!is && root.contains(document.activeElement))) return
      caption.style.minHeight = is ? "" : `${height}px`
      isNear = is
      for (const tile of tiles.values()) tile.near(is)
      caption.replaceChildren(words, ...(is ? describe() : []))
    },
    filter: (wanted) => {
      matches = wanted
      const shown = shownTiles()
      // Most rows of thousands stay as they are.
      const same = shown.length === list.childElementCount && shown.every(({ root }) => root.parentElement === list)
      if (!same) refresh()
    },
    reserve: (indices, size) => {
      settled = false
      for (const index of indices) if (!tiles.get(index)?.image) put(index, emptyTile(size))
      refresh()
    },
    giveUp: (indices) => {
      settled = true
      for (const index of indices) if (!tiles.get(index)?.image) drop(index)
      refresh()
    },
    show: (image, kept) => {
      if (!kept) unkept.add(image.id)
      const old = tiles.get(image.index)
      const tile = { ...(old?.image ? old : imageTile(image, use)), image }
      tile.root.classList.toggle("favourite", image.favourite === true)
      put(image.index, tile)
      refresh()
      return tile.root
    },
    remove: ({ index }) => {
      drop(index)
      refresh()
    },
    warn: (told) => {
      warnings = [...new Set([...warnings, ...tellable(told)])]
      refresh()
    },
    status,
    isEmpty: () => tiles.size === 0 && status.childElementCount === 0
  }
}
