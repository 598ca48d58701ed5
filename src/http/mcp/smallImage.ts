import * as Effect from "effect/Effect"
import type { GeneratedImage } from "../../domain/GenerationEvent.ts"
import type { ImageFile } from "../../domain/ImageFile.ts"
import type { ImageTransformer } from "../../services/ImageTransformer.ts"
import { originOf } from "../../services/imageGenerator/drawing.ts"
import type { Provenance } from "../../services/Provenance.ts"

/** What the pictures of one result may take of a model's context, in characters of base64. */
const resultCharacters = 100_000

/** The longest side of the picture of a result that has one, in pixels. */
const longestSide = 768

const base64Length = ({ bytes }: ImageFile): number => Math.ceil(bytes.length / 3) * 4

/** Makes a picture small enough for its result. `undefined` where that can't be done: the link is there too. */
export type SmallImage = (
  image: GeneratedImage,
  of: { readonly n: number; readonly edited: boolean }
) => Effect.Effect<ImageFile | undefined>

export const makeSmallImage = (
  transformer: ImageTransformer["Service"],
  provenance: Provenance["Service"]
): SmallImage => {
  const scale = Effect.fnUntraced(function* (file: ImageFile, image: GeneratedImage, n: number, edited: boolean) {
    const side = longestSide / Math.sqrt(n)
    for (const maximumSide of [side, side / 2, side / 4]) {
      const scaled = yield* transformer.fit(file, Math.round(maximumSide), "image/webp")
      // What the picture said of itself is gone when it is scaled.
      const marked = yield* provenance.mark(scaled, originOf(image.preview, edited, image.model))
      if (base64Length(marked) <= resultCharacters / n) return marked
    }
    return undefined
  })

  return (image, { edited, n }) => {
    const { file } = image
    if (file && base64Length(file) <= resultCharacters / n) return Effect.succeed(file)
    if (!file || !transformer.available) return Effect.succeed(undefined)
    return Effect.catch(scale(file, image, n, edited), (error) =>
      Effect.as(Effect.logWarning("A picture could not be made small", error), undefined)
    )
  }
}
