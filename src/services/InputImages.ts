import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as HttpClient from "effect/http/HttpClient"
import * as Layer from "effect/Layer"
import type { ConfigurationError, ImageNotFound, InvalidRequest, StorageError } from "../domain/Errors.ts"
import type { InputImage } from "../domain/GenerationRequest.ts"
import { ImageFile } from "../domain/ImageFile.ts"
import { fetchPublic } from "./fetchPublic.ts"
import { ImageStore } from "./ImageStore.ts"
import { readInputImage, unusableImage } from "./inputImages/InputImage.ts"

/** Gets the pictures that a request starts from. */
export class InputImages extends Context.Service<
  InputImages,
  {
    /**
     * The picture itself: our own from KV, a remote one over https only, with at most three redirects (each checked like the
     * first address), 10 MiB and 10 seconds. What can't be had is an InvalidRequest; one of ours that has expired is
     * ImageNotFound.
     */
    readonly resolve: (
      input: InputImage
    ) => Effect.Effect<ImageFile, InvalidRequest | ImageNotFound | StorageError | ConfigurationError>
  }
>()("flux/services/InputImages") {
  static readonly layer = Layer.effect(
    InputImages,
    Effect.gen(function* () {
      const store = yield* ImageStore
      const client = yield* HttpClient.HttpClient

      const fetchRemote = (url: URL) =>
        fetchPublic(client, url, { megabytes: 10, seconds: 10 }).pipe(
          Effect.mapError((reason) => unusableImage(reason, "image")),
          Effect.flatMap((bytes) => Effect.fromResult(readInputImage(bytes, "image")))
        )

      return InputImages.of({
        resolve: (input) => {
          switch (input._tag) {
            case "Inline":
              return Effect.succeed(input.file)
            case "Remote":
              return fetchRemote(input.url)
            case "Stored": {
              // What it is, its bytes say: a picture that is referred to by its id has no ending.
              const { mediaType: _, ...key } = input.key
              return Effect.flatMap(store.get(key), (bytes) => {
                const file = ImageFile.fromBytes(bytes)
                return file ? Effect.succeed(file) : refused("what is stored is not a picture")
              })
            }
          }
        }
      })
    })
  )
}

const refused = (reason: string) => Effect.fail(unusableImage(reason, "image"))
