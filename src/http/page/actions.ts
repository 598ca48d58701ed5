import { copy, markdownImage } from "./clipboard.ts"
import { type DrawRequest, endingOf, toCurl } from "./DrawRequest.ts"
import { element, icon, iconButton, textButton } from "./dom.ts"
import { label, messages } from "./messages.ts"
import { linkEnd, type ShownImage } from "./ShownImage.ts"

/** What the page does with a picture, beyond what the picture's own bytes and links are for. */
export interface ImageUse {
  /** The same request with a new seed. */
  readonly drawAgain: (request: DrawRequest) => void
  /** Into the form with the seed that was drawn, for another prompt. */
  readonly sameSeed: (image: ShownImage) => void
  readonly edit: (image: ShownImage) => void
  readonly usePrompt: (image: ShownImage) => void
  readonly remove: (image: ShownImage) => void
  readonly enlarge: (image: ShownImage) => void
}

/** The four ways to go on from a picture, as buttons with names; `n` is how many pictures *Draw again* draws. */
export const goOn = (image: ShownImage, use: ImageUse, n: number): ReadonlyArray<HTMLButtonElement> => {
  const { seed: _seed, ...request } = image.request
  const again = textButton(messages.drawAgain, () => use.drawAgain({ ...request, n }))
  again.title = messages.drawAgainHint
  const same = textButton(messages.sameSeed, () => use.sameSeed(image))
  same.title = messages.sameSeedHint
  return [
    again,
    ...(image.seed === undefined ? [] : [same]),
    textButton(messages.edit, () => use.edit(image)),
    textButton(messages.usePrompt, () => use.usePrompt(image))
  ]
}

/** A link that downloads the bytes; the address of them is made when it is used. */
export const downloadLink = (image: ShownImage): HTMLAnchorElement => {
  const download = `flux-${Number(image.drawnAt)}-${image.index + 1}.${endingOf(image.blob)}`
  const link = element("a", { href: "#", download, className: "icon button" }, icon("download"))
  label(link, messages.download)
  link.title = messages.download
  const hold = () => {
    link.href = URL.createObjectURL(image.blob)
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
  }
  link.addEventListener("click", hold)
  return link
}

export const isLinked = (image: ShownImage): boolean => (linkEnd(image) ?? 0) > new Date()

export const removeButton = (image: ShownImage, use: ImageUse): HTMLButtonElement =>
  iconButton("remove", messages.remove, () => use.remove(image))

/** What of a picture can be copied: its link, that as markdown, and the line for a shell that draws it. */
export const copyButtons = (image: ShownImage): ReadonlyArray<HTMLButtonElement> => {
  const button = (text: string, words: string) => {
    const made = textButton(text, () => void copy(words), "link")
    label(made, `${messages.copy}: ${text}`)
    return made
  }
  const { request, url = "" } = image
  const linked = [button(messages.link, url), button("Markdown", markdownImage(request.prompt, url))]
  return [...(isLinked(image) ? linked : []), button("curl", toCurl(request, location.origin))]
}
