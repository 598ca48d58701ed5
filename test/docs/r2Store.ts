import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { ImageNotFound, StorageError } from "../../src/domain/Errors.ts"
import { type ImageKey, keyOf, longestLifetime, makeImageKey, secondsLeft } from "../../src/domain/ImageKey.ts"
import { AppConfig } from "../../src/services/Config.ts"
import { Identifiers } from "../../src/services/Identifiers.ts"
import { ImageStore } from "../../src/services/ImageStore.ts"

const seconds = Effect.map(Clock.currentTimeMillis, (millis) => Math.floor(millis / 1000))

const attempt = <A>(operation: StorageError["operation"], evaluate: () => Promise<A>) =>
  Effect.tryPromise({ try: evaluate, catch: (cause) => new StorageError({ operation, cause }) }).pipe(
    Effect.timeoutOrElse({
      duration: "10 seconds",
      orElse: () => Effect.fail(new StorageError({ operation, cause: "no answer within 10 seconds" }))
    })
  )

/** The storage backend that docs/architecture.md adds: a bucket of R2, whose rule for old objects deletes what has ended. */
export const layerR2 = (bucket: R2Bucket) =>
  Layer.effect(
    ImageStore,
    Effect.gen(function* () {
      const { imageExpiration } = yield* AppConfig
      const lifetime = Effect.fromResult(imageExpiration)
      const open = Effect.fnUntraced(function* (key: ImageKey) {
        const now = yield* seconds
        if (secondsLeft(key, now) === 0) return yield* new ImageNotFound({ expired: key.expiresAt <= now })
        const found = yield* attempt("get", () => bucket.get(key.id))
        const isOther = key.mediaType !== undefined && found?.httpMetadata?.contentType !== key.mediaType
        return found && !isOther ? found.body : yield* new ImageNotFound({ expired: false })
      })
      return ImageStore.of({
        available: Effect.asVoid(lifetime),
        keys: Effect.fnUntraced(function* (count, options = {}) {
          const lasting = (options.drawing ?? 0) + (options.seconds ?? (yield* lifetime))
          const expiresAt = (yield* seconds) + Math.min(lasting, longestLifetime)
          const identifiers = yield* Identifiers
          return Array.from({ length: count }, () => makeImageKey(identifiers.next(), expiresAt))
        }),
        put: (file, key) =>
          attempt("put", () => bucket.put(key.id, file.bytes, { httpMetadata: { contentType: file.mediaType } })).pipe(
            Effect.retry({ times: 1 }),
            Effect.as(keyOf(key, file.mediaType))
          ),
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
