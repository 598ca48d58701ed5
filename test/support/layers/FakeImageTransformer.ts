import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { ImageFile } from "../../../src/domain/ImageFile.ts"
import type { MediaType } from "../../../src/domain/ImageHeader.ts"
import type { ImageSize } from "../../../src/domain/ImageSize.ts"
import { ImageTransformError, ImageTransformer, type Layers } from "../../../src/services/ImageTransformer.ts"
import { imageOf } from "../pictures.ts"
import { resizePng } from "../pixels.ts"

/** What was asked of it. */
export type Call =
  | { readonly _tag: "Convert"; readonly file: ImageFile; readonly to: MediaType }
  | { readonly _tag: "Fit"; readonly file: ImageFile; readonly maximumSide: number }
  | { readonly _tag: "Squeeze"; readonly file: ImageFile; readonly size: ImageSize; readonly to: MediaType }
  | { readonly _tag: "Compose"; readonly layers: Layers; readonly to: MediaType }

/** Gives another picture of the right format and size. `calls` are in order. */
export const make = () => {
  const calls: Array<Call> = []
  const layer = Layer.succeed(ImageTransformer, {
    available: true,
    convert: (file, to) => {
      calls.push({ _tag: "Convert", file, to })
      return Effect.promise(() => imageOf(file.size, { mediaType: to, text: "converted" }))
    },
    fit: (file, maximumSide, to = file.mediaType) => {
      calls.push({ _tag: "Fit", file, maximumSide })
      const factor = Math.min(1, maximumSide / Math.max(file.size.width, file.size.height))
      const width = Math.round(file.size.width * factor)
      const height = Math.round(file.size.height * factor)
      return Effect.promise(() => imageOf({ width, height }, { mediaType: to, text: "fitted" }))
    },
    squeeze: (file, size, to) => {
      calls.push({ _tag: "Squeeze", file, size, to })
      return Effect.promise(
        async () =>
          (to === "image/png" ? await resizePng(file.bytes, size) : undefined) ??
          imageOf(size, { mediaType: to, text: "squeezed" })
      )
    },
    composes: Effect.succeed(true),
    compose: (layers, to) => {
      calls.push({ _tag: "Compose", layers, to })
      return Effect.promise(() => imageOf(layers.picture.size, { mediaType: to, text: "composed" }))
    }
  })
  return { layer, calls: calls as ReadonlyArray<Call> }
}

export const layer: Layer.Layer<ImageTransformer> = make().layer

const fail = Effect.fail(new ImageTransformError({ cause: "the fake transformer was told to fail" }))

const broken = (available: boolean): Layer.Layer<ImageTransformer> =>
  Layer.succeed(ImageTransformer, {
    available,
    convert: () => fail,
    fit: () => fail,
    squeeze: () => fail,
    composes: Effect.succeed(false),
    compose: () => fail
  })

/** Is not there, as where IMAGES is not bound. */
export const unavailable: Layer.Layer<ImageTransformer> = broken(false)

/** Is there, and fails. */
export const failing: Layer.Layer<ImageTransformer> = broken(true)
