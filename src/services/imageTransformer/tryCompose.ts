import * as Effect from "effect/Effect"
import { ImageFile } from "../../domain/ImageFile.ts"
import type { MediaType } from "../../domain/ImageHeader.ts"
import { readPixel, readPngHeader, unpackPng } from "../png/decodePng.ts"
import { encodePng } from "../png/encodePng.ts"

const side = 16
const red = [255, 0, 0, 255]
const blue = [0, 0, 255, 255]
const clear = [0, 0, 0, 0]

/** A square, its left half in the one colour and its right half in the other. */
const halves = async (left: ReadonlyArray<number>, right: ReadonlyArray<number>) =>
  ImageFile.fromBytes(
    await encodePng(
      side,
      side,
      (line) => {
        for (let i = 0; i < line.length; i++) line[i] = (i < 2 * side ? left : right)[i % 4] ?? 0
      },
      4
    )
  )

/** Whether what is composed of known colours has them where they belong. */
export const tryCompose = (
  compose: (
    layers: { readonly painted: ImageFile; readonly picture: ImageFile; readonly mask: ImageFile },
    to: MediaType
  ) => Effect.Effect<ImageFile, unknown>
): Effect.Effect<boolean> =>
  Effect.gen(function* () {
    const [painted, picture, mask] = yield* Effect.promise(() =>
      Promise.all([halves(blue, blue), halves(red, red), halves(clear, red)])
    )
    if (!painted || !picture || !mask) return false
    const { bytes } = yield* compose({ painted, picture, mask }, "image/png")
    const header = readPngHeader(bytes)
    const pixels = header && (yield* Effect.promise(() => unpackPng(header)))
    if (!pixels || header.width !== side || header.height !== side) return false
    const isNear = (x: number, expected: ReadonlyArray<number>) => {
      const colour = new Uint8Array(4)
      readPixel(pixels, x, side / 2, colour)
      return expected.every((value, index) => Math.abs(value - (colour[index] ?? 0)) < 48)
    }
    return isNear(3, blue) && isNear(side - 4, red)
  }).pipe(
    Effect.catch((error) =>
      Effect.as(Effect.logWarning("Pictures can't be composed by the Images binding", error), false)
    )
  )
