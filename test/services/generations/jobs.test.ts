import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { describe, expect, it } from "vitest"
import type { JobEvent } from "../../../src/domain/Job.ts"
import type { Requester } from "../../../src/domain/Requester.ts"
import { imagesOf, requestFor } from "../../support/generation.ts"
import { heldModel, requester, serviceFor } from "../../support/generations.ts"
import { FakeImageStore } from "../../support/layers/testLayers.ts"

const alice = { name: "alice" }
const cat = requestFor("A cute cat")

type Service = ReturnType<typeof serviceFor>

const submit = async ({ run }: Service, request = cat, by: Requester = requester()) => {
  const job = await run(({ submit }) => submit(request, by))
  if (!job) throw new Error("Nothing was begun.")
  return job
}

/** The events of a job after the number `after`: what there are, or all with `wait`. */
const eventsOf = ({ run }: Service, id: string, wait: boolean, after = -1): Promise<ReadonlyArray<JobEvent>> =>
  run(({ events }) =>
    events(id, alice, { after, wait }).pipe(Effect.flatMap(({ events }) => Stream.runCollect(events)))
  )

const statusOf = ({ run }: Service, id: string) =>
  run(({ events }) => Effect.map(events(id, alice, { after: -1, wait: false }), ({ job }) => job.status))

const told = (events: ReadonlyArray<JobEvent>) => events.map(({ event, sequence }) => `${sequence} ${event._tag}`)

const notFound = { _tag: "JobNotFound" }

describe("a job", () => {
  it("is begun without waiting, and tells all that happened and will happen, from any point", async () => {
    const { arrived, flux, release } = heldModel()
    const service = serviceFor({ flux })
    const job = await submit(service)
    expect(job).toMatchObject({ status: "running", n: 1, neurons: 172.8 })
    await arrived
    expect(told(await eventsOf(service, job.id, false))).toEqual(["0 PromptReady", "1 Drawing"])
    const all = eventsOf(service, job.id, true)
    const rest = eventsOf(service, job.id, true, 0)
    await release()
    expect(told(await all)).toEqual(["0 PromptReady", "1 Drawing", "2 ImageReady"])
    expect(told(await rest)).toEqual(["1 Drawing", "2 ImageReady"])
    expect(await statusOf(service, job.id)).toBe("completed")
    expect(told(await eventsOf(service, job.id, true, 2))).toEqual([])
  })

  it("is the same for the same Idempotency-Key, and another without", async () => {
    const service = serviceFor()
    const keyed = requester({ idempotencyKey: "order-66" })
    const [a, b, c] = [await submit(service, cat, keyed), await submit(service, cat, keyed), await submit(service)]
    expect(b.id).toBe(a.id)
    expect(c.id).not.toBe(a.id)
    await Promise.all([eventsOf(service, a.id, true), eventsOf(service, c.id, true)])
    expect(service.requests).toHaveLength(2)
  })

  it("is nobody else's", async () => {
    const service = serviceFor()
    const { id } = await submit(service)
    const bob = { name: "bob" }
    await expect(service.run(({ events }) => events(id, bob, { after: -1, wait: true }))).rejects.toMatchObject(
      notFound
    )
    await expect(service.run(({ cancel }) => cancel(id, bob))).rejects.toMatchObject(notFound)
  })

  it.each(["", "job_", `job_${"A".repeat(65)}`, "../start", "job_%00"])(
    "is not there under the id '%s'",
    async (id) => {
      await expect(eventsOf(serviceFor(), id, false)).rejects.toMatchObject(notFound)
    }
  )

  it("is forgotten after JOB_WINDOW, and a month later the whole account of a key that is no longer used", async () => {
    const service = serviceFor({ env: { JOB_WINDOW: "60" } })
    const keyed = requester({ idempotencyKey: "order-66" })
    const { id } = await submit(service, cat, keyed)
    await eventsOf(service, id, true)
    expect(service.runners.size()).toBe(0)
    await service.adjust("59 seconds")
    expect(await statusOf(service, id)).toBe("completed")
    // Who reads it has 50 seconds more.
    await service.adjust("51 seconds")
    await expect(eventsOf(service, id, false)).rejects.toMatchObject(notFound)
    await service.draw(cat, keyed)
    expect(service.requests).toHaveLength(2)
    await service.settled()
    for (const pause of ["1 hour", "1 hour", "32 days", "1 hour"] as const) {
      await service.adjust(pause)
      await service.objects.wake()
    }
    expect(service.objects.size()).toBe(0)
  })

  it("that a restarted runner has lost is reported as such, and not drawn again", async () => {
    const { arrived, flux } = heldModel()
    const service = serviceFor({ flux })
    const { id } = await submit(service)
    await arrived
    service.runners.evict()
    await service.runners.wake()
    await expect(eventsOf(service, id, true)).rejects.toMatchObject({ _tag: "GenerationInterrupted" })
    expect(await statusOf(service, id)).toBe("failed")
    expect(await service.usage("alice")).toMatchObject({ pictures: 1 })
    expect(service.runners.size()).toBe(0)
    expect(service.requests).toHaveLength(1)
  })

  it("draws more pictures than one round where no request has to wait for them", async () => {
    const service = serviceFor()
    const events = await service.draw(requestFor("A cute cat", { n: 6 }), requester())
    expect(imagesOf(events)).toHaveLength(6)
    expect(imagesOf(events).every(({ file, key }) => file && key)).toBe(true)
    expect(await service.usage("alice")).toMatchObject({ pictures: 6 })
  })

  it("hands over the pictures that Workers KV refuses", async () => {
    const service = serviceFor({ store: FakeImageStore.failing("put") })
    const events = await service.draw(requestFor("A cute cat", { n: 5, bytes: false }), requester())
    expect(imagesOf(events).map(({ file, storageFailed }) => [storageFailed, file?.size.width])).toEqual(
      Array.from({ length: 5 }, () => [true, 1024])
    )
  })
})

describe("a job that is cancelled", () => {
  it("finishes what was begun and begins nothing more", async () => {
    const { arrived, flux, release } = heldModel(4)
    const service = serviceFor({ flux })
    const job = await submit(service, requestFor("A cute cat", { n: 10 }))
    await arrived
    await service.run(({ cancel }) => cancel(job.id, alice))
    const all = eventsOf(service, job.id, true)
    await release()
    const events = (await all).map(({ event }) => event)
    expect(service.requests).toHaveLength(4)
    expect(imagesOf(events)).toHaveLength(4)
    expect(events.filter((event) => event._tag === "ImageFailed").map(({ error }) => error._tag)).toEqual(
      Array.from({ length: 6 }, () => "GenerationCancelled")
    )
    expect(await statusOf(service, job.id)).toBe("cancelled")
  })

  it("after its end stays what it was", async () => {
    const service = serviceFor()
    const { id } = await submit(service)
    await eventsOf(service, id, true)
    await service.run(({ cancel }) => cancel(id, alice))
    expect(await statusOf(service, id)).toBe("completed")
  })
})
