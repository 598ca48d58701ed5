import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { describe, expect, it } from "vitest"
import { ImageFile } from "../../../src/domain/ImageFile.ts"
import { FluxModel } from "../../../src/services/FluxModel.ts"
import { makeFakeImages } from "../../support/FakeImages.ts"
import { makeFakeKv } from "../../support/FakeKv.ts"
import { FakeFluxModel, FakeImageTransformer } from "../../support/layers/testLayers.ts"
import { callTool } from "../../support/mcp.ts"
import { sourceTypeOf } from "../../support/metadata.ts"
import { imageOf } from "../../support/pictures.ts"
import { testApp } from "../../support/testApp.ts"

/** Draws pictures with as many bytes as those of models have. */
const large = Layer.succeed(FluxModel, {
  available: Effect.void,
  preview: false,
  draw: Effect.fnUntraced(function* ({ size }) {
    const { bytes } = yield* Effect.promise(() => imageOf(size))
    const padded = new Uint8Array(bytes.length + 200_000)
    padded.set(bytes)
    return { file: ImageFile.fromBytes(padded) ?? (yield* Effect.die("no picture")), neurons: 1 }
  })
})

const draw = (options: Parameters<typeof testApp>[0], given: object = {}) =>
  callTool(testApp({ flux: large, ...options }), "generate_image", { prompt: "A cat", ...given })

const sizesOf = (images: ReadonlyArray<{ readonly data: string }>) =>
  images.map(({ data }) => ImageFile.fromBase64(data)?.size)

describe("the small picture", () => {
  it("is the picture itself where that is small", async () => {
    const { calls, layer } = FakeImageTransformer.make()
    const { images } = await draw({ flux: FakeFluxModel.layer, transformer: layer })
    expect(sizesOf(images)).toEqual([{ width: 1024, height: 1024 }])
    expect(calls).toEqual([])
  })

  it("is made by the Images binding, and small enough", async () => {
    const images = makeFakeImages()
    const result = await draw({ bindings: { FLUX_CF_KV: makeFakeKv().namespace, IMAGES: images.binding } })
    expect(result.images).toMatchObject([{ mimeType: "image/webp" }])
    expect(result.images[0]?.data.length).toBeLessThanOrEqual(100_000)
    expect(sizesOf(result.images)).toEqual([{ width: 768, height: 768 }])
    expect(images.transformations).toMatchObject([{ transform: { width: 768, fit: "scale-down" } }])
  })

  it.each([
    ["generate_image", "trainedAlgorithmicMedia"],
    ["edit_image", "compositeWithTrainedAlgorithmicMedia"]
  ])("is marked as what it is (%s)", async (name, source) => {
    const given = name === "edit_image" && { images: [(await imageOf({ width: 64, height: 64 })).dataUrl] }
    const app = testApp({ flux: large, transformer: FakeImageTransformer.layer })
    const { images } = await callTool(app, name, { prompt: "A cat", ...given })
    const bytes = Uint8Array.fromBase64(images[0]?.data ?? "")
    expect(await sourceTypeOf(bytes)).toBe(source)
  })

  it("keeps its ratio, and leaves the link as it was drawn", async () => {
    const { images, links } = await draw({ transformer: FakeImageTransformer.layer }, { size: "16:9" })
    expect(sizesOf(images)).toEqual([{ width: 768, height: 432 }])
    expect(links[0]?.mimeType).toBe("image/jpeg")
  })

  it("is smaller where there are several: all together are bounded", async () => {
    const { images, links } = await draw({ transformer: FakeImageTransformer.layer }, { n: 4 })
    expect(links).toHaveLength(4)
    for (const size of sizesOf(images)) expect(size).toEqual({ width: 384, height: 384 })
    expect(images.reduce((sum, { data }) => sum + data.length, 0)).toBeLessThanOrEqual(100_000)
  })

  it.each([
    ["there is no Images binding", FakeImageTransformer.unavailable],
    ["the binding fails", FakeImageTransformer.failing]
  ])("is left out where %s", async (_, transformer) => {
    const { images, isError, links } = await draw({ transformer })
    expect([images.length, isError, links.length]).toEqual([0, false, 1])
  })

  it("is not made with inline: false", async () => {
    const { calls, layer } = FakeImageTransformer.make()
    expect((await draw({ transformer: layer }, { inline: false })).images).toEqual([])
    expect(calls).toEqual([])
  })
})
