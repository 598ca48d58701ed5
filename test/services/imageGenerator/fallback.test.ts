import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Stream from "effect/Stream"
import { QuotaExceeded, UpstreamTimeout } from "../../../src/domain/Errors.ts"
import { makeTally } from "../../../src/services/imageGenerator/Tally.ts"
import { generatorOver, imagesOf, requestFor } from "../../support/generation.ts"
import { FakeFluxModel } from "../../support/layers/testLayers.ts"

const env = { FALLBACK_MODEL: "klein,flux-2-dev" }

const failing = (...ids: ReadonlyArray<string>) =>
  FakeFluxModel.make({
    before: ({ model }) =>
      ids.some((id) => model.id.endsWith(id)) ? new QuotaExceeded({ renewsAt: 1, lack: "quota" }) : Effect.void
  })

describe("a chain of models", () => {
  it.effect("reserves its dearest, for each picture", () =>
    Effect.gen(function* () {
      const { prepare } = yield* generatorOver({ env })
      const prepared = yield* prepare(requestFor("a fox", { n: 2 }))
      expect(prepared.costEach).toEqual({ neurons: 172.8 })
      expect(prepared.neurons).toBe(7500)
      expect((yield* prepare(requestFor("a fox", { n: 2, fallback: false }))).neurons).toBe(345.6)
    })
  )

  it.effect("costs what the model costs that drew", () =>
    Effect.gen(function* () {
      const flux = failing("schnell")
      const { draw, prepare } = yield* generatorOver({ env, flux: flux.layer })
      const tally = makeTally()
      const events = yield* Stream.runCollect(draw(yield* prepare(requestFor("a fox")), tally))
      expect(imagesOf(events)).toMatchObject([{ neurons: 104.2, model: "@cf/black-forest-labs/flux-2-klein-4b" }])
      expect(tally.spent()).toMatchObject({ pictures: 1, neurons: 104.2 })
    })
  )

  it.effect("costs nothing where none can be had, and counts at its estimate what may have been drawn", () =>
    Effect.gen(function* () {
      const all = yield* generatorOver({ env, flux: failing("schnell", "klein-4b", "dev").layer })
      const nothing = makeTally()
      const first = yield* Effect.result(Stream.runCollect(all.draw(yield* all.prepare(requestFor("a fox")), nothing)))
      expect(Result.isFailure(first) && first.failure._tag).toBe("QuotaExceeded")
      expect(nothing.spent()).toMatchObject({ pictures: 0, neurons: 0 })
      const flux = FakeFluxModel.make({
        before: ({ model }) =>
          model.id.endsWith("schnell")
            ? new QuotaExceeded({ renewsAt: 1, lack: "quota" })
            : new UpstreamTimeout({ seconds: 120 })
      })
      const { draw, prepare } = yield* generatorOver({ env, flux: flux.layer })
      const perhaps = makeTally()
      const second = yield* Effect.result(Stream.runCollect(draw(yield* prepare(requestFor("a fox")), perhaps)))
      expect(Result.isFailure(second) && second.failure._tag).toBe("UpstreamTimeout")
      expect(flux.requests.map(({ model }) => model.aliases[0])).toEqual(["flux-1-schnell", "flux-2-klein-4b"])
      expect(perhaps.spent()).toMatchObject({ pictures: 1, neurons: 104.2 })
    })
  )
})
