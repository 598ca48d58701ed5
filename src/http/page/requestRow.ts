import { downloadLink, goOn, type ImageUse, removeButton } from "./actions.ts"
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
  use: ImageUse
): RequestRow => {
  const tiles = new Map<number, Tile>()
  const unkept = new Set<string>()
  let warnings: ReadonlyArray<string> = []
  let settled = true
  const list = element("ul", { className: "tiles" })
  const caption = element("div", { className: "caption" })
  const status = element("div", { className: "status" })
  const root = element("li", { className: "request" }, list, caption, status)

  const inOrder = () => [...tiles].sort(([a], [b]) => a - b).map(([, tile]) => tile)
  const images = () => inOrder().flatMap(({ image }) => image ?? [])

  const describe = (): ReadonlyArray<Node> => {
    const all = images()
    const [first] = all
    const words = element("p", { className: "words", textContent: about.prompt })
    if (!first) return [words]
    const single = all.length === 1
    const sum = all.reduce((total, { neurons }) => total + neurons, 0)
    const facts = factsOf(first, messages.neurons(formatCount(sum)))
    const remarks = new Set(all.flatMap((image) => remarksOn(image, { kept: !unkept.has(image.id), settled })))
    const tools = single ? [downloadLink(first), removeButton(first, use)] : []
    return [
      words,
      element("p", { className: "meta", textContent: facts }),
      ...improvedPrompt(first),
      ...[...remarks].map((remark) => element("p", { className: "remark", textContent: remark })),
      ...(warnings.length > 0 ? [details(warnings)] : []),
      element("div", { className: "actions" }, ...(single ? goOn(first, use, 1) : goOnAll(first, all.length)), ...tools)
    ]
  }

  /** For several pictures: what does not need one of them. The others are in the full view. */
  const goOnAll = (first: ShownImage, n: number) =>
    goOn(first, use, n).filter((button) => [messages.drawAgain, messages.usePrompt].includes(button.textContent ?? ""))

  const refresh = (): void => {
    const shown = inOrder()
    const sum = shown.reduce((total, { ratio }) => total + ratio, 0)
    root.style.setProperty("--sum", String(sum))
    root.style.setProperty("--gaps", String(Math.max(0, shown.length - 1)))
    list.replaceChildren(...shown.map((tile) => tile.root))
    caption.replaceChildren(...describe())
  }

  const put = (index: number, tile: Tile): void => {
    tiles.get(index)?.dispose()
    tiles.set(index, tile)
  }

  const drop = (index: number): void => {
    tiles.get(index)?.dispose()
    tiles.delete(index)
  }

  return {
    group: about.group,
    root,
    startedAt: about.startedAt,
    images,
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
      const tile = imageTile(image, () => use.enlarge(image))
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
