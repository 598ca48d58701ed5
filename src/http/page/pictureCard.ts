import { parseImageKey } from "../../domain/ImageKey.ts"
import { image } from "../chat/Markdown.ts"
import { copy } from "./clipboard.ts"
import { toCurl } from "./DrawRequest.ts"
import { element, icon } from "./dom.ts"
import { formatCount, formatPixels, formatTime, modelName } from "./format.ts"
import type { KeptPicture } from "./gallery.ts"
import { label, messages } from "./messages.ts"

/** What can be done with a picture beyond its own card. */
export interface PictureActions {
  readonly redraw: (picture: KeptPicture) => void
  readonly edit: (picture: KeptPicture) => void
  readonly remove: (picture: KeptPicture) => void
  readonly enlarge: (picture: KeptPicture, address: string) => void
}

export interface PictureCard {
  readonly root: HTMLLIElement
  /** Looks again whether the link still works. */
  readonly refresh: () => void
  /** Gives the memory of the picture back. */
  readonly dispose: () => void
}

/** When the link ends; `undefined` where there is none. */
const expiryOf = ({ url }: KeptPicture): Date | undefined => {
  const key = url && parseImageKey(url.slice(url.lastIndexOf("/") + 1))
  return key ? new Date(key.expiresAt * 1000) : undefined
}

const linkText = (expiry: Date | undefined): string => {
  if (!expiry) return messages.linkMissing
  return expiry > new Date() ? messages.linkUntil(formatTime(expiry)) : messages.linkExpired
}

const textButton = (text: string, use: () => void): HTMLButtonElement => {
  const button = element("button", { type: "button", className: "link", textContent: text })
  label(button, `${messages.copy}: ${text}`)
  button.addEventListener("click", use)
  return button
}

const iconButton = (name: Parameters<typeof icon>[0], text: string, use: () => void): HTMLButtonElement => {
  const button = element("button", { type: "button", className: "icon" }, icon(name))
  label(button, text)
  button.addEventListener("click", use)
  return button
}

const downloadLink = (picture: KeptPicture, address: string): HTMLAnchorElement => {
  const ending = picture.blob.type.slice(picture.blob.type.indexOf("/") + 1).replace("jpeg", "jpg")
  const download = `flux-${Number(picture.drawnAt)}-${picture.id}.${ending}`
  const link = element("a", { href: address, download, className: "icon button" }, icon("download"))
  label(link, messages.download)
  link.title = messages.download
  return link
}

/** A picture with what is known of it and what can be done with it. */
export const pictureCard = (picture: KeptPicture, actions: PictureActions): PictureCard => {
  const { request, revisedPrompt, seed, url } = picture
  const address = URL.createObjectURL(picture.blob)
  const expiry = expiryOf(picture)
  const [width = 0, height = 0] = picture.size.split("x").map(Number)
  const frame = element(
    "button",
    { type: "button", className: "frame" },
    element("img", { src: address, alt: request.prompt, width, height })
  )
  label(frame, `${messages.enlarge}: ${request.prompt}`)
  frame.addEventListener("click", () => actions.enlarge(picture, address))

  const facts = [
    formatPixels(picture.size),
    modelName(picture.model),
    ...(seed === undefined ? [] : [`${messages.seed} ${seed}`]),
    ...(picture.neurons > 0 ? [messages.neurons(formatCount(picture.neurons))] : [])
  ]
  const life = element("p", { className: "meta" })
  const linked = [
    textButton(messages.link, () => void copy(url ?? "")),
    textButton("Markdown", () => void copy(image(request.prompt, url ?? "")))
  ]
  const refresh = () => {
    life.textContent = linkText(expiry)
    for (const button of linked) button.hidden = !expiry || expiry <= new Date()
  }
  refresh()
  const caption = element("figcaption", {}, element("p", { className: "words", textContent: request.prompt }))
  if (revisedPrompt) {
    const summary = element("summary", { textContent: messages.drawnPrompt })
    caption.append(element("details", { className: "meta" }, summary, revisedPrompt))
  }
  caption.append(
    element("p", { className: "meta", textContent: facts.join(" · ") }),
    life,
    element(
      "div",
      { className: "copies meta" },
      element("span", { textContent: messages.copy }),
      ...linked,
      textButton("curl", () => void copy(toCurl(request, location.origin)))
    ),
    element(
      "div",
      { className: "tools" },
      downloadLink(picture, address),
      iconButton("redraw", messages.redraw, () => actions.redraw(picture)),
      iconButton("edit", messages.edit, () => actions.edit(picture)),
      iconButton("remove", messages.remove, () => actions.remove(picture))
    )
  )
  const root = element("li", { className: "picture" }, element("figure", {}, frame, caption))
  return { root, refresh, dispose: () => URL.revokeObjectURL(address) }
}
