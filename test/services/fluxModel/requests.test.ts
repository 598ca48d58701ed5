import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import fc from "fast-check"
import { findModel, models } from "../../../src/domain/ModelCatalogue.ts"
import { FluxModel } from "../../../src/services/FluxModel.ts"
import { imageOf } from "../../support/pictures.ts"
import { makeFakeWorkersAi } from "../../support/workers-ai/FakeWorkersAi.ts"
import { drawing, fluxOver } from "../../support/workers-ai/faces.ts"
import type { Face } from "../../support/workers-ai/wire.ts"

const faces: ReadonlyArray<Face> = ["rest", "binding"]

const setUp = (face: Face) => {
  const fake = makeFakeWorkersAi()
  return Effect.map(Effect.provide(FluxModel, fluxOver(face, fake)), ({ draw }) => ({ draw, fake }))
}

const size = { width: 512, height: 256 }
const picture = await imageOf(size)
const mask = await imageOf(size, { mediaType: "image/png" })
const flux2 = { prompt: "a fox", width: "512", height: "256", seed: "42" }
const numbers = { prompt: "a fox", width: 512, height: 256, seed: 42 }

/** What each model is told of a request with everything in it, and nothing besides. */
const fields: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "@cf/black-forest-labs/flux-1-schnell": { prompt: "a fox", steps: 3 },
  "@cf/black-forest-labs/flux-2-klein-4b": flux2,
  "@cf/black-forest-labs/flux-2-klein-9b": flux2,
  "@cf/black-forest-labs/flux-2-dev": { ...flux2, steps: "3" },
  "@cf/leonardo/lucid-origin": { ...numbers, num_steps: 3 },
  "@cf/leonardo/phoenix-1.0": { ...numbers, num_steps: 3 },
  "@cf/stabilityai/stable-diffusion-xl-base-1.0": { ...numbers, num_steps: 3 },
  "@cf/bytedance/stable-diffusion-xl-lightning": { ...numbers, num_steps: 3 },
  "@cf/lykon/dreamshaper-8-lcm": { ...numbers, num_steps: 3 },
  "@cf/runwayml/stable-diffusion-v1-5-img2img": { ...numbers, num_steps: 3, image: Array.from(picture.bytes) },
  "@cf/runwayml/stable-diffusion-v1-5-inpainting": {
    ...numbers,
    num_steps: 3,
    image: Array.from(picture.bytes),
    mask: Array.from(mask.bytes)
  }
}

/** What a model draws nothing without. */
const needed = (model: string) => {
  const needs = findModel(model)?.needs
  return { inputs: needs ? [picture] : [], ...(needs === "mask" && { mask }) }
}

const rows = faces.flatMap((face) => models.map((model) => [face, model.id] as const))

describe("FluxModel over Workers AI", () => {
  it("is tested with each model of the catalogue", () => {
    expect(Object.keys(fields).toSorted()).toEqual(models.map(({ id }) => id).toSorted())
  })

  it.effect.each(rows)("over %s tells %s exactly what it takes", ([face, model]) =>
    Effect.gen(function* () {
      const { draw, fake } = yield* setUp(face)
      const request = drawing({ model, size, seed: 42, steps: 3, ...needed(model) })
      const { file } = yield* draw(request)
      const { sizes } = request.model
      expect(file.size).toEqual(sizes._tag === "Fixed" ? sizes.size : size)
      expect(fake.calls).toHaveLength(1)
      expect(fake.calls[0]).toMatchObject({ face, model })
      expect(fake.calls[0]?.fields).toEqual(fields[model])
      expect(fake.calls[0]?.contentType).toMatch(
        request.model.encoding === "json" ? /^application\/json/ : /^multipart\/form-data; *boundary=/
      )
    })
  )

  it.effect.each(rows)("over %s tells %s no steps and no seed where there are none", ([face, model]) =>
    Effect.gen(function* () {
      const { draw, fake } = yield* setUp(face)
      const { seed: _, ...request } = drawing({ model, size, ...needed(model) })
      yield* draw(request)
      const { num_steps, seed, steps, ...rest } = fields[model] ?? {}
      expect(fake.calls[0]?.fields).toEqual(rest)
    })
  )

  it.effect.each(faces)("over %s sends up to four input pictures, byte for byte", (face) =>
    Effect.gen(function* () {
      const { draw, fake } = yield* setUp(face)
      const inputs = yield* Effect.forEach(
        ["image/jpeg", "image/png", "image/webp", "image/jpeg"] as const,
        (mediaType, index) => Effect.promise(() => imageOf({ width: 64 + index, height: 64 }, { mediaType }))
      )
      yield* draw(drawing({ inputs }))
      for (const [index, { bytes, mediaType }] of inputs.entries()) {
        expect(fake.calls[0]?.fields[`input_image_${index}`]).toMatchObject({ bytes, type: mediaType })
      }
      expect(Object.keys(fake.calls[0]?.fields ?? {})).toHaveLength(4 + 4)
    })
  )

  it.effect("sends account and token with each REST call", () =>
    Effect.gen(function* () {
      const { draw, fake } = yield* setUp("rest")
      yield* draw(drawing())
      expect(fake.calls[0]?.headers.authorization).toBe("Bearer test-token")
    })
  )

  it.effect.each(faces)("over %s gives the picture that was drawn, and the base64 as it came", (face) =>
    Effect.gen(function* () {
      const { draw } = yield* setUp(face)
      const { file } = yield* draw(drawing())
      const same = yield* Effect.promise(() => imageOf({ width: 256, height: 256 }, { text: "a fox", seed: "7" }))
      expect(file.bytes).toEqual(same.bytes)
      expect(file.base64).toBe(same.bytes.toBase64())
    })
  )

  it("sends any prompt as it is", async () => {
    // A form can't carry half a surrogate pair, nor a line ending other than CRLF.
    const prompt = fc.string({ unit: "binary", minLength: 1, maxLength: 200 }).filter((text) => !/[\r\n]/.test(text))
    await fc.assert(
      fc.asyncProperty(
        prompt,
        fc.constantFrom(...faces),
        fc.constantFrom("klein", "lucid"),
        async (prompt, face, model) => {
          const sent = await Effect.runPromise(
            Effect.gen(function* () {
              const { draw, fake } = yield* setUp(face)
              yield* draw(drawing({ model, prompt }))
              return fake.calls[0]?.fields.prompt
            })
          )
          expect(sent).toBe(prompt)
        }
      ),
      { numRuns: 30 }
    )
  }, 30_000)
})
