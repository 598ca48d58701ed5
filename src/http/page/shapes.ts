import { byId, element, svg } from "./dom.ts"
import { formatPixels } from "./format.ts"
import { label, messages } from "./messages.ts"
import { setPixels, startPixels, typedPixels } from "./pixels.ts"
import { sidesOf } from "./ShownImage.ts"
import { service } from "./service.ts"

const tiles = byId("shapes", HTMLElement)
const chip = byId("shape", HTMLButtonElement)

/** The shapes that are one click away. */
const quick = [
  { button: byId("portrait", HTMLButtonElement), size: "768x1024" },
  { button: byId("square", HTMLButtonElement), size: "1024x1024" },
  { button: byId("landscape", HTMLButtonElement), size: "1024x768" }
]

/** A rectangle of that shape; dashed where the service chooses. */
const drawing = (size: string | undefined): SVGElement => {
  const [width, height] = sidesOf(size)
  const scale = 20 / Math.max(width, height)
  const [w, h] = [width * scale, height * scale]
  const box = { x: 14 - w / 2, y: 14 - h / 2, width: w, height: h, rx: 2 }
  const dashes = { "stroke-dasharray": size === undefined ? "3 2.5" : "none" }
  return svg("svg", { viewBox: "0 0 28 28", "aria-hidden": "true" }, svg("rect", { ...box, ...dashes }))
}

const tile = (name: string, size: string | undefined): HTMLElement => {
  const input = element("input", { type: "radio", name: "ratio", value: size ?? "" })
  label(input, size === undefined ? messages.automatic : name)
  const text = size === undefined ? messages.automaticShape : name
  return element("label", { className: "ratio", title: formatPixels(size ?? "") }, input, drawing(size), text)
}

const inputs = (): ReadonlyArray<HTMLInputElement> => [...tiles.querySelectorAll("input")]

/** `1024x576`; `undefined` for what the service chooses. */
export const chosenSize = (): string | undefined =>
  typedPixels() ?? (inputs().find(({ checked }) => checked)?.value || undefined)

/** Chooses a size of the table, or any other in pixels. */
export const chooseSize = (size: string | undefined): void => {
  const known = service.ratios.some((ratio) => ratio.size === size) ? size : undefined
  for (const input of inputs()) input.checked = input.value === (known ?? "")
  setPixels(known ? undefined : size)
}

/** Shows on the chip what will be drawn: what the prompt asks for, before what is chosen. */
export const showShape = (wished: string | undefined): void => {
  const size = wished ?? chosenSize()
  const name = size && (service.ratios.find((ratio) => ratio.size === size)?.name ?? formatPixels(size))
  chip.replaceChildren(drawing(size), element("span", { textContent: name ?? messages.automaticShape }))
  label(chip, `${messages.shape}: ${name ?? messages.automaticShape}`)
  chip.classList.toggle("followed", wished !== undefined)
  for (const each of quick) each.button.ariaPressed = String(each.size === size)
}

/** Offers the ratios of the service; `changed` is called when one is chosen. */
export const startShapes = (changed: () => void): void => {
  tiles.append(tile("", undefined), ...service.ratios.map(({ name, size }) => tile(name, size)))
  const choose = (size: string | undefined) => {
    chooseSize(size)
    changed()
  }
  tiles.addEventListener("change", () => choose(inputs().find(({ checked }) => checked)?.value || undefined))
  for (const { button, size } of quick) {
    button.append(drawing(size))
    button.addEventListener("click", () => choose(chosenSize() === size ? undefined : size))
  }
  startPixels(() => {
    for (const input of inputs()) input.checked = input.value === "" && !typedPixels()
  })
  chooseSize(undefined)
}
