import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { ImageNotFound, InvalidRequest, StorageError } from "../../../src/domain/Errors.ts"
import type { InputImage } from "../../../src/domain/GenerationRequest.ts"
import type { ImageSize } from "../../../src/domain/ImageSize.ts"
import { InputImages } from "../../../src/services/InputImages.ts"
import { imageOf } from "../pictures.ts"

/**
 * Has a picture of `size` for each address and each stored key, which depends on that alone; inline pictures are what they
 * are. `inputs` are those that were asked for, in order.
 */
export const make = (size: ImageSize = { width: 512, height: 512 }) => {
  const inputs: Array<InputImage> = []
  const layer = Layer.succeed(InputImages, {
    resolve: (input) => {
      inputs.push(input)
      if (input._tag === "Inline") return Effect.succeed(input.file)
      return input._tag === "Stored"
        ? Effect.promise(() => imageOf(size, { text: input.key.name, mediaType: input.key.mediaType ?? "image/jpeg" }))
        : Effect.promise(() => imageOf(size, { text: input.url.href }))
    }
  })
  return { layer, inputs: inputs as ReadonlyArray<InputImage> }
}

export const layer: Layer.Layer<InputImages> = make().layer

/** Can't get any picture. */
export const failing = (error: InvalidRequest | ImageNotFound | StorageError): Layer.Layer<InputImages> =>
  Layer.succeed(InputImages, { resolve: () => Effect.fail(error) })
