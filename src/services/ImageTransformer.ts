import * as Context from "effect/Context"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { ImageFile } from "../domain/ImageFile.ts"
import type { MediaType } from "../domain/ImageHeader.ts"
import { Bindings } from "./Bindings.ts"

/** The picture could not be transformed: the Images binding refused it, or its free transformations are used up. */
export class ImageTransformError extends Data.TaggedError("ImageTransformError")<{ readonly cause: unknown }> {}

/** Scales pictures and changes their format. */
export class ImageTransformer extends Context.Service<
  ImageTransformer,
  {
    /** Whether anything can be transformed in this deployment. */
    readonly available: boolean
    readonly convert: (file: ImageFile, to: MediaType) => Effect.Effect<ImageFile, ImageTransformError>
    /** Scales a picture down until neither side is longer than `maximumSide` pixels; its ratio stays. */
    readonly fit: (
      file: ImageFile,
      maximumSide: number,
      /** By default it keeps its format. */
      to?: MediaType
    ) => Effect.Effect<ImageFile, ImageTransformError>
  }
>()("flux/services/ImageTransformer") {
  /** The Images binding, where there is one. */
  static readonly layer = Layer.effect(
    ImageTransformer,
    Effect.map(Bindings, ({ IMAGES }) => {
      const transform = (file: ImageFile, to: MediaType, transformation: ImageTransform) =>
        Effect.tryPromise({
          try: async () => {
            if (!IMAGES) throw new Error("IMAGES is not bound")
            const input = IMAGES.input(new Blob([file.bytes]).stream()).transform(transformation)
            const output = await input.output({ format: to })
            return new Uint8Array(await output.response().arrayBuffer())
          },
          catch: (cause) => new ImageTransformError({ cause })
        }).pipe(
          Effect.timeoutOrElse({
            duration: "20 seconds",
            orElse: () => Effect.fail(new ImageTransformError({ cause: "timeout" }))
          }),
          Effect.flatMap((bytes) => {
            const transformed = ImageFile.fromBytes(bytes)
            return transformed
              ? Effect.succeed(transformed)
              : Effect.fail(new ImageTransformError({ cause: "the Images binding gave no picture" }))
          })
        )
      return ImageTransformer.of({
        available: IMAGES !== undefined,
        convert: (file, to) => transform(file, to, {}),
        fit: (file, maximumSide, to = file.mediaType) =>
          transform(file, to, { width: maximumSide, height: maximumSide, fit: "scale-down" })
      })
    })
  )
}
