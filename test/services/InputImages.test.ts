import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as TestClock from "effect/testing/TestClock"
import { ImageNotFound, StorageError } from "../../src/domain/Errors.ts"
import { makeImageKey } from "../../src/domain/ImageKey.ts"
import { ImageStore } from "../../src/services/ImageStore.ts"
import { InputImages } from "../../src/services/InputImages.ts"
import { keep } from "../support/keep.ts"
import { FakeImageStore, httpClient, testTime } from "../support/layers/testLayers.ts"
import { imageOf } from "../support/pictures.ts"
import { watchSleeps } from "../support/watchSleeps.ts"

type Site = Readonly<Record<string, () => Response | Promise<Response>>>

/** Serves `site`, each address by its function, and the store. */
const setUp = Effect.fnUntraced(function* (site: Site = {}, store: Layer.Layer<ImageStore> = FakeImageStore.layer) {
  yield* TestClock.setTime(testTime)
  const visited: Array<string> = []
  const modes: Array<string | undefined> = []
  const signals: Array<AbortSignal | null | undefined> = []
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const { href } = new URL(input instanceof Request ? input.url : input)
    visited.push(href)
    modes.push(init?.redirect)
    signals.push(init?.signal)
    const serve = site[href]
    if (serve === undefined) throw new TypeError(`Nobody answers at ${href}.`)
    return serve()
  }
  const services = yield* Layer.build(
    InputImages.layer.pipe(Layer.provideMerge(store), Layer.provide(httpClient(fetch)))
  )
  const images = yield* Effect.provide(InputImages, services)
  return {
    resolve: images.resolve,
    remote: (address: string) => images.resolve({ _tag: "Remote", url: new URL(address) }),
    store: yield* Effect.provide(ImageStore, services),
    visited,
    modes,
    signals
  }
})

const image = Effect.promise(() => imageOf({ width: 96, height: 64 }, { text: "input" }))
const movedTo =
  (location: string, status = 302) =>
  () =>
    new Response(null, { status, headers: { location } })
const start = "https://pics.test.example/a"

const refusal = (words: RegExp) => ({ _tag: "InvalidRequest", param: "image", message: expect.stringMatching(words) })

describe("InputImages", () => {
  it.effect.each([
    ["a redirect", 302, "https://pics.test.example/b"],
    ["a permanent redirect", 308, "https://pics.test.example/b"],
    ["a redirect to a private address", 307, "https://127.0.0.1/"],
    ["a missing page", 404, undefined],
    ["a failing server", 503, undefined]
  ] as const)("lets go of the body of %s", ([, status, location]) =>
    Effect.gen(function* () {
      let cancelled = 0
      const body = () =>
        new ReadableStream({
          pull: (controller) => controller.enqueue(new Uint8Array(10)),
          cancel: () => {
            cancelled += 1
          }
        })
      const { remote } = yield* setUp({
        [start]: () => new Response(body(), { status, ...(location && { headers: { location } }) })
      })
      yield* Effect.exit(remote(start))
      expect(cancelled).toBe(1)
    })
  )

  it.effect("hands over an inline picture, and one of ours from the store", () =>
    Effect.gen(function* () {
      const { resolve, store, visited } = yield* setUp()
      const file = yield* image
      expect(yield* resolve({ _tag: "Inline", file })).toBe(file)
      const key = yield* keep(store, file)
      expect(yield* resolve({ _tag: "Stored", key })).toMatchObject({ bytes: file.bytes, size: file.size })
      expect(visited).toEqual([])
    })
  )

  it.effect("says that one of ours has expired, or that the store fails", () =>
    Effect.gen(function* () {
      const { resolve } = yield* setUp()
      const key = makeImageKey("A".repeat(22), testTime / 1000, "image/jpeg")
      expect(yield* Effect.flip(resolve({ _tag: "Stored", key }))).toEqual(new ImageNotFound({ expired: true }))
      const broken = yield* setUp({}, FakeImageStore.failing("get"))
      const young = makeImageKey("A".repeat(22), testTime / 1000 + 60, "image/jpeg")
      expect(yield* Effect.flip(broken.resolve({ _tag: "Stored", key: young }))).toBeInstanceOf(StorageError)
    })
  )

  it.effect("fetches a remote picture, and follows no redirect without a look at it", () =>
    Effect.gen(function* () {
      const file = yield* image
      const { modes, remote, visited } = yield* setUp({ [start]: () => new Response(file.bytes) })
      expect(yield* remote(start)).toMatchObject({ bytes: file.bytes, mediaType: "image/jpeg", size: file.size })
      expect(visited).toEqual([start])
      expect(modes).toEqual(["manual"])
    })
  )

  it.effect.each([301, 302, 303, 307, 308])("follows a redirect of status %i, relative ones too", (status) =>
    Effect.gen(function* () {
      const file = yield* image
      const { remote, visited } = yield* setUp({
        [start]: movedTo("/b?x=1", status),
        "https://pics.test.example/b?x=1": () => new Response(file.bytes)
      })
      expect((yield* remote(start)).bytes).toEqual(file.bytes)
      expect(visited).toHaveLength(2)
    })
  )

  it.effect("follows three redirects and no fourth", () =>
    Effect.gen(function* () {
      const file = yield* image
      const site = {
        [start]: movedTo("/1"),
        "https://pics.test.example/1": movedTo("/2"),
        "https://pics.test.example/2": movedTo("/3")
      }
      const end = "https://pics.test.example/3"
      const three = yield* setUp({ ...site, [end]: () => new Response(file.bytes) })
      expect((yield* three.remote(start)).bytes).toEqual(file.bytes)
      const four = yield* setUp({ ...site, [end]: movedTo("/4"), "https://pics.test.example/4": () => new Response() })
      expect(yield* Effect.flip(four.remote(start))).toMatchObject(refusal(/redirects too often/))
      expect(four.visited).toHaveLength(4)
    })
  )

  const forbidden = [
    "http://pics.test.example/a",
    "https://127.0.0.1/a",
    "https://2130706433/",
    "https://[::1]/a",
    "https://[::ffff:10.0.0.1]/a",
    "https://10.1.2.3/",
    "https://169.254.169.254/latest/meta-data/",
    "https://localhost/a",
    "https://router.local/",
    "https://pics.test.example:8443/a",
    "https://user:pass@pics.test.example/a",
    "ftp://pics.test.example/a",
    "data:text/plain,x",
    "file:///etc/passwd"
  ]

  it.effect.each(forbidden)("asks nothing of %s, nor after a redirect to it", (address) =>
    Effect.gen(function* () {
      const { remote, visited } = yield* setUp({ [start]: movedTo(address) })
      expect(yield* Effect.flip(remote(address))).toMatchObject(refusal(/not public/))
      expect(visited).toEqual([])
      expect(yield* Effect.flip(remote(start))).toMatchObject(refusal(/not public/))
      expect(visited).toEqual([start])
    })
  )

  it.effect.each([
    ["a redirect to nonsense", movedTo("https://"), /redirects/],
    ["a redirect without an address", () => new Response(null, { status: 302 }), /status 302/],
    ["status 404", () => new Response("no", { status: 404 }), /status 404/],
    ["status 500", () => new Response("no", { status: 500 }), /status 500/],
    ["status 206", () => new Response("part", { status: 206 }), /status 206/],
    ["a page", () => new Response("<html>", { headers: { "content-type": "image/png" } }), /not a whole/],
    ["no bytes", () => new Response(""), /not a whole/],
    ["a broken connection", () => Promise.reject(new TypeError("Network connection lost.")), /could not be fetched/]
  ] as const)("refuses %s", ([, serve, words]) =>
    Effect.gen(function* () {
      const { remote } = yield* setUp({ [start]: serve })
      expect(yield* Effect.flip(remote(start))).toMatchObject(refusal(words))
    })
  )

  it.effect("refuses half a picture, and one whose connection breaks", () =>
    Effect.gen(function* () {
      const { bytes } = yield* image
      const half = bytes.slice(0, bytes.length / 2)
      const breaking = new ReadableStream({
        start: (controller) => controller.enqueue(half),
        pull: (controller) => controller.error(new TypeError("Network connection lost."))
      })
      const cut = yield* setUp({ [start]: () => new Response(half) })
      expect(yield* Effect.flip(cut.remote(start))).toMatchObject(refusal(/not a whole/))
      const broken = yield* setUp({ [start]: () => new Response(breaking) })
      expect(yield* Effect.flip(broken.remote(start))).toMatchObject(refusal(/could not be read/))
    })
  )

  it.effect("reads no more than 10 MiB, however long the body is", () =>
    Effect.gen(function* () {
      let sent = 0
      let cancelled = false
      const endless = new ReadableStream({
        pull: (controller) => {
          sent += 2 ** 20
          controller.enqueue(new Uint8Array(2 ** 20))
        },
        cancel: () => {
          cancelled = true
        }
      })
      const { remote } = yield* setUp({ [start]: () => new Response(endless) })
      expect(yield* Effect.flip(remote(start))).toMatchObject(refusal(/larger than 10 MiB/))
      expect(sent).toBeLessThanOrEqual(14 * 2 ** 20)
      expect(cancelled).toBe(true)
    })
  )

  it.effect("takes a picture of exactly 10 MiB, and none a byte longer", () =>
    Effect.gen(function* () {
      const { bytes } = yield* image
      // Bytes after the end belong to no picture, so they are put into a comment: FF FE, its length, its text.
      const padded = (length: number) => {
        const file = new Uint8Array(length)
        file.set(bytes.subarray(0, 2))
        let offset = 2
        for (let left = length - bytes.length; left > 0; ) {
          const segment = left > 65_537 + 4 ? 65_537 : Math.min(left, 65_537)
          const size = left - segment > 0 && left - segment < 4 ? segment - 4 : segment
          file.set([0xff, 0xfe, (size - 2) >> 8, (size - 2) & 255], offset)
          offset += size
          left -= size
        }
        file.set(bytes.subarray(2), offset)
        return file
      }
      const limit = 10 * 2 ** 20
      const { remote } = yield* setUp({ [start]: () => new Response(padded(limit)) })
      expect((yield* remote(start)).size).toEqual({ width: 96, height: 64 })
      const more = yield* setUp({ [start]: () => new Response(padded(limit + 1)) })
      expect(yield* Effect.flip(more.remote(start))).toMatchObject(refusal(/larger than 10 MiB/))
    })
  )

  it.effect.each([
    ["never answers", () => new Promise<never>(() => {})],
    ["answers and stalls", () => new Response(new ReadableStream({ pull: () => new Promise<never>(() => {}) }))]
  ] as const)("gives a server ten seconds that %s", ([, serve]) =>
    Effect.gen(function* () {
      const { remote, signals } = yield* setUp({ [start]: serve })
      const { asleep, watch } = yield* watchSleeps
      const fiber = yield* Effect.forkChild(watch(Effect.flip(remote(start))))
      yield* asleep(10_000)
      yield* TestClock.adjust("9999 millis")
      expect(fiber.pollUnsafe()).toBeUndefined()
      yield* TestClock.adjust("1 millis")
      expect(yield* Fiber.join(fiber)).toMatchObject(refusal(/longer than 10 seconds/))
      expect(signals).toHaveLength(1)
    })
  )

  it.effect("gives up the request when it is no longer wanted", () =>
    Effect.gen(function* () {
      const asked = Promise.withResolvers<void>()
      const { remote, signals } = yield* setUp({
        [start]: () => {
          asked.resolve()
          return new Promise<never>(() => {})
        }
      })
      const fiber = yield* Effect.forkChild(remote(start))
      yield* Effect.promise(() => asked.promise)
      yield* Fiber.interrupt(fiber)
      expect(signals[0]?.aborted).toBe(true)
    })
  )
})
