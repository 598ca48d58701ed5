import { copy, markdownImage } from "./clipboard.ts"
import { type DrawRequest, toCurl } from "./DrawRequest.ts"
import { element, icon, iconButton, textButton } from "./dom.ts"
import { label, messages } from "./messages.ts"
import { linkEnd, type ShownImage } from "./ShownImage.ts"

/** What the page does with a picture, beyond what its links are for. */
export interface ImageUse {
  readonly bytes: (image: ShownImage) => Promise<Blob | undefined>
  /** The same request with a new seed. */
  readonly drawAgain: (request: DrawRequest) => void
  /** Into the form with the seed that was drawn, for another prompt. */
  readonly sameSeed: (image: ShownImage) => void
  readonly edit: (image: ShownImage) => void
  readonly usePrompt: (image: ShownImage) => void
  readonly favourite: (image: ShownImage) => void
  readonly download: (images: ReadonlyArray<ShownImage>) => void
  readonly remove: (images: ReadonlyArray<ShownImage>) => void
  /** A picture was clicked; `extend` where all from the last one to this one are meant. */
  readonly enlarge: (id: string, extend: boolean) => void
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

/** What is done with the picture itself: it is a favourite or none, downloaded, deleted. */
export const tools = (image: ShownImage, use: ImageUse): ReadonlyArray<HTMLElement> => {
  const favourite = iconButton("heart", messages.favourite, () => use.favourite(image))
  favourite.ariaPressed = String(image.favourite === true)
  const link = element("a", { href: "#", className: "icon button", title: messages.download }, icon("download"))
  label(link, messages.download)
  link.addEventListener("click", (event) => {
    event.preventDefault()
    use.download([image])
  })
  return [favourite, link, iconButton("remove", messages.remove, () => use.remove([image]))]
}

export const isLinked = (image: ShownImage): boolean => (linkEnd(image) ?? 0) > new Date()

/** What of a picture can be copied as text: its link, that as markdown, and the line for a shell that draws it. */
export const copyButtons = (image: ShownImage): ReadonlyArray<HTMLButtonElement> => {
  const { request, url = "" } = image
  const linked = [
    copyButton(messages.link, () => void copy(url)),
    copyButton("Markdown", () => void copy(markdownImage(request.prompt, url)))
  ]
  return [...(isLinked(image) ? linked : []), copyButton("curl", () => void copy(toCurl(request, location.origin)))]
}

export const copyButton = (text: string, use: () => void): HTMLButtonElement => {
  const made = textButton(text, use, "link")
  label(made, `${messages.copy}: ${text}`)
  return made
}
