import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { type ConfigurationError, ImageNotFound, StorageError } from "../../../src/domain/Errors.ts"
import type { ImageFile } from "../../../src/domain/ImageFile.ts"
import { type ImageKey, keyOf, makeImageKey, parseImageKey, secondsLeft } from "../../../src/domain/ImageKey.ts"
import { Identifiers } from "../../../src/services/Identifiers.ts"
import { ImageStore } from "../../../src/services/ImageStore.ts"

export interface Options {
  /** Seconds for which a picture is kept. */
  readonly expiration?: number
  /** Which operations fail, each with a StorageError. */
  readonly failing?: ReadonlyArray<"get" | "put">
  /** Why pictures can't be kept at all. */
  readonly unavailable?: ConfigurationError
}

/**
 * Keeps pictures in memory, under keys as the real store makes them, until they expire by the Clock. `pictures` are those
 * that were put, by the name of their key; `reads` are the names that were asked for and may have been there.
 */
export const make = ({ expiration = 1800, failing = [], unavailable }: Options = {}) => {
  const images = new Map<string, ImageFile>()
  const reads: Array<string> = []
  const available = unavailable ? Effect.fail(unavailable) : Effect.void
  const working = (operation: "get" | "put") =>
    failing.includes(operation)
      ? Effect.fail(new StorageError({ operation, cause: "the fake store was told to fail" }))
      : Effect.void
  const get = Effect.fnUntraced(function* (key: ImageKey) {
    yield* available
    const now = Math.floor((yield* Clock.currentTimeMillis) / 1000)
    if (secondsLeft(key, now) === 0) return yield* new ImageNotFound({ expired: key.expiresAt <= now })
    reads.push(key.name)
    yield* working("get")
    const [, found] = [...images].find(([name]) => parseImageKey(name)?.id === key.id) ?? []
    const isOther = key.mediaType !== undefined && key.mediaType !== found?.mediaType
    return (isOther ? undefined : found?.bytes.slice()) ?? (yield* new ImageNotFound({ expired: false }))
  })
  const layer = Layer.succeed(ImageStore, {
    available,
    keys: Effect.fnUntraced(function* (count, { drawing = 0, seconds = expiration } = {}) {
      yield* available
      const identifiers = yield* Identifiers
      const now = Math.floor((yield* Clock.currentTimeMillis) / 1000)
      return Array.from({ length: count }, () => makeImageKey(identifiers.next(), now + drawing + seconds))
    }),
    put: Effect.fnUntraced(function* (file, made) {
      yield* available
      yield* working("put")
      const key = keyOf(made, file.mediaType)
      images.set(key.name, file)
      return key
    }),
    open: (key) => Effect.map(get(key), (bytes) => new Blob([bytes]).stream()),
    get
  })
  return { layer, images: images as ReadonlyMap<string, ImageFile>, reads: reads as ReadonlyArray<string> }
}

/** Works, for half an hour a picture. */
export const layer: Layer.Layer<ImageStore> = Layer.suspend(() => make().layer)

/** Fails the named operations, by default all. */
export const failing = (...operations: ReadonlyArray<"get" | "put">): Layer.Layer<ImageStore> =>
  make({ failing: operations.length === 0 ? ["get", "put"] : operations }).layer
