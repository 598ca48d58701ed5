import { byId } from "./dom.ts"
import { messages } from "./messages.ts"
import { isEmpty, isWrong, numberIn } from "./numberField.ts"
import { findModel, type Plan } from "./plan.ts"
import { sidesOf } from "./ShownImage.ts"
import { service } from "./service.ts"

const sides = [byId("width", HTMLInputElement), byId("height", HTMLInputElement)] as const

/** `1200x800`, where both sides are typed. */
export const typedPixels = (): string | undefined => {
  const [width, height] = sides.map(numberIn)
  return width && height ? `${width}x${height}` : undefined
}

/** Puts a size into the fields; takes what is there away where there is none. */
export const setPixels = (size: string | undefined): void => {
  const numbers = size ? sidesOf(size) : []
  for (const [place, side] of sides.entries()) side.value = String(numbers[place] ?? "")
}

/** Shows behind empty fields what would be drawn, and lets them be what its model takes. */
export const showPixels = ({ model, size }: Plan): void => {
  const numbers = size ? sidesOf(size) : []
  const ranges = [model, findModel(service.sizedModel)].flatMap((each) => each?.sizes ?? [])
  const range = ranges.find((sizes) => typeof sizes !== "string")
  for (const [place, side] of sides.entries()) {
    side.placeholder = String(numbers[place] ?? "")
    side.max = String(range?.maximum ?? 9999)
    side.min = String(range?.minimum ?? 1)
  }
}

/** A size that can't be drawn, as the field to change and a sentence. */
export const pixelsProblem = (): readonly [HTMLInputElement, string] | undefined => {
  const typed = sides.some((side) => !isEmpty(side))
  const wrong = sides.find((side) => isWrong(side) || (typed && isEmpty(side)))
  return wrong && [wrong, messages.choices.range(Number(wrong.min), Number(wrong.max))]
}

export const startPixels = (changed: () => void): void => {
  for (const side of sides) side.addEventListener("input", changed)
}
