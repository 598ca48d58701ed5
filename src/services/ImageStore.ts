import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schedule from "effect/Schedule"
import { type ConfigurationError, ImageNotFound, StorageError } from "../domain/Errors.ts"
import type { ImageFile } from "../domain/ImageFile.ts"
import type { MediaType } from "../domain/ImageHeader.ts"
import { type ImageKey, keyOf, longestLifetime, makeImageKey, secondsLeft } from "../domain/ImageKey.ts"
import { Bindings } from "./Bindings.ts"
import { AppConfig, missingImageNamespace } from "./Config.ts"
import { Identifiers } from "./Identifiers.ts"

/** Keeps pictures until they expire. */
export class ImageStore extends Context.Service<
  ImageStore,
  {
    /** Whether pictures can be kept at all: asked before one is paid for. */
    readonly available: Effect.Effect<void, ConfigurationError>
    /**
     * Keys for so many pictures that are drawn in about `drawing` seconds from now on. From then on they last for
     * `IMAGE_EXPIRATION`, or for so many `seconds` (at least 60).
     */
    readonly keys: (
      count: number,
      options?: { readonly drawing?: number; readonly seconds?: number }
    ) => Effect.Effect<ReadonlyArray<ImageKey>, ConfigurationError>
    /**
     * Keeps a picture under a key that was made for it, and says under which: where drawing it took so long that the key is
     * about to end, it is a new one.
     */
    readonly put: (file: ImageFile, key: ImageKey) => Effect.Effect<ImageKey, StorageError | ConfigurationError>
    /** The bytes of a stored picture as they come. One that is not there, or no longer, is {@link ImageNotFound}. */
    readonly open: (
      key: ImageKey
    ) => Effect.Effect<ReadableStream<Uint8Array>, ImageNotFound | StorageError | ConfigurationError>
    /** Like {@link open}, all bytes at once. */
    readonly get: (
      key: ImageKey
    ) => Effect.Effect<Uint8Array<ArrayBuffer>, ImageNotFound | StorageError | ConfigurationError>
  }
>()("flux/services/ImageStore") {
  /** Workers KV, in the namespace FLUX_CF_KV. */
  static readonly layer = Layer.effect(
    ImageStore,
    Effect.gen(function* () {
      const { FLUX_CF_KV: kv } = yield* Bindings
      const { imageExpiration } = yield* AppConfig
      const namespace = kv ? Effect.succeed(kv) : Effect.fail(missingImageNamespace)
      const lifetime = Effect.fromResult(imageExpiration)

      const seconds = Effect.map(Clock.currentTimeMillis, (millis) => Math.floor(millis / 1000))

      const readNamed = (kv: KVNamespace, name: string) =>
        attempt("get", () => kv.getWithMetadata<StoredAs>(name, "stream"))

      /** A link whose ending says that the picture is of another kind than it is, is nobody's link. */
      const read = (kv: KVNamespace, { id, mediaType }: ImageKey) =>
        Effect.map(readNamed(kv, id), ({ metadata, value }) =>
          mediaType && metadata?.mediaType && metadata.mediaType !== mediaType ? null : value
        )

      /** Earlier versions stored a picture under the name in its link. */
      const readEarlier = (kv: KVNamespace, { id, name }: ImageKey) =>
        name === id ? Effect.succeed(null) : Effect.map(readNamed(kv, name), ({ value }) => value)

      const keys = Effect.fnUntraced(function* (
        count: number,
        options: { readonly drawing?: number; readonly seconds?: number } = {}
      ) {
        const usual = yield* lifetime
        const identifiers = yield* Identifiers
        const lasting = Math.min((options.drawing ?? 0) + (options.seconds ?? usual), longestLifetime)
        const expiresAt = (yield* seconds) + lasting
        return Array.from({ length: count }, () => makeImageKey(identifiers.next(), expiresAt))
      })

      const open = Effect.fnUntraced(function* (key: ImageKey) {
        const now = yield* seconds
        if (secondsLeft(key, now) === 0) return yield* new ImageNotFound({ expired: key.expiresAt <= now })
        const kv = yield* namespace
        const lasts = yield* lifetime
        const found = (yield* read(kv, key)) ?? (yield* readEarlier(kv, key))
        if (found) return found
        const age = lasts - (key.expiresAt - now)
        // Older than the wait, or not yet born: a name that somebody made up.
        if (age >= propagationSeconds || age < -longestDrawingSeconds)
          return yield* new ImageNotFound({ expired: false })
        const again = yield* Effect.delay(read(kv, key), "1 second")
        return again ?? (yield* new ImageNotFound({ expired: false }))
      })

      return ImageStore.of({
        available: Effect.asVoid(Effect.andThen(namespace, lifetime)),
        keys,
        put: Effect.fnUntraced(function* (file, made) {
          const kv = yield* namespace
          const now = yield* seconds
          const [late] = made.expiresAt - now < usefulSeconds ? yield* keys(1) : []
          const writeUnder = Effect.fnUntraced(function* (key: ImageKey) {
            const expirationTtl = Math.max(shortestSeconds, key.expiresAt - (yield* seconds))
            const metadata: StoredAs = { mediaType: file.mediaType }
            yield* attempt("put", () => kv.put(key.id, file.bytes, { expirationTtl, metadata }))
            return keyOf(key, file.mediaType)
          })
          // The picture has been paid for, and whoever reads a stream may know its key already.
          return yield* writeUnder(late ?? made).pipe(
            Effect.retry({ times: 1, schedule: slowerThanWrites }),
            Effect.catch(() => Effect.flatMap(keys(1), ([another = made]) => writeUnder(another)))
          )
        }),
        open,
        get: (key) =>
          Effect.flatMap(open(key), (body) =>
            Effect.map(
              attempt("get", () => new Response(body).arrayBuffer()),
              (buffer) => new Uint8Array(buffer)
            )
          )
      })
    })
  )
}

/** What is stored beside a picture. */
interface StoredAs {
  readonly mediaType: MediaType
}

/** A write can take this long to be seen elsewhere: https://developers.cloudflare.com/kv/concepts/how-kv-works/ */
const propagationSeconds = 60

/** A key counts from the expected end of the drawing, and the drawing may have ended long before. */
const longestDrawingSeconds = 900

/** Workers KV keeps nothing for less. */
const shortestSeconds = 60

/** A link that ends sooner is of no use to anybody. */
const usefulSeconds = 30

const timeLimit = "10 seconds"

const attempt = <A>(operation: StorageError["operation"], evaluate: () => Promise<A>) =>
  Effect.tryPromise({ try: evaluate, catch: (cause) => new StorageError({ operation, cause }) }).pipe(
    Effect.timeoutOrElse({
      duration: timeLimit,
      orElse: () => Effect.fail(new StorageError({ operation, cause: `no answer within ${timeLimit}` }))
    })
  )

/** KV takes one write a second to each key: between 1.12 and 1.68 s. */
const slowerThanWrites = Schedule.jittered(Schedule.spaced("1400 millis"))
