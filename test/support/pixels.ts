import { ImageFile } from "../../src/domain/ImageFile.ts"
import type { ImageSize } from "../../src/domain/ImageSize.ts"
import { readPixel, readPngHeader, unpackPng } from "../../src/services/png/decodePng.ts"
import { encodePng } from "../../src/services/png/encodePng.ts"

/** Red, green, blue and alpha. */
export type Rgba = readonly [number, number, number, number]

export const red: Rgba = [255, 0, 0, 255]
export const green: Rgba = [0, 255, 0, 255]
export const clear: Rgba = [0, 0, 0, 0]
export const black: Rgba = [0, 0, 0, 255]

/** A PNG with alpha, whose pixels are those of `paint`. */
export const paintPng = async (size: ImageSize, paint: (x: number, y: number) => Rgba): Promise<ImageFile> => {
  const bytes = await encodePng(
    size.width,
    size.height,
    (line, y) => {
      for (let x = 0; x < size.width; x++) line.set(paint(x, y), 4 * x)
    },
    4
  )
  const file = ImageFile.fromBytes(bytes)
  if (!file) throw new Error("What was painted is no PNG.")
  return file
}

/** A mask whose left half is transparent. */
export const leftHalf = (size: ImageSize): Promise<ImageFile> =>
  paintPng(size, (x) => (x < size.width / 2 ? clear : black))

/** The pixels of a PNG; `undefined` for anything else. */
export const pixelsOf = async (
  bytes: Uint8Array<ArrayBuffer>
): Promise<{ readonly size: ImageSize; readonly at: (x: number, y: number) => Rgba } | undefined> => {
  const header = readPngHeader(bytes)
  const pixels = header && (await unpackPng(header))
  if (!pixels) return undefined
  const { height, width } = pixels.header
  const at = (x: number, y: number): Rgba => {
    const colour = new Uint8Array(4)
    readPixel(pixels, x, y, colour)
    const [red = 0, green = 0, blue = 0, alpha = 0] = colour
    return [red, green, blue, alpha]
  }
  return { size: { width, height }, at }
}

/** A PNG in another size, each pixel that of the nearest place. */
export const resizePng = async (bytes: Uint8Array<ArrayBuffer>, size: ImageSize): Promise<ImageFile | undefined> => {
  const pixels = await pixelsOf(bytes)
  if (!pixels) return undefined
  const { at, size: from } = pixels
  return paintPng(size, (x, y) =>
    at(Math.floor((x * from.width) / size.width), Math.floor((y * from.height) / size.height))
  )
}
