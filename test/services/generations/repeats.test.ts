import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Stream from "effect/Stream"
import { describe, expect, it } from "vitest"
import { ConfigurationError, type DrawError, RateLimited, UpstreamTimeout } from "../../../src/domain/Errors.ts"
import { Generations } from "../../../src/services/Generations.ts"
import { imagesOf, outline, requestFor } from "../../support/generation.ts"
import { heldModel, requester, serviceFor } from "../../support/generations.ts"
import { FakeFluxModel } from "../../support/layers/testLayers.ts"

const cat = requestFor("A cute cat")
const keyed = requester({ idempotencyKey: "order-66" })
const repeated = requester({ repeat: true })

describe("a generation with an Idempotency-Key", () => {
  it("is drawn once for all who ask at once, and each gets the same picture", async () => {
    const { draw, requests } = serviceFor()
    const drawn = await Promise.all(Array.from({ length: 50 }, () => draw(cat, keyed)))
    expect(requests).toHaveLength(1)
    expect(new Set(drawn.map((events) => imagesOf(events)[0]?.key?.name)).size).toBe(1)
    for (const events of drawn) expect(outline(events)).toEqual(["PromptReady", "Drawing 0", "ImageReady 0"])
  })

  it("is given to those who come later, bytes and all", async () => {
    const { draw, requests } = serviceFor()
    const [first] = imagesOf(await draw(cat, keyed))
    const [second] = imagesOf(await draw(cat, keyed))
    expect(requests).toHaveLength(1)
    expect(second?.file?.bytes).toEqual(first?.file?.bytes)
    expect(second).toMatchObject({ key: first?.key, model: first?.model, neurons: first?.neurons })
  })

  it("refuses the key for another request", async () => {
    const { draw, requests } = serviceFor()
    await draw(cat, keyed)
    await expect(draw(requestFor("A dog"), keyed)).rejects.toMatchObject({
      _tag: "InvalidRequest",
      param: "Idempotency-Key"
    })
    expect(requests).toHaveLength(1)
  })

  it("is another one for another caller", async () => {
    const { draw, requests } = serviceFor()
    await draw(cat, keyed)
    await draw(cat, { ...keyed, caller: { name: "bob" } })
    await draw(requestFor("A dog"), { ...keyed, caller: { name: "carol" } })
    expect(requests).toHaveLength(3)
  })

  it("is the same however the answer is to be told", async () => {
    const { draw, requests } = serviceFor()
    const [bytesOnly] = imagesOf(await draw({ ...cat, store: false }, keyed))
    const [linked] = imagesOf(await draw(cat, keyed))
    const [again] = imagesOf(await draw({ ...cat, store: false }, keyed))
    expect(requests).toHaveLength(1)
    expect([bytesOnly?.key, again?.key]).toEqual([undefined, undefined])
    expect(linked?.key?.name).toMatch(/\.jpg$/)
  })

  it.each<[string, DrawError, number]>([
    ["drew nothing: it is drawn", new RateLimited({ message: "No capacity.", retryAfterSeconds: 10 }), 2],
    ["may have been paid for: it fails again", new UpstreamTimeout({ seconds: 120 }), 1]
  ])("asked for again after a failure that %s", async (_, error, drawings) => {
    let fails = true
    const flux = FakeFluxModel.make({ before: () => (fails ? Effect.fail(error) : Effect.void) })
    const { draw, requests } = serviceFor({ flux })
    await expect(draw(cat, keyed)).rejects.toEqual(error)
    fails = false
    await (drawings === 2 ? draw(cat, keyed) : expect(draw(cat, keyed)).rejects.toEqual(error))
    expect(requests).toHaveLength(drawings)
  })

  it("that is not even begun fails for all, and is begun anew", async () => {
    const unavailable = new ConfigurationError({ variable: "AI", message: "Nothing can draw." })
    const flux = FakeFluxModel.make({ unavailable })
    const { draw, requests } = serviceFor({ flux })
    const drawn = await Promise.allSettled([draw(cat, keyed), draw(cat, keyed), draw(requestFor("A dog"), keyed)])
    expect(drawn.slice(0, 2)).toEqual([
      { status: "rejected", reason: unavailable },
      { status: "rejected", reason: unavailable }
    ])
    expect(requests).toHaveLength(0)
    await expect(draw(requestFor("A dog"), keyed)).rejects.toEqual(unavailable)
  })
})

describe("a generation without an Idempotency-Key", () => {
  it("is another picture each time", async () => {
    const { draw, requests } = serviceFor()
    await Promise.all([draw(cat, requester()), draw(cat, requester()), draw(cat, requester()), draw(cat, requester())])
    await draw(cat, requester())
    expect(requests).toHaveLength(5)
  })

  it("is joined by a request that says it is a repeat, running or finished", async () => {
    const { arrived, flux, release } = heldModel()
    const { draw, requests } = serviceFor({ flux })
    const first = draw(cat, requester())
    await arrived
    const second = draw(cat, repeated)
    await release()
    const [a, b, c] = [await first, await second, await draw(cat, repeated)].map((events) => imagesOf(events)[0]?.key)
    expect(requests).toHaveLength(1)
    expect(b).toEqual(a)
    expect(c).toEqual(a)
  })

  it("is drawn for a repeat of which nothing is known", async () => {
    const { draw, requests } = serviceFor()
    await draw(cat, repeated)
    await draw(requestFor("A cute cat", { n: 2 }), repeated)
    expect(requests).toHaveLength(3)
  })

  it("goes on when its client leaves, and a repeat gets it, but nobody else", async () => {
    const { arrived, flux, release } = heldModel()
    const { draw, requests, runtime, settled } = serviceFor({ flux })
    const begun = Deferred.makeUnsafe<void>()
    const client = runtime.runFork(
      Effect.gen(function* () {
        const { events } = yield* (yield* Generations).start(cat, requester())
        yield* Stream.runForEach(events, () => Deferred.succeed(begun, undefined))
      })
    )
    await arrived
    await Effect.runPromise(Deferred.await(begun))
    await Effect.runPromise(Fiber.interrupt(client))
    const next = draw(cat, repeated)
    await release()
    expect(outline(await next)).toEqual(["PromptReady", "Drawing 0", "ImageReady 0"])
    await settled()
    expect(requests).toHaveLength(1)
    await draw(cat, requester())
    expect(requests).toHaveLength(2)
  })

  it("is told although the ledger was restarted in the middle", async () => {
    const { arrived, flux, release } = heldModel()
    const { draw, objects, requests } = serviceFor({ flux })
    const first = draw(cat, requester())
    await arrived
    objects.evict()
    const second = draw(cat, repeated)
    await release()
    expect(imagesOf(await second)[0]?.key).toEqual(imagesOf(await first)[0]?.key)
    expect(requests).toHaveLength(1)
  })

  it("that is never heard of again is reported as failed to a repeat, and not drawn again", async () => {
    const { arrived, flux } = heldModel()
    const { adjust, draw, requests, usage } = serviceFor({ flux })
    draw(cat, requester()).catch(() => {})
    await arrived
    await expect.poll(() => usage("alice")).toMatchObject({ pictures: 1 })
    await adjust("4 minutes")
    await expect(draw(cat, repeated)).rejects.toMatchObject({ _tag: "GenerationInterrupted" })
    expect(requests).toHaveLength(1)
  })

  it("outlives an eviction once it is finished", async () => {
    const { draw, objects, requests, settled } = serviceFor()
    const [first] = imagesOf(await draw(cat, requester()))
    await settled()
    objects.evict()
    expect(imagesOf(await draw(cat, repeated))[0]?.file?.bytes).toEqual(first?.file?.bytes)
    expect(requests).toHaveLength(1)
  })
})
