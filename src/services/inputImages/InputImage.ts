import * as Result from "effect/Result"
import { InvalidRequest } from "../../domain/Errors.ts"
import { recognizeForeignFormat } from "../../domain/ForeignFormat.ts"
import { ImageFile } from "../../domain/ImageFile.ts"
import { readImageHeader } from "../../domain/ImageHeader.ts"

const maximumMegapixels = 100

/** How it is told that a picture itself can't be used, whatever it came in. */
export const unusableBeginning = "The input picture can't be used"

/** A picture that can't be started from, told in the same words however it came. */
export const unusableImage = (reason: string, param: string): InvalidRequest =>
  new InvalidRequest({ message: `${unusableBeginning}: ${reason}.`, param, reason: "unusableImage" })

/** Reads a picture to start from, whatever it is called. What comes after its end is cut off. */
export const readInputImage = (
  bytes: Uint8Array<ArrayBuffer>,
  param: string
): Result.Result<ImageFile, InvalidRequest> => {
  const header = readImageHeader(bytes)
  if (header && header.width * header.height > maximumMegapixels * 1e6) {
    const size = `${header.width}x${header.height}`
    return Result.fail(unusableImage(`it has ${size} pixels; at most ${maximumMegapixels} megapixels are taken`, param))
  }
  const file = ImageFile.fromInput(bytes)
  if (file) return Result.succeed(file)
  const format = header ? undefined : recognizeForeignFormat(bytes)
  return Result.fail(
    unusableImage(
      format ? `it is ${format}. Send it as JPEG, PNG or WebP` : "it is not a whole JPEG, PNG or WebP picture",
      param
    )
  )
}
