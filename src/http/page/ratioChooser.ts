import { formatSize, ratioSizes } from "../../domain/ImageSize.ts"
import { byId, element, svg } from "./dom.ts"
import { formatPixels } from "./format.ts"
import { label, messages } from "./messages.ts"

const tiles = byId("ratios", HTMLElement)
const told = byId("ratio-size", HTMLElement)

/** A rectangle of that shape; dashed where the service chooses. */
const drawing = (width: number, height: number, dashed: boolean): SVGElement => {
  const scale = 20 / Math.max(width, height)
  const [w, h] = [width * scale, height * scale]
  const box = {
    x: 14 - w / 2,
    y: 14 - h / 2,
    width: w,
    height: h,
    rx: 2,
    "stroke-dasharray": dashed ? "3 2.5" : "none"
  }
  return svg("svg", { viewBox: "0 0 28 28", "aria-hidden": "true" }, svg("rect", box))
}

const tile = (name: string, value: string, picture: SVGElement): HTMLElement => {
  const input = element("input", { type: "radio", name: "ratio", value })
  input.addEventListener("change", tell)
  return element("label", { className: "ratio" }, input, picture, name)
}

const inputs = (): ReadonlyArray<HTMLInputElement> => [...tiles.querySelectorAll("input")]

const tell = (): void => {
  told.textContent = formatPixels(chosenSize() ?? "")
}

/** Draws the ratios that the service knows. */
export const fillRatios = (): void => {
  const automatic = tile("Auto", "", drawing(1, 1, true))
  for (const input of automatic.querySelectorAll("input")) label(input, messages.automatic)
  const ratios = [...ratioSizes].map(([name, { height, width }]) =>
    tile(name, formatSize({ width, height }), drawing(width, height, false))
  )
  tiles.replaceChildren(automatic, ...ratios)
  chooseSize(undefined)
}

/** `1024x576`; `undefined` for what the service chooses. */
export const chosenSize = (): string | undefined => inputs().find(({ checked }) => checked)?.value || undefined

export const chooseSize = (size: string | undefined): void => {
  for (const input of inputs()) input.checked = input.value === (size ?? "")
  tell()
}
