import { afterAll, beforeAll, expect, it } from "vitest"
import { ImageFile } from "../../src/domain/ImageFile.ts"
import { callTool } from "../support/mcp.ts"
import { sourceTypeOf } from "../support/metadata.ts"
import { type RunningService, startService } from "../support/service.ts"

let service: RunningService
beforeAll(async () => {
  service = await startService({ ai: "rest", vars: { FLUX_BACKEND: "preview" } })
}, 60_000)
afterAll(() => service?.close())

it("makes the pictures of a result small with the Images binding, and marks them", async () => {
  const { images, links } = await callTool(service, "generate_image", { prompt: "Mountains", size: "16:9", n: 2 })
  expect(links.map(({ mimeType }) => mimeType)).toEqual(["image/png", "image/png"])
  expect(images).toHaveLength(2)
  expect(images.reduce((sum, { data }) => sum + data.length, 0)).toBeLessThanOrEqual(100_000)
  for (const { data, mimeType } of images) {
    const file = ImageFile.fromBase64(data)
    expect([mimeType, file?.mediaType]).toEqual(["image/webp", "image/webp"])
    expect((file?.size.width ?? 0) / (file?.size.height ?? 1)).toBeCloseTo(16 / 9, 1)
    expect(await sourceTypeOf(Uint8Array.fromBase64(data))).toBe("algorithmicMedia")
  }
})
