import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { describe, expect, it } from "vitest"
import { UpstreamError } from "../../../src/domain/Errors.ts"
import type { Generation } from "../../../src/domain/Generation.ts"
import { type ImageKey, keyOf } from "../../../src/domain/ImageKey.ts"
import { jobIdOf } from "../../../src/domain/Job.ts"
import { ImageStore } from "../../../src/services/ImageStore.ts"
import { generatorOver, imagesOf, requestFor } from "../../support/generation.ts"
import { heldModel, requester, serviceFor } from "../../support/generations.ts"
import { FakeFluxModel, FakeImageStore, testTime } from "../../support/layers/testLayers.ts"

const keyed = requester({ idempotencyKey: "order-66" })
const cats = requestFor("Three cats", { n: 3 })

type Service = ReturnType<typeof serviceFor>

const begin = (service: Service, request = cats, who = keyed) => service.run(({ start }) => start(request, who))
const drain = (service: Service, events: Generation["events"]) => service.runtime.runPromise(Stream.runCollect(events))
const bytesUnder = (service: Service, key: ImageKey | undefined) =>
  service.runtime.runPromise(Effect.flatMap(ImageStore, (store) => (key ? store.get(key) : Effect.die("no key"))))

describe("the keys of a generation", () => {
  it("are known before anything is drawn, are the same for whoever joins, and find the pictures", async () => {
    const model = heldModel(3)
    const store = FakeImageStore.make()
    const service = serviceFor({ flux: model.flux, store: store.layer })
    const first = await begin(service)
    await model.arrived
    const second = await begin(service)
    expect(first.keys).toHaveLength(3)
    expect(second.keys).toEqual(first.keys)
    expect(second.jobId).toBe(first.jobId)
    await model.release()
    const images = imagesOf(await drain(service, first.events))
    expect(images.map(({ key }) => key)).toEqual(first.keys.map((key) => keyOf(key, "image/jpeg")))
    const last = images.at(-1)
    expect(await bytesUnder(service, second.keys.at(-1))).toEqual(last?.file?.bytes)
  })

  it("lead to its job", async () => {
    const service = serviceFor()
    const { jobId, keys } = await begin(service)
    const [last] = keys.slice(-1)
    expect(last && jobIdOf(last)).toBe(jobId)
  })

  it("are told to nobody where no links are wanted", async () => {
    const service = serviceFor()
    const hidden = await begin(service, { ...cats, store: false })
    await drain(service, hidden.events)
    expect(hidden.keys).toEqual([])
    const { events, job } = await service.run((generations) =>
      generations.events(hidden.jobId ?? "", keyed.caller, { after: -1, wait: true })
    )
    expect(job).not.toHaveProperty("keys")
    const told = await service.runtime.runPromise(Stream.runCollect(events))
    expect(imagesOf(told.map(({ event }) => event)).map(({ key }) => key)).toEqual([undefined, undefined, undefined])
  })

  it("are those of the one who joins with links what was drawn without", async () => {
    const service = serviceFor()
    const hidden = await begin(service, { ...cats, store: false })
    const drawn = imagesOf(await drain(service, hidden.events))
    const linked = await begin(service)
    const images = imagesOf(await drain(service, linked.events))
    expect(images.map(({ key }) => key?.id)).toEqual(linked.keys.map(({ id }) => id))
    expect(await bytesUnder(service, linked.keys.at(-1))).toEqual(drawn.at(-1)?.file?.bytes)
  })

  it("are those of the job where nobody waits", async () => {
    const service = serviceFor()
    const job = await service.run(({ submit }) => submit(cats, requester()))
    await service.settled()
    const { events } = await service.run((generations) =>
      generations.events(job?.id ?? "", { name: "alice" }, { after: -1, wait: true })
    )
    const images = imagesOf((await service.runtime.runPromise(Stream.runCollect(events))).map(({ event }) => event))
    expect(images.map(({ key }) => key?.id)).toEqual(job?.keys?.map(({ id }) => id))
  })
})

describe("the last key of a generation", () => {
  it.each([[[2]], [[1, 2]], [[0, 2]]])("finds the last picture that succeeds where %j fail", async (failing) => {
    const store = FakeImageStore.make()
    const flux = FakeFluxModel.make({
      before: ({ index }) => (failing.includes(index) ? Effect.fail(new UpstreamError({ message: "no" })) : Effect.void)
    })
    const parts = { store: store.layer, flux: flux.layer }
    const { events, keys } = await Effect.runPromise(
      Effect.gen(function* () {
        const { draw, prepare } = yield* generatorOver(parts)
        const prepared = yield* prepare(cats)
        return { keys: prepared.keys, events: yield* Stream.runCollect(draw(prepared)) }
      })
    )
    const last = imagesOf(events).at(-1)
    const found = store.images.get(`${keys.at(-1)?.id}.jpg`)
    expect(found?.base64).toBe(last?.file?.base64)
  })

  it("ends IMAGE_EXPIRATION after the expected end of the drawing", async () => {
    const service = serviceFor()
    for (const [model, n, seconds] of [
      ["schnell", 1, 3],
      ["schnell", 4, 3],
      ["schnell", 5, 6],
      ["flux-2-dev", 10, 180]
    ] as const) {
      const { keys } = await begin(service, requestFor("A cat", { model, n }), requester())
      expect(keys.map(({ expiresAt }) => expiresAt)).toEqual(Array(n).fill(testTime / 1000 + seconds + 1800))
    }
  })
})
