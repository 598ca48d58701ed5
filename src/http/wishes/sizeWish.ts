import * as Effect from "effect/Effect"
import { InvalidRequest } from "../../domain/Errors.ts"
import { defaultSize, type ImageSize, sameSize } from "../../domain/ImageSize.ts"
import type { FoundWish } from "./findWishes.ts"
import { isOpen, isSide, readSizeValue, type SizeValue } from "./sizeValue.ts"
import { type Fields, isRecord, readNumber } from "./values.ts"
import { type Wish, wishOf } from "./wishNames.ts"

/** All that a request says of its size, put together; `undefined` where it says nothing. */
export const readSizeWishes = (
  found: ReadonlyArray<FoundWish>
): Effect.Effect<ImageSize | undefined, InvalidRequest> => {
  const said = found.filter(({ value }) => !isOpen(value)).flatMap(unfold)
  const values: Array<Said> = []
  for (const each of said.filter(({ wish }) => wish !== "width" && wish !== "height")) {
    const value = readSizeValue(each.wish, each.value)
    if (!value) return Effect.fail(unreadable(each.path))
    values.push({ path: each.path, value })
  }
  const sides = said.filter(({ wish }) => wish === "width" || wish === "height")
  for (const side of sides) if (!isSide(readNumber(side.value))) return Effect.fail(unreadable(side.path))
  const sideOf = (wish: Wish) => sides.find((side) => side.wish === wish)
  const [width, height] = [sideOf("width"), sideOf("height")]
  const shape = values.find(({ value }) => value._tag === "Ratio" || value._tag === "Pixels")
  const [w, h] = [readNumber(width?.value), readNumber(height?.value)]
  if (isSide(w) && isSide(h)) {
    values.unshift({ path: "width", value: { _tag: "Pixels", size: { width: w, height: h } } })
  } else if (isSide(w) || isSide(h)) {
    if (!shape || !("size" in shape.value)) {
      const [one, other] = isSide(w) ? ["width", "height"] : ["height", "width"]
      return Effect.fail(invalid(`\`${one}\` says no size without \`${other}\`. Send both, or \`size\`.`))
    }
    const proportion = shape.value.size.width / shape.value.size.height
    const size = isSide(w)
      ? { width: w, height: Math.round(w / proportion) }
      : { width: Math.round(Number(h) * proportion), height: Number(h) }
    values.unshift({ path: isSide(w) ? "width" : "height", value: { _tag: "Pixels", size } })
  }
  return combine(values)
}

interface Said {
  readonly path: string
  readonly value: SizeValue
}

/** Of a size and an `aspect_ratio`, which some programs and models always send, the size is meant where it has a shape. */
export const withOneSize = ({ aspect_ratio, ...fields }: Fields): Fields => {
  const size = readSizeValue("size", fields.size)
  return size && "size" in size ? fields : { ...fields, aspect_ratio }
}

/** A size may be an object of wishes. */
const unfold = (found: FoundWish): ReadonlyArray<FoundWish> => {
  if (!isRecord(found.value)) return [found]
  const inner = Object.entries(found.value)
    .slice(0, 20)
    .flatMap(([name, value]) => {
      const wish = wishOf(name)
      return wish && sizeWishes.has(wish) && !isOpen(value) && !isRecord(value)
        ? [{ wish, path: `${found.path}.${name}`, value }]
        : []
    })
  return inner.length > 0 ? inner : [found]
}

/** The wishes that are about the size. */
export const sizeWishes: ReadonlySet<Wish> = new Set([
  "size",
  "ratio",
  "resolution",
  "megapixels",
  "width",
  "height"
] as const)

const combine = (said: ReadonlyArray<Said>): Effect.Effect<ImageSize | undefined, InvalidRequest> => {
  const exact = said.flatMap(({ path, value }) => (value._tag === "Pixels" ? [{ path, size: value.size }] : []))
  const ratios = said.flatMap(({ path, value }) => (value._tag === "Ratio" ? [{ path, size: value.size }] : []))
  const scales = said.flatMap(({ path, value }) =>
    value._tag === "Side" || value._tag === "Lines" ? [{ path, value }] : []
  )
  const [pixels] = exact
  const [shape] = ratios
  const [scale] = scales
  const differing =
    exact.find(({ size }) => pixels && !sameSize(size, pixels.size)) ??
    ratios.find(({ size }) => !sameShape(size, (pixels ?? shape)?.size ?? size)) ??
    scales.find(({ value }) => value.pixels !== scale?.value.pixels) ??
    (pixels && scale && !sameScale(pixels.size, scale.value) ? scale : undefined)
  if (differing) {
    const other = pixels?.path ?? shape?.path ?? scale?.path ?? "size"
    return Effect.fail(
      invalid(`\`${other}\` and \`${differing.path}\` ask for different sizes. Send one of them, as \`size\`.`)
    )
  }
  if (pixels) return Effect.succeed(pixels.size)
  return Effect.succeed(scale ? scaled(shape?.size, scale.value) : shape?.size)
}

const sameShape = (a: ImageSize, b: ImageSize): boolean =>
  Math.abs((a.width * b.height) / (a.height * b.width) - 1) < 0.03

type Scale = Extract<SizeValue, { readonly _tag: "Side" | "Lines" }>

/** "1K" is said of all that is nearer to it than to the next such step. */
const sameScale = (size: ImageSize, { _tag, pixels }: Scale): boolean => {
  const side = _tag === "Lines" ? Math.min(size.width, size.height) : Math.sqrt(size.width * size.height)
  return Math.abs(Math.log2(side / pixels)) <= 0.75
}

const scaled = (shape: ImageSize | undefined, { _tag, pixels }: Scale): ImageSize => {
  const { height, width } = shape ?? (_tag === "Lines" ? { width: 1024, height: 576 } : defaultSize)
  const factor = pixels / (_tag === "Lines" ? Math.min(width, height) : 1024)
  return { width: Math.round(width * factor), height: Math.round(height * factor) }
}

const invalid = (message: string) => new InvalidRequest({ message, param: "size" })

const unreadable = (path: string): InvalidRequest =>
  invalid(
    path === "size"
      ? "`size` must be `auto`, a size such as 1024x576, or a ratio such as 16:9."
      : `\`${path.slice(0, 100)}\` says no size that can be drawn. Send \`size\`: a size such as 1024x576, or a ratio such as 16:9.`
  )
