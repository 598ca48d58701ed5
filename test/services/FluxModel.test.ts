import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { DrawRequest } from "../../src/domain/DrawRequest.ts"
import { models } from "../../src/domain/ModelCatalogue.ts"
import { FluxModel } from "../../src/services/FluxModel.ts"
import { configFrom, httpClient } from "../support/layers/testLayers.ts"
import { makeFakeWorkersAi } from "../support/workers-ai/FakeWorkersAi.ts"
import { aiBinding, drawing } from "../support/workers-ai/faces.ts"

const account = { CF_ACCOUNT_ID: "test-account", CF_API_TOKEN: "test-token" }

const setUp = (env: Readonly<Record<string, string>>, { bound = false } = {}) => {
  const fake = makeFakeWorkersAi()
  const urls: Array<string> = []
  const fetch: typeof globalThis.fetch = (input, init) => {
    urls.push(input instanceof Request ? input.url : String(input))
    return fake.fetch(input, init)
  }
  const layer = FluxModel.layer.pipe(
    Layer.provide([configFrom(env, bound ? { AI: aiBinding(fake) } : {}), httpClient(fetch)])
  )
  return Effect.map(Effect.provide(FluxModel, layer), (flux) => ({ fake, flux, urls }))
}

describe("FluxModel.layer", () => {
  it.effect("draws over REST at CF_API_BASE", () =>
    Effect.gen(function* () {
      const { fake, flux, urls } = yield* setUp({ ...account, CF_API_BASE: "http://127.0.0.1:9/v4/" }, { bound: true })
      yield* flux.available
      yield* flux.draw(drawing())
      expect(flux.preview).toBe(false)
      expect(fake.calls).toMatchObject([{ face: "rest" }])
      const path = "/accounts/test-account/ai/run/@cf/black-forest-labs/flux-2-klein-4b"
      expect(urls.map(decodeURIComponent)).toEqual([`http://127.0.0.1:9/v4${path}`])
    })
  )

  it.effect("draws through the binding", () =>
    Effect.gen(function* () {
      const { fake, flux, urls } = yield* setUp({ ...account, FLUX_BACKEND: "binding" }, { bound: true })
      yield* flux.available
      yield* flux.draw(drawing())
      expect(flux.preview).toBe(false)
      expect(fake.calls).toMatchObject([{ face: "binding" }])
      expect(urls).toEqual([])
    })
  )

  it.effect("draws nothing where the settings choose nothing, and says why", () =>
    Effect.gen(function* () {
      const { fake, flux } = yield* setUp({ ...account, FLUX_BACKEND: "binding" })
      const error = { _tag: "ConfigurationError", variable: "AI" }
      expect(yield* Effect.flip(flux.available)).toMatchObject(error)
      expect(yield* Effect.flip(flux.draw(drawing()))).toMatchObject(error)
      expect(fake.calls).toEqual([])
    })
  )
})

describe("FluxModel.layerPreview", () => {
  const draw = (request: DrawRequest) =>
    Effect.flatMap(FluxModel, (flux) => flux.draw(request)).pipe(
      Effect.map(({ file, neurons }) => {
        expect(neurons).toBe(0)
        return file
      }),
      Effect.provide(FluxModel.layerPreview)
    )

  it.effect("is chosen by name, and calls nobody", () =>
    Effect.gen(function* () {
      const { fake, flux, urls } = yield* setUp({ ...account, FLUX_BACKEND: "preview" }, { bound: true })
      yield* flux.available
      yield* flux.draw(drawing())
      expect(flux.preview).toBe(true)
      expect([fake.calls, urls]).toEqual([[], []])
    })
  )

  it.effect.each(models.map(({ id }) => id))("draws a PNG of the asked size in place of %s", (model) =>
    Effect.gen(function* () {
      const file = yield* draw(drawing({ model, size: { width: 320, height: 192 } }))
      expect(file).toMatchObject({ mediaType: "image/png", size: { width: 320, height: 192 } })
    })
  )

  it.effect("draws the same for the same request, and otherwise something else", () =>
    Effect.gen(function* () {
      const { seed: _, ...unseeded } = drawing()
      const same = yield* draw(drawing())
      expect((yield* draw(drawing())).bytes).toEqual(same.bytes)
      for (const other of [drawing({ prompt: "a cat" }), drawing({ seed: 8 })]) {
        expect((yield* draw(other)).bytes).not.toEqual(same.bytes)
      }
      const first = yield* draw({ ...unseeded, index: 0 })
      expect((yield* draw({ ...unseeded, index: 1 })).bytes).not.toEqual(first.bytes)
    })
  )
})
