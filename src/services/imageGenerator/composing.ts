import * as Effect from "effect/Effect"
import { ImageFile } from "../../domain/ImageFile.ts"
import type { MediaType } from "../../domain/ImageHeader.ts"
import { sameSize } from "../../domain/ImageSize.ts"
import type { Notice } from "../../domain/Notice.ts"
import { ImageTransformError, type ImageTransformer, type Layers } from "../ImageTransformer.ts"
import { hasAlpha, readPixel, readPngHeader, unpackPng } from "../png/decodePng.ts"
import { encodePng } from "../png/encodePng.ts"

/** A masked picture, and what there is to know of it. */
interface Composed {
  readonly file: ImageFile
  readonly notices: ReadonlyArray<Notice>
}

/** Larger ones would take more time than a Worker has, where the Images binding does not put them together. */
const maximumPixels = 1024 * 1024

/**
 * Puts what was painted into the picture that was sent, in its size, so that all outside of the mask stays as it was. Where
 * that can't be done it is what was painted, scaled where that can be done, and said. It never fails: it has been drawn.
 */
export const makeComposing = (transformer: ImageTransformer["Service"]) => {
  const asPng = (file: ImageFile) =>
    file.mediaType === "image/png" ? Effect.succeed(file) : transformer.convert(file, "image/png")

  /** By hand, pixel by pixel. */
  const composeHere = Effect.fnUntraced(function* ({ mask, painted, picture }: Layers) {
    const { height, width } = picture.size
    if (width * height > maximumPixels) return yield* new ImageTransformError({ cause: "the picture is too large" })
    const scaled = sameSize(painted.size, picture.size)
      ? painted
      : yield* transformer.squeeze(painted, picture.size, "image/png")
    const [inside, outside, shape] = yield* Effect.all([
      pixelsOf(yield* asPng(scaled)),
      pixelsOf(yield* asPng(picture)),
      pixelsOf(mask)
    ])
    const channels = hasAlpha(outside.header) ? 4 : 3
    const colour = new Uint8Array(4)
    const bytes = yield* Effect.promise(() =>
      encodePng(
        width,
        height,
        (line, y) => {
          for (let x = 0; x < width; x++) {
            readPixel(shape, x, y, colour)
            readPixel((colour[3] ?? 0) < 128 ? inside : outside, x, y, colour)
            for (let i = 0; i < channels; i++) line[x * channels + i] = colour[i] ?? 0
          }
        },
        channels
      )
    )
    return ImageFile.fromBytes(bytes) ?? (yield* new ImageTransformError({ cause: "nothing came of it" }))
  })

  return Effect.fnUntraced(function* ({ mask, painted, picture: sent }: Layers, to: MediaType | undefined) {
    const composed = Effect.gen(function* () {
      const picture = sent.upright ? sent : yield* transformer.convert(sent, sent.mediaType)
      const layers = { mask, painted, picture }
      return yield* (yield* transformer.composes)
        ? transformer.compose(layers, to ?? picture.mediaType)
        : composeHere(layers)
    })
    return yield* composed.pipe(
      Effect.map((file): Composed => ({ file, notices: [] })),
      Effect.catch((error) =>
        Effect.logWarning("A masked picture could not be put together", error).pipe(
          Effect.andThen(
            sameSize(painted.size, sent.size)
              ? Effect.succeed(painted)
              : transformer.squeeze(painted, sent.size, painted.mediaType)
          ),
          Effect.orElseSucceed(() => painted),
          Effect.map((file): Composed => ({ file, notices: [{ _tag: "MaskRedrawn" }] }))
        )
      )
    )
  })
}

const pixelsOf = Effect.fnUntraced(function* ({ bytes }: ImageFile) {
  const header = readPngHeader(bytes)
  const pixels = header && (yield* Effect.promise(() => unpackPng(header)))
  return pixels ?? (yield* new ImageTransformError({ cause: "a PNG that can't be unpacked" }))
})
