import { copy, markdownImage } from "./clipboard.ts"
import { type DrawRequest, endingOf, toCurl } from "./DrawRequest.ts"
import { element, icon, iconButton, textButton } from "./dom.ts"
import { label, messages } from "./messages.ts"
import { linkEnd, type Picture } from "./Picture.ts"

/** What the page does with a picture, beyond what the picture's own bytes and links are for. */
export interface PictureUse {
  /** The same request with a new seed. */
  readonly drawAgain: (request: DrawRequest) => void
  /** Into the form with the seed that was drawn, for another prompt. */
  readonly sameSeed: (picture: Picture) => void
  readonly edit: (picture: Picture) => void
  readonly usePrompt: (picture: Picture) => void
  readonly remove: (picture: Picture) => void
  readonly enlarge: (picture: Picture) => void
}

/** The four ways to go on from a picture, as buttons with names; `n` is how many pictures *Draw again* draws. */
export const goOn = (picture: Picture, use: PictureUse, n: number): ReadonlyArray<HTMLButtonElement> => {
  const { seed: _seed, ...request } = picture.request
  const again = textButton(messages.drawAgain, () => use.drawAgain({ ...request, n }))
  again.title = messages.drawAgainHint
  const same = textButton(messages.sameSeed, () => use.sameSeed(picture))
  same.title = messages.sameSeedHint
  return [
    again,
    ...(picture.seed === undefined ? [] : [same]),
    textButton(messages.edit, () => use.edit(picture)),
    textButton(messages.usePrompt, () => use.usePrompt(picture))
  ]
}

/** A link that downloads the bytes; the address of them is made when it is used. */
export const downloadLink = (picture: Picture): HTMLAnchorElement => {
  const download = `flux-${Number(picture.drawnAt)}-${picture.index + 1}.${endingOf(picture.blob)}`
  const link = element("a", { href: "#", download, className: "icon button" }, icon("download"))
  label(link, messages.download)
  link.title = messages.download
  const hold = () => {
    link.href = URL.createObjectURL(picture.blob)
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
  }
  link.addEventListener("click", hold)
  return link
}

export const isLinked = (picture: Picture): boolean => (linkEnd(picture) ?? 0) > new Date()

export const removeButton = (picture: Picture, use: PictureUse): HTMLButtonElement =>
  iconButton("remove", messages.remove, () => use.remove(picture))

/** What of a picture can be copied: its link, that as markdown, and the line for a shell that draws it. */
export const copyButtons = (picture: Picture): ReadonlyArray<HTMLButtonElement> => {
  const button = (text: string, words: string) => {
    const made = textButton(text, () => void copy(words), "link")
    label(made, `${messages.copy}: ${text}`)
    return made
  }
  const { request, url = "" } = picture
  const linked = [button(messages.link, url), button("Markdown", markdownImage(request.prompt, url))]
  return [...(isLinked(picture) ? linked : []), button("curl", toCurl(request, location.origin))]
}
