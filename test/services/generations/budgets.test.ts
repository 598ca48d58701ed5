import * as Effect from "effect/Effect"
import { describe, expect, it } from "vitest"
import { RateLimited, UpstreamTimeout } from "../../../src/domain/Errors.ts"
import type { GenerationRequest } from "../../../src/domain/GenerationRequest.ts"
import { imagesOf, requestFor } from "../../support/generation.ts"
import { heldModel, requester, serviceFor } from "../../support/generations.ts"
import { FakeFluxModel, FakeInputImages, FakePromptOptimizer, testTime } from "../../support/layers/testLayers.ts"

const cat = requestFor("A cute cat")
const neurons = 172.8
const midnight = testTime + 12 * 60 * 60 * 1000

describe("the budget of a key", () => {
  it("is never exceeded by what is asked for at the same time", async () => {
    const { draw, requests, usage } = serviceFor({ env: { NEURON_BUDGET: "1800" } })
    const drawn = await Promise.allSettled(Array.from({ length: 50 }, () => draw(cat, requester())))
    const refused = drawn.flatMap((result) => (result.status === "rejected" ? [result.reason] : []))
    expect(requests).toHaveLength(10)
    expect(refused).toHaveLength(40)
    for (const error of refused) expect(error).toMatchObject({ _tag: "BudgetExceeded", renewsAt: midnight })
    await expect.poll(() => usage("alice")).toMatchObject({ pictures: 10, neurons: 1728, microdollars: 19008 })
  })

  it("is the key's own where API_KEYS has one, and another key's use is not counted", async () => {
    const { draw, requests } = serviceFor({ env: { NEURON_BUDGET: "180" } })
    await draw(cat, requester())
    await expect(draw(cat, requester())).rejects.toMatchObject({ _tag: "BudgetExceeded", needed: neurons, left: 7.2 })
    await draw(cat, requester({ caller: { name: "bob" } }))
    await draw(cat, requester({ caller: { name: "alice", neuronBudget: 1000 } }))
    expect(requests).toHaveLength(3)
  })

  it("has to be enough for the prompt too, and is settled to what that cost", async () => {
    const optimizer = FakePromptOptimizer.make({ neurons: 8.6, estimate: 15.5 }).layer
    const { draw, usage } = serviceFor({ env: { NEURON_BUDGET: "365" }, optimizer })
    await draw(cat, requester())
    await expect.poll(() => usage("alice")).toMatchObject({ pictures: 1, neurons: 181.4 })
    await expect(draw(cat, requester())).rejects.toMatchObject({
      _tag: "BudgetExceeded",
      needed: 188.3,
      left: 183.6
    })
    await draw({ ...cat, optimize: false }, requester())
    await expect.poll(() => usage("alice")).toMatchObject({ pictures: 2, neurons: 354.2 })
  })

  it("is asked before a picture is fetched from elsewhere, but for a repeat, which may join what was drawn", async () => {
    const inputs = FakeInputImages.make()
    const edit = {
      ...cat,
      inputs: [{ _tag: "Remote", url: new URL("https://photos.test/cat.jpg") }]
    } satisfies GenerationRequest
    const { draw, usage } = serviceFor({ env: { NEURON_BUDGET: "112" }, inputs: inputs.layer })
    await draw(edit, requester({ idempotencyKey: "order-66" }))
    await expect.poll(() => usage("alice")).toMatchObject({ pictures: 1 })
    expect(inputs.inputs).toHaveLength(1)
    await expect(draw(edit, requester())).rejects.toMatchObject({ _tag: "BudgetExceeded" })
    await expect(draw({ ...edit, n: 4 }, requester())).rejects.toMatchObject({ _tag: "BudgetExceeded" })
    expect(inputs.inputs).toHaveLength(1)
    await draw(edit, requester({ idempotencyKey: "order-66" }))
    expect(inputs.inputs).toHaveLength(2)
    await expect.poll(() => usage("alice")).toMatchObject({ pictures: 1 })
  })

  it("is not asked before a picture of the request itself is read", async () => {
    const inputs = FakeInputImages.make()
    const [file] = imagesOf(await serviceFor().draw(cat, requester()))
    const own = { ...cat, inputs: file?.file ? [{ _tag: "Inline", file: file.file } as const] : [] }
    const { draw } = serviceFor({ env: { NEURON_BUDGET: "1" }, inputs: inputs.layer })
    await expect(draw(own, requester())).rejects.toMatchObject({ _tag: "BudgetExceeded" })
    expect(inputs.inputs).toHaveLength(1)
  })

  it("is whole again the next day", async () => {
    const { adjust, draw, usage } = serviceFor({ env: { NEURON_BUDGET: "180" } })
    await draw(cat, requester())
    await adjust("12 hours")
    await draw(cat, requester())
    await expect.poll(() => usage("alice")).toMatchObject({ pictures: 1, neurons })
  })

  it("is not used by a repeat", async () => {
    const { draw, requests } = serviceFor({ env: { NEURON_BUDGET: "180" } })
    await draw(cat, requester())
    await draw(cat, requester({ repeat: true }))
    expect(requests).toHaveLength(1)
  })

  it.each([
    ["gives back what drew nothing", new RateLimited({ message: "No capacity.", retryAfterSeconds: 10 }), 0],
    ["keeps what may have been paid for", new UpstreamTimeout({}), 1]
  ])("%s", async (_, error, pictures) => {
    const flux = FakeFluxModel.make({ before: () => Effect.fail(error) })
    const { draw, usage } = serviceFor({ env: { NEURON_BUDGET: "600" }, flux })
    await expect(draw(cat, requester())).rejects.toEqual(error)
    await expect.poll(() => usage("alice")).toMatchObject({ pictures, neurons: pictures * neurons })
  })

  it.each([
    ["more", 200, { pictures: 3, neurons: 600 }],
    ["less", 1.25, { pictures: 3, neurons: 3.75 }],
    ["nothing", 0, { pictures: 3, neurons: 0 }]
  ])("is used by what was told to have been spent, where that is %s than the estimate", async (_, cost, used) => {
    const flux = FakeFluxModel.make({ cost: () => cost })
    const { draw, usage } = serviceFor({ env: { NEURON_BUDGET: "600" }, flux })
    await draw(requestFor("A cute cat", { n: 3 }), requester())
    await expect.poll(() => usage("alice")).toMatchObject(used)
  })

  it("is used by the sum of what was told and what was not", async () => {
    const flux = FakeFluxModel.make({
      cost: ({ index }) => (index === 0 ? 100 : undefined),
      before: ({ index }) => (index === 2 ? Effect.fail(new UpstreamTimeout({})) : Effect.void)
    })
    const { draw, usage } = serviceFor({ flux })
    await draw(requestFor("A cute cat", { n: 3 }), requester())
    await expect.poll(() => usage("alice")).toMatchObject({ pictures: 3, neurons: 445.6 })
  })

  it("counts what was never heard of again as drawn", async () => {
    const { arrived, flux } = heldModel()
    const { adjust, draw, objects, usage } = serviceFor({ env: { NEURON_BUDGET: "600" }, flux })
    draw(cat, requester()).catch(() => {})
    await arrived
    objects.evict()
    await adjust("15 minutes")
    expect(await usage("alice")).toMatchObject({ pictures: 1, neurons })
  })
})

describe("a budget in dollars", () => {
  it("counts neurons at their price, and says what is left and needed in dollars", async () => {
    const { draw, requests } = serviceFor({ env: { BUDGET_USD: "0.0035" } })
    await draw(cat, requester())
    await expect(draw(cat, requester())).rejects.toMatchObject({
      _tag: "BudgetExceeded",
      message:
        "This key has $0.001599 left today and the request needs $0.001901. Its budget is renewed at 2026-11-23T00:00:00.000Z."
    })
    expect(requests).toHaveLength(1)
  })

  it("stands beside one in neurons, and each refuses for itself", async () => {
    const env = { BUDGET_USD: "0.05", NEURON_BUDGET: "180" }
    const inNeurons = serviceFor({ env })
    await inNeurons.draw(cat, requester())
    await expect(inNeurons.draw(cat, requester())).rejects.toMatchObject({
      unit: "neurons",
      needed: neurons,
      left: 7.2
    })
    const inDollars = serviceFor({ env, microdollars: 40_000 })
    await inDollars.draw(cat, requester())
    await expect(inDollars.draw(cat, requester())).rejects.toMatchObject({ unit: "dollars", needed: 0.04, left: 0.01 })
  })

  it("is never exceeded by what is asked for at the same time", async () => {
    const { draw, requests, usage } = serviceFor({ env: { BUDGET_USD: "0.2" }, microdollars: 40_000 })
    const drawn = await Promise.allSettled(Array.from({ length: 20 }, () => draw(cat, requester())))
    expect(drawn.filter(({ status }) => status === "rejected")).toHaveLength(15)
    expect(requests).toHaveLength(5)
    await expect.poll(() => usage("alice")).toEqual({ pictures: 5, neurons: 0, microdollars: 200_000 })
  })

  it.each([
    ["neurons", { neuronBudget: 100 }, { unit: "neurons", left: 100 }],
    ["dollars", { microdollarBudget: 1000 }, { unit: "dollars", left: 0.001 }]
  ])("or in neurons is that of the key, where API_KEYS has one: in %s", async (_, own, refusal) => {
    const { draw, requests } = serviceFor({ env: { BUDGET_USD: "1", NEURON_BUDGET: "180" } })
    await expect(draw(cat, requester({ caller: { name: "bob", ...own } }))).rejects.toMatchObject(refusal)
    await draw(cat, requester({ caller: { name: "eve", microdollarBudget: 10_000 } }))
    await draw(cat, requester({ caller: { name: "eve", microdollarBudget: 10_000 } }))
    expect(requests).toHaveLength(2)
  })
})

describe("a model that is billed in dollars", () => {
  it("does not get around a budget in neurons", async () => {
    const { draw, requests } = serviceFor({ env: { NEURON_BUDGET: "4000" }, microdollars: 40_000 })
    await draw(cat, requester())
    await expect(draw(cat, requester())).rejects.toMatchObject({ unit: "neurons", needed: 3636.36, left: 363.64 })
    expect(requests).toHaveLength(1)
  })

  it("is reserved and settled at its price, beside what the prompt costs in neurons", async () => {
    const optimizer = FakePromptOptimizer.make({ neurons: 8.6, estimate: 15.5 }).layer
    const { draw, run, usage } = serviceFor({ microdollars: 40_000, optimizer })
    const request = requestFor("A cute cat", { n: 2 })
    const generation = await run(({ start }) => start(request, requester()))
    expect(generation).toMatchObject({ neurons: 15.5, microdollars: 80_170.5 })
    const images = imagesOf(await draw(request, requester({ caller: { name: "bob" } })))
    expect(images).toMatchObject([
      { neurons: 8.6, microdollars: 40_094.6 },
      { neurons: 0, microdollars: 40_000 }
    ])
    await expect.poll(() => usage("bob")).toEqual({ pictures: 2, neurons: 8.6, microdollars: 80_094.6 })
  })

  it("costs nothing where it drew nothing", async () => {
    const flux = FakeFluxModel.make({
      before: () => Effect.fail(new RateLimited({ message: "No capacity.", retryAfterSeconds: 10 }))
    })
    const { draw, settled, usage } = serviceFor({ microdollars: 40_000, flux })
    await expect(draw(cat, requester())).rejects.toMatchObject({ _tag: "RateLimited" })
    await settled()
    expect(await usage("alice")).toEqual({ pictures: 0, neurons: 0, microdollars: 0 })
  })
})

describe("the use of a key without limits", () => {
  it("is counted all the same", async () => {
    const { draw, usage } = serviceFor()
    await draw(requestFor("A cute cat", { n: 3 }), requester())
    await expect.poll(() => usage("alice")).toMatchObject({ pictures: 3, neurons: 518.4 })
  })
})

describe("KEY_CONCURRENCY", () => {
  it("bounds what a key draws at a time, and lets the next one in afterwards", async () => {
    const { arrived, flux, release } = heldModel(2)
    const { draw, requests } = serviceFor({ env: { KEY_CONCURRENCY: "2" }, flux })
    const running = [draw(cat, requester()), draw(cat, requester())]
    await arrived
    await expect(draw(cat, requester())).rejects.toMatchObject({ _tag: "RateLimited", retryAfterSeconds: 5 })
    const other = draw(cat, requester({ caller: { name: "bob" } }))
    await release()
    await Promise.all([...running, other])
    await expect
      .poll(() =>
        draw(cat, requester()).then(
          () => "drawn",
          () => "refused"
        )
      )
      .toBe("drawn")
    expect(requests).toHaveLength(4)
  })
})
