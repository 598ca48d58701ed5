import { env } from "cloudflare:workers"
import { assert, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as TestClock from "effect/testing/TestClock"
import { describe } from "vitest"
import { makeImageKey, parseImageKey } from "../../src/domain/ImageKey.ts"
import { Bindings, type WorkerBindings } from "../../src/services/Bindings.ts"
import { AppConfig } from "../../src/services/Config.ts"
import { ImageStore } from "../../src/services/ImageStore.ts"
import { keep } from "../support/keep.ts"
import { imageOf } from "../support/pictures.ts"
import { watchSleeps } from "../support/watchSleeps.ts"

// The names of wrangler.toml; the typings know none.
const bindings: WorkerBindings = env

const kv = Effect.suspend(() => (bindings.FLUX_CF_KV ? Effect.succeed(bindings.FLUX_CF_KV) : Effect.die("no KV")))

const Store = ImageStore.layer.pipe(
  Layer.provide(AppConfig.layerEnv({ IMAGE_EXPIRATION: "120" })),
  Layer.provide(Layer.succeed(Bindings, bindings))
)

/** Seconds since 1970; KV has a clock of its own, so the test clock has to show the same day. */
const startOfTest = Effect.flatMap(
  Effect.sync(() => Math.floor(Date.now() / 1000)),
  (seconds) => Effect.as(TestClock.setTime(seconds * 1000), seconds)
)

const image = Effect.promise(() => imageOf({ width: 32, height: 16 }))
const random = "AAAAAAAAAAAAAAAAAAAAAA"

describe("ImageStore over a KV namespace", () => {
  it.effect("keeps the very bytes under a key that tells type and expiry, and lets KV forget them then", () =>
    Effect.gen(function* () {
      const now = yield* startOfTest
      const store = yield* ImageStore
      const file = yield* image
      const key = yield* keep(store, file)
      assert.deepStrictEqual(parseImageKey(key.name), key)
      assert.strictEqual(key.mediaType, "image/jpeg")
      assert.strictEqual(key.expiresAt, now + 120)
      assert.deepStrictEqual(yield* store.get(key), file.bytes)
      const namespace = yield* kv
      const { keys } = yield* Effect.promise(() => namespace.list({ prefix: key.id }))
      assert.closeTo(keys[0]?.expiration ?? 0, key.expiresAt, 5)
    }).pipe(Effect.provide(Store))
  )

  it.effect("looks once more, a second later, for a young picture that KV does not show yet", () =>
    Effect.gen(function* () {
      const now = yield* startOfTest
      const store = yield* ImageStore
      const file = yield* image
      const key = makeImageKey(random, now + 120, "image/jpeg")
      const sleeps = yield* watchSleeps
      const reading = yield* Effect.forkChild(sleeps.watch(store.get(key)))
      yield* sleeps.asleep(1000)
      const namespace = yield* kv
      yield* Effect.promise(() => namespace.put(key.id, file.bytes, { expirationTtl: 120 }))
      yield* TestClock.adjust("1 second")
      assert.deepStrictEqual(yield* Fiber.join(reading), file.bytes)
    }).pipe(Effect.provide(Store))
  )

  it.effect("does not find what is not there, or what has expired", () =>
    Effect.gen(function* () {
      const now = yield* startOfTest
      const store = yield* ImageStore
      const old = makeImageKey("B".repeat(22), now + 30, "image/png")
      assert.deepInclude(yield* Effect.flip(store.get(old)), { _tag: "ImageNotFound", expired: false })
      const expired = makeImageKey("C".repeat(22), now, "image/png")
      assert.deepInclude(yield* Effect.flip(store.get(expired)), { _tag: "ImageNotFound", expired: true })
    }).pipe(Effect.provide(Store))
  )
})
