import { describe, expect, it } from "vitest"
import { formatSize, ratioSizes } from "../../../src/domain/ImageSize.ts"
import { models } from "../../../src/domain/ModelCatalogue.ts"
import type { ServiceInfo } from "../../../src/http/page/ServiceInfo.ts"
import type { WorkerBindings } from "../../../src/services/Bindings.ts"
import { makeFakeImages } from "../../support/FakeImages.ts"
import { makeFakeKv } from "../../support/FakeKv.ts"
import { testApp } from "../../support/testApp.ts"

const toldWith = async (
  env: Readonly<Record<string, string>> = {},
  bindings: Partial<WorkerBindings> = {}
): Promise<ServiceInfo> => {
  const kv = { FLUX_CF_KV: makeFakeKv().namespace }
  const page = await (await testApp({ env, bindings: { ...kv, ...bindings } }).fetch("/")).text()
  const [, data = ""] = /<script type="application\/json" id="service">(.*?)<\/script>/s.exec(page) ?? []
  return JSON.parse(data)
}

const priceOf = ({ models }: ServiceInfo, name: string, size = "1024x1024"): number | undefined =>
  models.find(({ id }) => id.endsWith(`/${name}`))?.neurons[size]

describe("what the page knows of the service", () => {
  it("is every model, with the prices of the catalogue for each shape that it draws", async () => {
    const told = await toldWith()
    const shown = models.filter(({ needs }) => !needs)
    expect(told.models.map(({ id }) => id)).toEqual(shown.map(({ id }) => id))
    for (const { aliases, id, neurons, steps } of shown) {
      const info = told.models.find((each) => each.id === id)
      expect(info?.aliases).toEqual(aliases)
      for (const [size, price] of Object.entries(info?.neurons ?? {})) {
        const [width = 0, height = 0] = size.split("x").map(Number)
        expect(price).toBeCloseTo(neurons({ size: { width, height }, steps: steps?.default ?? 0, inputs: [] }), 1)
      }
    }
    expect(priceOf(told, "flux-1-schnell", "1024x576")).toBe(undefined)
    expect(priceOf(told, "flux-2-klein-4b", "1024x576")).toBeGreaterThan(0)
    expect(priceOf(told, "flux-2-klein-4b")).toBeLessThan(priceOf(told, "flux-1-schnell") ?? 0)
  })

  it("is every ratio with its size", async () => {
    const { ratios } = await toldWith()
    expect(ratios).toEqual(Array.from(ratioSizes, ([name, size]) => ({ name, size: formatSize(size) })))
  })

  it("follows the settings: the models that draw, and the steps that are billed", async () => {
    const usual = await toldWith()
    const set = await toldWith({ FLUX_MODEL: "klein", FLUX_SIZED_MODEL: "off" })
    expect(set.defaultModel).toBe("@cf/black-forest-labs/flux-2-klein-4b")
    expect(set.sizedModel).toBe("")
    const more = await toldWith({ FLUX_NUM_STEPS: "8" })
    expect(priceOf(more, "flux-1-schnell")).toBeGreaterThan(priceOf(usual, "flux-1-schnell") ?? 0)
  })

  it("is the steps that a model lets one choose, with what one costs", async () => {
    const { models: told } = await toldWith({ FLUX_NUM_STEPS: "6" })
    expect(told.length).toBeGreaterThan(5)
    for (const info of told) {
      const { neurons, steps } = models.find(({ id }) => id === info.id) ?? {}
      const size = { width: 1024, height: 1024 }
      expect(info.steps?.maximum).toBe(steps?.maximum)
      if (!steps) continue
      expect(info.steps?.default).toBe(info.id.endsWith("schnell") ? 6 : steps.default)
      const price = (count: number) => neurons?.({ size, steps: count, inputs: [] }) ?? 0
      expect(info.stepNeurons).toBeCloseTo(price(5) - price(4), 5)
    }
  })

  it("is whether file types can be converted", async () => {
    expect((await toldWith()).formats).toBe(false)
    expect((await toldWith({}, { IMAGES: makeFakeImages().binding })).formats).toBe(true)
  })

  it("is no model where the setting names none", async () => {
    const told = await toldWith({ FLUX_MODEL: "a-model-of-the-future" })
    expect(told).toMatchObject({ defaultModel: "", models: [] })
    expect(told.problems.map(({ variable }) => variable)).toContain("FLUX_MODEL")
  })
})
