import { copyLine } from "./copyLine.ts"
import { element } from "./dom.ts"
import { inviteLink } from "./invitation.ts"
import { messages } from "./messages.ts"
import { openSheet } from "./sheet.ts"

/** Makes a link that opens the page with a key in it: this browser's, or the one for somebody else. */
export const openInvite = (key: string): void => {
  const field = element("input", { type: "password", ariaLabel: messages.apiKey, value: key, autocomplete: "off" })
  const link = element("div", { className: "stack" })
  const show = (): void => {
    const entered = field.value.trim()
    link.replaceChildren(
      ...(entered === "" ? [] : [copyLine(inviteLink(entered), messages.invite, encodeURIComponent(entered))])
    )
  }
  field.addEventListener("input", show)
  show()
  openSheet(messages.invite, element("p", { className: "meta", textContent: messages.inviteHint }), field, link)
}
