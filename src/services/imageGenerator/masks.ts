import * as Effect from "effect/Effect"
import { ConfigurationError, InvalidRequest } from "../../domain/Errors.ts"
import type { GenerationPlan } from "../../domain/GenerationPlan.ts"
import { ImageFile } from "../../domain/ImageFile.ts"
import { formatSize, type ImageSize, sameSize } from "../../domain/ImageSize.ts"
import type { ImageTransformer } from "../ImageTransformer.ts"
import { hasAlpha, type PngHeader, readPixel, readPngHeader, unpackPng } from "../png/decodePng.ts"
import { encodePng } from "../png/encodePng.ts"

/** How the model is told what to repaint: white, as upstream. Cloudflare's documents are silent. */
const repaint = 255
const keep = 255 - repaint

const opaqueFrom = 128
const maximumBytes = 4 * 1024 * 1024
const maximumPixels = 4096 * 4096

const refused = (message: string) => new InvalidRequest({ message, param: "mask" })

const notPng = refused("The mask must be a PNG with an alpha channel: what is transparent in it is drawn anew.")
const notTransparent = refused(
  "Nothing in the mask is transparent. What is to be drawn anew must be transparent in it; its colours mean nothing."
)

/** 16 bits a channel and interlaced lines are left to the Images binding. */
const isPlain = ({ bitDepth, interlaced }: PngHeader): boolean => bitDepth <= 8 && !interlaced

/** What is wrong with a mask for `picture`, as far as can be seen without unpacking it. */
export const faultOfMask = (
  mask: ImageFile,
  picture: ImageFile,
  { model, size }: Pick<GenerationPlan, "model" | "size">,
  canScale: boolean
): InvalidRequest | undefined => {
  const header = mask.mediaType === "image/png" ? readPngHeader(mask.bytes) : undefined
  if (!header) return notPng
  if (mask.bytes.length > maximumBytes) return refused("The mask is larger than 4 MiB.")
  if (!sameSize(mask.size, picture.size)) {
    return refused(
      `The mask has ${formatSize(mask.size)} pixels and the picture ${formatSize(picture.size)}: both must be alike.`
    )
  }
  if (mask.size.width * mask.size.height > maximumPixels) return refused("The mask has more than 16 megapixels.")
  if (!hasAlpha(header)) return notPng
  if (canScale || (sameSize(picture.size, size) && picture.upright && isPlain(header))) return undefined
  return refused(
    `${model.id} draws ${formatSize(size)} here, and to scale picture and mask needs the Images binding, which is not bound as IMAGES. ` +
      `Send both in that size, the mask with 8 bits a channel.`
  )
}

/** A mask as the model takes it: gray, and of the size that is drawn. */
export const makeMaskFitting = (transformer: ImageTransformer["Service"]) =>
  Effect.fnUntraced(function* (mask: ImageFile, size: ImageSize) {
    const given = readPngHeader(mask.bytes)
    const fits = given && isPlain(given) && sameSize(mask.size, size)
    const scaled = fits ? mask : yield* Effect.mapError(transformer.squeeze(mask, size, "image/png"), notScaled)
    const header = readPngHeader(scaled.bytes)
    // What is opaque all over may come back without its alpha.
    if (!header || !hasAlpha(header)) return yield* notTransparent
    const pixels = yield* Effect.promise(() => unpackPng(header))
    if (!pixels) return yield* refused("The mask can't be read: it is not a whole PNG.")
    let repainted = 0
    const colour = new Uint8Array(4)
    const bytes = yield* Effect.promise(() =>
      encodePng(
        header.width,
        header.height,
        (line, y) => {
          for (let x = 0; x < line.length; x++) {
            readPixel(pixels, x, y, colour)
            const transparent = (colour[3] ?? 0) < opaqueFrom
            if (transparent) repainted++
            line[x] = transparent ? repaint : keep
          }
        },
        1
      )
    )
    const file = ImageFile.fromBytes(bytes)
    return file && repainted > 0 ? file : yield* notTransparent
  })

const notScaled = () =>
  new ConfigurationError({
    variable: "IMAGES",
    message: "The Images binding (IMAGES) could not scale the mask. Its transformations of this month may be used up."
  })
