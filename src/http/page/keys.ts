import type { ImageUse } from "./actions.ts"
import { byId, element } from "./dom.ts"
import { messages } from "./messages.ts"
import type { ShownImage } from "./ShownImage.ts"
import { openSheet } from "./sheet.ts"

const prompt = byId("prompt", HTMLTextAreaElement)
const viewer = byId("viewer", HTMLDialogElement)

const list: ReadonlyArray<readonly [keys: string, text: string]> = [
  ["/", messages.prompt],
  ["← →", `${messages.previous}, ${messages.next}`],
  ["d", messages.download],
  ["e", messages.edit],
  ["f", messages.favourite],
  ["Delete", messages.remove],
  ["+ -", messages.enlarge],
  ["?", messages.keys]
]

/** Shows which keys there are. */
export const showKeys = (): void => {
  const entries = list.flatMap(([keys, text]) => [
    element("dt", {}, ...keys.split(" ").map((key) => element("kbd", { textContent: key }))),
    element("dd", { textContent: text })
  ])
  openSheet(messages.keys, element("dl", {}, ...entries))
}

/** From the picture that has the focus to the one before or after it. */
const step = (by: number): void => {
  const frames = [...document.querySelectorAll<HTMLElement>("#requests .frame")]
  const place = frames.findIndex((frame) => frame.matches(":focus"))
  if (place !== -1) frames[place + by]?.focus()
}

/** Lets the keyboard do what the buttons of a picture do: the one that is shown in full, or has the focus. */
export const startKeys = (
  view: { readonly shown: () => ShownImage | undefined; readonly use: ImageUse },
  use: ImageUse,
  find: (id: string | undefined) => ShownImage | undefined
): void => {
  const act = (key: string): void => {
    if (key === "?") showKeys()
    if (key === "/") {
      viewer.close()
      prompt.focus()
    }
    const inFull = view.shown()
    const focused = document.activeElement?.closest(".tile")?.querySelector<HTMLElement>(".frame")
    const image = inFull ?? find(focused?.dataset.id)
    const { download, edit, favourite, remove } = inFull ? view.use : use
    if (!image) return
    if (key === "d") download([image])
    if (key === "e") edit(image)
    if (key === "f") favourite(image)
    if (key === "Delete") remove([image])
    if (!inFull && key === "ArrowLeft") step(-1)
    if (!inFull && key === "ArrowRight") step(1)
  }

  document.addEventListener("keydown", (event) => {
    const { altKey, ctrlKey, isComposing, key, metaKey, target } = event
    const writes = target instanceof HTMLElement && target.matches("input, textarea, select")
    const open = document.querySelector("dialog[open]")
    if (altKey || ctrlKey || metaKey || isComposing || writes || (open && open !== viewer)) return
    if (key === "/") event.preventDefault()
    act(key)
  })
}
