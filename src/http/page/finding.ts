import { byId, icon } from "./dom.ts"
import type { ShownImage } from "./ShownImage.ts"

const field = byId("search", HTMLInputElement)
const button = byId("favourites", HTMLButtonElement)

const plain = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()

/** Pictures are found by words of their prompts, by model and seed, and by being favourites. */
export const startFinding = (filter: (matches: (image: ShownImage) => boolean) => void): void => {
  let only = false
  const find = (): void => {
    const words = plain(field.value).split(/\s+/)
    const isFound = ({ model, request, revisedPrompt, seed }: ShownImage): boolean => {
      const text = plain(`${request.prompt} ${revisedPrompt ?? ""} ${model} ${seed ?? ""}`)
      return words.every((word) => text.includes(word))
    }
    const all = words.join("") === ""
    filter((image) => (!only || image.favourite === true) && (all || isFound(image)))
  }
  button.append(icon("heart"))
  field.addEventListener("input", find)
  button.addEventListener("click", () => {
    only = !only
    button.ariaPressed = String(only)
    find()
  })
}
