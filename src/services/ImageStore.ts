import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Random from "effect/Random"
import { type ConfigurationError, ImageNotFound, StorageError } from "../domain/Errors.ts"
import type { ImageFile } from "../domain/ImageFile.ts"
import { type ImageKey, makeImageKey, secondsLeft } from "../domain/ImageKey.ts"
import { Bindings } from "./Bindings.ts"
import { AppConfig, missingImageNamespace } from "./Config.ts"
import { Identifiers } from "./Identifiers.ts"

/** Keeps pictures until they expire. */
export class ImageStore extends Context.Service<
  ImageStore,
  {
    /** Whether pictures can be kept at all: asked before one is paid for. */
    readonly available: Effect.Effect<void, ConfigurationError>
    /** Keeps a picture for `IMAGE_EXPIRATION`, or for so many `seconds` (at least 60). */
    readonly put: (
      file: ImageFile,
      options?: { readonly seconds: number }
    ) => Effect.Effect<ImageKey, StorageError | ConfigurationError>
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

      const read = (kv: KVNamespace, key: ImageKey) => attempt("get", () => kv.get(key.name, "stream"))

      const open = Effect.fnUntraced(function* (key: ImageKey) {
        const now = Math.floor((yield* Clock.currentTimeMillis) / 1000)
        if (secondsLeft(key, now) === 0) return yield* new ImageNotFound({ expired: key.expiresAt <= now })
        const kv = yield* namespace
        const seconds = yield* lifetime
        const found = yield* read(kv, key)
        if (found) return found
        const age = seconds - (key.expiresAt - now)
        // Older than the wait, or not yet born: a name that somebody made up.
        if (age >= propagationSeconds || age < -propagationSeconds) return yield* new ImageNotFound({ expired: false })
        const again = yield* Effect.delay(read(kv, key), "1 second")
        return again ?? (yield* new ImageNotFound({ expired: false }))
      })

      return ImageStore.of({
        available: Effect.asVoid(Effect.andThen(namespace, lifetime)),
        put: Effect.fnUntraced(function* (file, options) {
          const kv = yield* namespace
          const usual = yield* lifetime
          const seconds = options?.seconds ?? usual
          const identifiers = yield* Identifiers
          const write = Effect.gen(function* () {
            const now = yield* Clock.currentTimeMillis
            const key = makeImageKey(identifiers.next(), Math.floor(now / 1000) + seconds, file.mediaType)
            yield* attempt("put", () => kv.put(key.name, file.bytes, { expirationTtl: seconds }))
            return key
          })
          // The picture has been paid for. Nobody has been told a key, and KV takes one write a second to each: so a new one.
          return yield* write.pipe(
            Effect.catch(() => Effect.andThen(pause(200), write)),
            Effect.catch(() => Effect.andThen(pause(400), write))
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

/** A write can take this long to be seen elsewhere: https://developers.cloudflare.com/kv/concepts/how-kv-works/ */
const propagationSeconds = 60

const timeLimit = "10 seconds"

const attempt = <A>(operation: StorageError["operation"], evaluate: () => Promise<A>) =>
  Effect.tryPromise({ try: evaluate, catch: (cause) => new StorageError({ operation, cause }) }).pipe(
    Effect.timeoutOrElse({
      duration: timeLimit,
      orElse: () => Effect.fail(new StorageError({ operation, cause: `no answer within ${timeLimit}` }))
    })
  )

/** Waits for about so many milliseconds: a quarter more or less. */
const pause = (millis: number) => Effect.flatMap(Random.next, (share) => Effect.sleep(millis * (0.75 + share / 2)))
