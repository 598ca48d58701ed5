import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { describe, expect, it } from "vitest"
import type { Asker, JobEvent } from "../../../src/services/Generations.ts"
import { imagesOf, requestFor } from "../../support/generation.ts"
import { asker, heldModel, serviceFor } from "../../support/generations.ts"

const alice = { name: "alice" }
const cat = requestFor("A cute cat")

type Service = ReturnType<typeof serviceFor>

const submit = async ({ run }: Service, request = cat, by: Asker = asker()) => {
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
    expect(job).toMatchObject({ status: "running", n: 1, neurons: 57.6 })
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
    const keyed = asker({ idempotencyKey: "order-66" })
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

  it("is forgotten after JOB_WINDOW, and so is the object that kept it", async () => {
    const service = serviceFor({ env: { JOB_WINDOW: "60" } })
    const keyed = asker({ idempotencyKey: "order-66" })
    const { id } = await submit(service, cat, keyed)
    await eventsOf(service, id, true)
    await service.adjust("59 seconds")
    await service.draw(cat, keyed)
    expect(service.requests).toHaveLength(1)
    await service.adjust("1 second")
    await expect(eventsOf(service, id, false)).rejects.toMatchObject(notFound)
    await service.objects.wake()
    expect(service.objects.size()).toBe(0)
    await service.draw(cat, keyed)
    expect(service.requests).toHaveLength(2)
  })
})

describe("the result of a job", () => {
  it("is told to its end to somebody who reads slowly, and to nobody else after JOB_WINDOW", async () => {
    const service = serviceFor({ env: { JOB_WINDOW: "60" } })
    const keyed = asker({ idempotencyKey: "order-66" })
    const slowly = service.run(({ start }) =>
      start(requestFor("A cute cat", { n: 2 }), keyed).pipe(
        Effect.flatMap(({ events }) =>
          Stream.runCollect(Stream.tap(events, () => Effect.promise(() => service.adjust("1 minute"))))
        )
      )
    )
    const events = await slowly
    expect(events.map(({ _tag }) => _tag)).toEqual(["PromptReady", "Drawing", "Drawing", "ImageReady", "ImageReady"])
    await service.objects.wake()
    expect(service.objects.size()).toBe(0)
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
