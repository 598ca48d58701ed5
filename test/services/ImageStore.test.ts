import { describe, expect, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as TestClock from "effect/testing/TestClock"
import type { MediaType } from "../../src/domain/ImageHeader.ts"
import { keyOf, makeImageKey, randomOf } from "../../src/domain/ImageKey.ts"
import { ImageStore } from "../../src/services/ImageStore.ts"
import { makeFakeKv } from "../support/FakeKv.ts"
import { keep } from "../support/keep.ts"
import { configFrom, FakeIdentifiers, testTime } from "../support/layers/testLayers.ts"
import { imageOf } from "../support/pictures.ts"
import { watchSleeps } from "../support/watchSleeps.ts"

/** The store over a namespace that lives by the test's clock. */
const setUp = Effect.fnUntraced(function* (env: Readonly<Record<string, string>> = {}) {
  yield* TestClock.setTime(testTime)
  const clock = yield* Clock.Clock
  const kv = makeFakeKv({ now: () => clock.currentTimeMillisUnsafe() })
  const store = yield* ImageStore.pipe(
    Effect.provide(ImageStore.layer),
    Effect.provide(configFrom(env, { FLUX_CF_KV: kv.namespace }))
  )
  return { kv, store, ...(yield* watchSleeps) }
})

const without = (env: Readonly<Record<string, string>> = {}) =>
  ImageStore.pipe(Effect.provide(ImageStore.layer), Effect.provide(configFrom(env)))

const image = (mediaType: MediaType = "image/jpeg") =>
  Effect.promise(() => imageOf({ width: 64, height: 48 }, { mediaType, text: mediaType }))

const down = new Error("KV is down")

describe("ImageStore", () => {
  it.effect.each([
    ["image/jpeg", "jpg"],
    ["image/png", "png"],
    ["image/webp", "webp"]
  ] as const)("keeps %s under a key that tells its type and its end, and gives the same bytes", ([type, ending]) =>
    Effect.gen(function* () {
      const { kv, store } = yield* setUp()
      const file = yield* image(type)
      const key = yield* keep(store, file)
      expect(key.name).toMatch(new RegExp(`^[A-Za-z0-9_-]{22}-${testTime / 1000 + 1800}\\.${ending}$`))
      expect(key).toMatchObject({ expiresAt: testTime / 1000 + 1800, mediaType: type })
      expect(yield* store.get(key)).toEqual(file.bytes)
      expect(kv.puts).toMatchObject([{ key: key.id, options: { expirationTtl: 1800 } }])
      expect(yield* store.get(makeImageKey(randomOf(key), key.expiresAt))).toEqual(file.bytes)
      expect(kv.gets).toEqual([key.id, key.id])
      // A link with another ending than the picture's is nobody's.
      const other = keyOf(key, key.mediaType === "image/png" ? "image/jpeg" : "image/png")
      const asked = yield* Effect.forkChild(Effect.flip(store.get(other)))
      yield* TestClock.adjust("1 second")
      expect(yield* Fiber.join(asked)).toMatchObject({ _tag: "ImageNotFound" })
    })
  )

  it.effect("makes each key anew", () =>
    Effect.gen(function* () {
      const { store } = yield* setUp()
      const keys = yield* Effect.replicateEffect(
        Effect.flatMap(image(), (file) => keep(store, file)),
        20
      )
      expect(new Set(keys.map(({ name }) => name)).size).toBe(20)
    })
  )

  it.effect("takes the random part from Identifiers", () =>
    Effect.gen(function* () {
      const { store } = yield* setUp()
      const key = yield* Effect.provide(keep(store, yield* image()), FakeIdentifiers.layer)
      expect(key.name.slice(0, 23)).toBe("0000000000000000000001-")
    })
  )

  it.effect("keeps pictures for IMAGE_EXPIRATION seconds and not one longer, which takes no look into KV", () =>
    Effect.gen(function* () {
      const { kv, store } = yield* setUp({ IMAGE_EXPIRATION: "600" })
      const key = yield* keep(store, yield* image())
      expect(kv.puts[0]?.options).toEqual({ expirationTtl: 600, metadata: { mediaType: "image/jpeg" } })
      yield* TestClock.adjust("599 seconds")
      yield* store.get(key)
      yield* TestClock.adjust("1 second")
      const read = kv.gets.length
      expect(yield* Effect.flip(store.get(key))).toMatchObject({ _tag: "ImageNotFound", expired: true })
      expect(kv.gets).toHaveLength(read)
    })
  )

  it.effect("lets keys count from the expected end of the drawing", () =>
    Effect.gen(function* () {
      const { kv, store } = yield* setUp()
      const keys = yield* store.keys(3, { drawing: 40 })
      expect(new Set(keys.map(({ id }) => id)).size).toBe(3)
      expect(keys.map(({ expiresAt }) => expiresAt)).toEqual(Array(3).fill(testTime / 1000 + 1840))
      const file = yield* image("image/png")
      yield* TestClock.adjust("100 seconds")
      for (const key of keys) expect(yield* store.put(file, key)).toEqual(keyOf(key, "image/png"))
      expect(kv.puts.map(({ options }) => options)).toMatchObject(Array(3).fill({ expirationTtl: 1740 }))
    })
  )

  it.effect("makes no key that is too far away to be one", () =>
    Effect.gen(function* () {
      const { store } = yield* setUp({ IMAGE_EXPIRATION: "31536000" })
      const key = yield* Effect.flatMap(store.keys(1, { drawing: 60 }), ([made]) => Effect.fromNullishOr(made))
      expect(key.expiresAt).toBe(testTime / 1000 + 31_536_000)
    })
  )

  it.effect("gives a picture that took too long for its key a new one", () =>
    Effect.gen(function* () {
      const { kv, store } = yield* setUp()
      const [key = makeImageKey("", 0)] = yield* store.keys(1, { seconds: 60 })
      const file = yield* image()
      yield* TestClock.adjust("30 seconds")
      expect(yield* store.put(file, key)).toEqual(keyOf(key, "image/jpeg"))
      expect(kv.puts[0]?.options).toMatchObject({ expirationTtl: 60 })
      yield* TestClock.adjust("1 second")
      const stored = yield* store.put(file, key)
      expect(stored.expiresAt).toBe(testTime / 1000 + 1831)
      expect(yield* store.get(stored)).toEqual(file.bytes)
    })
  )

  it.effect("finds what an earlier version stored under its whole name", () =>
    Effect.gen(function* () {
      const { kv, store } = yield* setUp()
      const key = makeImageKey("A".repeat(22), testTime / 1000 + 900, "image/webp")
      const file = yield* image("image/webp")
      yield* Effect.promise(() => kv.namespace.put(key.name, file.bytes))
      expect(yield* store.get(key)).toEqual(file.bytes)
    })
  )

  it.effect("looks once more, after a second, for a picture that has just been stored", () =>
    Effect.gen(function* () {
      const { asleep, kv, store, watch } = yield* setUp()
      const file = yield* image()
      const key = yield* keep(store, file)
      kv.hideNext()
      const fiber = yield* Effect.forkChild(watch(store.get(key)))
      yield* asleep(1000)
      expect(kv.gets).toEqual([key.id, key.name])
      yield* TestClock.adjust("1 second")
      expect(yield* Fiber.join(fiber)).toEqual(file.bytes)
      expect(kv.gets).toEqual([key.id, key.name, key.id])
    })
  )

  it.effect("waits no more than once", () =>
    Effect.gen(function* () {
      const { asleep, kv, store, watch } = yield* setUp()
      const key = yield* keep(store, yield* image())
      yield* TestClock.adjust("59 seconds")
      kv.hideNext(3)
      const fiber = yield* Effect.forkChild(watch(Effect.flip(store.get(key))))
      yield* asleep(1000)
      yield* TestClock.adjust("1 second")
      expect(yield* Fiber.join(fiber)).toMatchObject({ _tag: "ImageNotFound", expired: false })
      expect(kv.gets).toEqual([key.id, key.name, key.id])
    })
  )

  it.effect("does not wait for an older picture", () =>
    Effect.gen(function* () {
      const { kv, store } = yield* setUp()
      const key = yield* keep(store, yield* image())
      yield* TestClock.adjust("60 seconds")
      kv.hideNext(2)
      expect(yield* Effect.flip(store.get(key))).toMatchObject({ _tag: "ImageNotFound", expired: false })
      expect(kv.gets).toEqual([key.id, key.name])
    })
  )

  it.effect.each([
    ["its end is before that of any new picture", 1739],
    ["its end is after that of any new picture", 2701],
    ["it would be kept for a year", 31_536_000]
  ] as const)("does not wait for a key that nobody was given: %s", ([, seconds]) =>
    Effect.gen(function* () {
      const { kv, store } = yield* setUp()
      const key = makeImageKey("A".repeat(22), testTime / 1000 + seconds, "image/jpeg")
      expect(yield* Effect.flip(store.get(key))).toMatchObject({ _tag: "ImageNotFound", expired: false })
      expect(kv.gets).toEqual([key.id, key.name])
    })
  )

  it.effect.each([31_536_001, 9_999_999_999 - testTime / 1000])(
    "asks KV for no picture that would be kept for %s s",
    (seconds) =>
      Effect.gen(function* () {
        for (const IMAGE_EXPIRATION of ["60", "31536000"]) {
          const { kv, store } = yield* setUp({ IMAGE_EXPIRATION })
          const key = makeImageKey("A".repeat(22), testTime / 1000 + seconds, "image/jpeg")
          for (const use of [Effect.asVoid(store.get(key)), Effect.asVoid(store.open(key))]) {
            expect(yield* Effect.flip(use)).toMatchObject({ _tag: "ImageNotFound", expired: false })
          }
          expect(kv.gets).toEqual([])
        }
      })
  )

  it.effect("says that KV failed to give a picture", () =>
    Effect.gen(function* () {
      const { kv, store } = yield* setUp()
      const key = yield* keep(store, yield* image())
      kv.failNext(down)
      expect(yield* Effect.flip(store.get(key))).toMatchObject({ _tag: "StorageError", operation: "get", cause: down })
    })
  )

  it.effect("waits ten seconds for a read", () =>
    Effect.gen(function* () {
      const { asleep, kv, store, watch } = yield* setUp()
      const key = yield* keep(store, yield* image())
      kv.hangNext()
      const fiber = yield* Effect.forkChild(watch(Effect.flip(store.get(key))))
      yield* asleep(10_000)
      yield* TestClock.adjust("10 seconds")
      expect(yield* Fiber.join(fiber)).toMatchObject({ _tag: "StorageError", operation: "get" })
    })
  )

  it.effect("says that KV failed where the bytes break off", () =>
    Effect.gen(function* () {
      const { kv, store } = yield* setUp()
      const key = yield* keep(store, yield* image())
      kv.breakNext(down)
      expect(yield* Effect.flip(store.get(key))).toMatchObject({ _tag: "StorageError", operation: "get", cause: down })
    })
  )

  it.effect("waits ten seconds for bytes that do not come to their end", () =>
    Effect.gen(function* () {
      const { asleep, kv, store, watch } = yield* setUp()
      const key = yield* keep(store, yield* image())
      kv.breakNext()
      const fiber = yield* Effect.forkChild(watch(Effect.flip(store.get(key))))
      // The first limit is that of the read, the second that of its bytes.
      yield* asleep(10_000)
      yield* asleep(10_000)
      yield* TestClock.adjust("10 seconds")
      expect(yield* Fiber.join(fiber)).toMatchObject({ _tag: "StorageError", operation: "get" })
    })
  )

  it.effect("tries a write again under the same key after more than a second, for somebody may have been told it", () =>
    Effect.gen(function* () {
      const { asleep, kv, store, watch } = yield* setUp()
      const file = yield* image()
      kv.failNext(down)
      const fiber = yield* Effect.forkChild(watch(keep(store, file)))
      yield* asleep(1_001, 2_000)
      yield* TestClock.adjust("2 seconds")
      const key = yield* Fiber.join(fiber)
      expect(kv.puts.map((put) => put.key)).toEqual([key.id, key.id])
      expect(yield* store.get(key)).toEqual(file.bytes)
    })
  )

  it.effect("writes it under another key where that fails too", () =>
    Effect.gen(function* () {
      const { asleep, kv, store, watch } = yield* setUp()
      const file = yield* image()
      kv.failNext(down, 2)
      const fiber = yield* Effect.forkChild(watch(keep(store, file)))
      yield* asleep(1_001, 2_000)
      yield* TestClock.adjust("2 seconds")
      const key = yield* Fiber.join(fiber)
      expect(kv.puts.at(-1)?.key).toBe(key.id)
      expect(new Set(kv.puts.map((put) => put.key)).size).toBe(2)
      expect(yield* store.get(key)).toEqual(file.bytes)
    })
  )

  it.effect("says that KV failed to keep a picture after three writes", () =>
    Effect.gen(function* () {
      const { asleep, kv, store, watch } = yield* setUp()
      kv.failNext(down, 4)
      const fiber = yield* Effect.forkChild(watch(Effect.flip(keep(store, yield* image()))))
      yield* asleep(1_001, 2_000)
      yield* TestClock.adjust("2 seconds")
      expect(yield* Fiber.join(fiber)).toMatchObject({ _tag: "StorageError", operation: "put", cause: down })
      expect(kv.puts).toHaveLength(3)
    })
  )

  it.effect("waits ten seconds for each write", () =>
    Effect.gen(function* () {
      const { asleep, kv, store, watch } = yield* setUp()
      kv.hangNext(3)
      const fiber = yield* Effect.forkChild(watch(Effect.flip(keep(store, yield* image()))))
      for (const writes of [1, 2, 3]) {
        yield* asleep(10_000)
        expect(kv.puts).toHaveLength(writes)
        yield* TestClock.adjust("10 seconds")
        if (writes > 1) continue
        yield* asleep(1_001, 2_000)
        yield* TestClock.adjust("2 seconds")
      }
      expect(yield* Fiber.join(fiber)).toMatchObject({ _tag: "StorageError", operation: "put" })
    })
  )

  it.effect("says which setting keeps it from working, before anything is paid for", () =>
    Effect.gen(function* () {
      yield* (yield* setUp()).store.available
      const key = makeImageKey("A".repeat(22), testTime / 1000 + 900, "image/jpeg")
      const unbound = yield* without()
      for (const use of [unbound.available, keep(unbound, yield* image()), unbound.get(key)]) {
        expect(yield* Effect.flip(Effect.asVoid(use))).toMatchObject({
          _tag: "ConfigurationError",
          variable: "FLUX_CF_KV"
        })
      }
      const { kv, store } = yield* setUp({ IMAGE_EXPIRATION: "59" })
      for (const use of [store.available, keep(store, yield* image())]) {
        expect(yield* Effect.flip(Effect.asVoid(use))).toMatchObject({
          _tag: "ConfigurationError",
          variable: "IMAGE_EXPIRATION"
        })
      }
      expect(kv.puts).toHaveLength(0)
    })
  )
})
