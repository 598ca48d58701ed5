import * as Context from "effect/Context"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { ImageFile } from "../domain/ImageFile.ts"
import type { MediaType } from "../domain/ImageHeader.ts"
import type { ImageSize } from "../domain/ImageSize.ts"
import { Bindings } from "./Bindings.ts"
import { tryCompose } from "./imageTransformer/tryCompose.ts"

/** The picture could not be transformed: the Images binding refused it, or its free transformations are used up. */
export class ImageTransformError extends Data.TaggedError("ImageTransformError")<{ readonly cause: unknown }> {}

/** What a masked picture is put together from. */
export interface Layers {
  readonly painted: ImageFile
  /** Of the size of the result, as is the mask. */
  readonly picture: ImageFile
  readonly mask: ImageFile
}

/** Scales pictures, changes their format, and puts them together. */
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
    /** Scales a picture to exactly this size, whatever its ratio. */
    readonly squeeze: (file: ImageFile, size: ImageSize, to: MediaType) => Effect.Effect<ImageFile, ImageTransformError>
    /** Whether {@link compose} does what it says: `wrangler dev` leaves out what is drawn on top, and tells nobody. */
    readonly composes: Effect.Effect<boolean>
    /** The picture where the mask is opaque, and elsewhere what was painted, scaled to its size. The picture is upright. */
    readonly compose: (layers: Layers, to: MediaType) => Effect.Effect<ImageFile, ImageTransformError>
  }
>()("flux/services/ImageTransformer") {
  /** The Images binding, where there is one. */
  static readonly layer = Layer.effect(
    ImageTransformer,
    Effect.gen(function* () {
      const { IMAGES } = yield* Bindings
      const run = (give: (images: ImagesBinding) => Promise<ImageTransformationResult>) =>
        Effect.tryPromise({
          try: async () => {
            if (!IMAGES) throw new Error("IMAGES is not bound")
            const result = await give(IMAGES)
            return new Uint8Array(await result.response().arrayBuffer())
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
      const transform = (file: ImageFile, to: MediaType, transformation: ImageTransform) =>
        run((images) => images.input(streamOf(file)).transform(transformation).output({ format: to }))
      const compose = ({ mask, painted, picture }: Layers, to: MediaType) =>
        run((images) =>
          images.input(streamOf(mask)).draw(streamOf(picture), { composite: "in" }).output({ format: "image/png" })
        ).pipe(
          Effect.flatMap((kept) =>
            run((images) =>
              images
                .input(streamOf(painted))
                .transform({ ...picture.size, fit: "squeeze" })
                .draw(streamOf(kept))
                .output({ format: to })
            )
          )
        )
      return ImageTransformer.of({
        available: IMAGES !== undefined,
        convert: (file, to) => transform(file, to, {}),
        fit: (file, maximumSide, to = file.mediaType) =>
          transform(file, to, { width: maximumSide, height: maximumSide, fit: "scale-down" }),
        squeeze: (file, { height, width }, to) => transform(file, to, { width, height, fit: "squeeze" }),
        // Of one isolate all are alike, so that it is tried once.
        composes: yield* Effect.cached(IMAGES ? tryCompose(compose) : Effect.succeed(false)),
        compose
      })
    })
  )
}

const streamOf = ({ bytes }: ImageFile) => new Blob([bytes]).stream()
