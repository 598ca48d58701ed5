import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as HttpClient from "effect/http/HttpClient"
import * as Layer from "effect/Layer"
import type { ConfigurationError, ImageNotFound, InvalidRequest, StorageError } from "../domain/Errors.ts"
import type { InputImage } from "../domain/GenerationRequest.ts"
import { ImageFile } from "../domain/ImageFile.ts"
import { isPublicAddress } from "../domain/PublicAddress.ts"
import { discardBody } from "./discardBody.ts"
import { ImageStore } from "./ImageStore.ts"
import { readInputImage, unusableImage } from "./inputImages/InputImage.ts"
import { readWithin } from "./readWithin.ts"

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

      const get = (url: URL, redirects: number): Effect.Effect<Uint8Array<ArrayBuffer>, InvalidRequest> =>
        Effect.gen(function* () {
          if (!isPublicAddress(url)) return yield* refused("it leads to an address that is not public")
          const response = yield* client.get(url).pipe(Effect.catch(() => refused("it could not be fetched")))
          const location = response.status >= 300 && response.status <= 399 ? response.headers.location : undefined
          if (response.status !== 200) yield* discardBody(response)
          if (location !== undefined) {
            const next = URL.parse(location, url)
            if (!next || redirects === 0) return yield* refused("it redirects too often")
            return yield* get(next, redirects - 1)
          }
          if (response.status !== 200) return yield* refused(`its server answered with status ${response.status}`)
          return yield* readWithin(response.stream, limitBytes).pipe(
            Effect.catchTag("BodyTooLong", () => refused("it is larger than 10 MiB")),
            Effect.catchTag("HttpClientError", () => refused("it could not be read"))
          )
        })

      const fetchRemote = (url: URL) =>
        get(url, 3).pipe(
          Effect.provideService(FetchHttpClient.RequestInit, { redirect: "manual" }),
          // The address of somebody's picture is no attribute of a span.
          Effect.provideService(HttpClient.TracerDisabledWhen, () => true),
          Effect.timeoutOrElse({ duration: "10 seconds", orElse: () => refused("it took longer than 10 seconds") }),
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

const limitBytes = 10 * 1024 * 1024

const refused = (reason: string) => Effect.fail(unusableImage(reason, "image"))
