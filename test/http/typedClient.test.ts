import { describe, expect, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as HttpServer from "effect/http/HttpServer"
import * as HttpApiTest from "effect/http-api/HttpApiTest"
import * as Layer from "effect/Layer"
import { Api } from "../../src/http/Api.ts"
import { Authorization, CurrentCaller } from "../../src/http/Authorization.ts"
import { ModelsHandlers } from "../../src/http/models/ModelsHandlers.ts"
import { SystemHandlers } from "../../src/http/system/SystemHandlers.ts"
import { configFrom, FakeImageTransformer, testEnv } from "../support/layers/testLayers.ts"

/** Whoever asks is let in. */
const OpenDoor = Layer.succeed(Authorization, {
  bearer: (answer) => Effect.provideService(answer, CurrentCaller, { name: "alice" })
})

const Service = Layer.mergeAll(ModelsHandlers, SystemHandlers, HttpServer.layerServices).pipe(
  Layer.provideMerge(OpenDoor),
  Layer.provide(FakeImageTransformer.layer),
  Layer.provide(configFrom({ ...testEnv, FLUX_MODEL: "klein", LOCALE: "xx" }))
)

describe("a client made from the API's definition", () => {
  layer(Service)((it) => {
    const client = HttpApiTest.groups(Api, ["models", "system"])

    it.effect("reads the models, each as its own list has it", () =>
      Effect.gen(function* () {
        const { models } = yield* client
        const { data } = yield* models.listModels({ query: {} })
        expect(data.map(({ id }) => id)).toContain("@cf/black-forest-labs/flux-2-klein-4b")
        for (const listed of data) {
          const found = yield* models.retrieveModel({ params: { model: listed.id } })
          expect(found.owned_by).toBe(listed.owned_by)
        }
        // One of OpenAI's names, of any year, is what FLUX_MODEL names.
        expect(yield* models.retrieveModel({ params: { model: "gpt-image-9" } })).toMatchObject({ object: "model" })
      })
    )

    it.effect("gets the error of an unknown model as the body that it is declared with", () =>
      Effect.gen(function* () {
        const { models } = yield* client
        const error = yield* Effect.flip(models.retrieveModel({ params: { model: "gpt-4o-mini" } }))
        expect(error).toMatchObject({ error: { code: "model_not_found", param: "model" } })
      })
    )

    it.effect("reads what is missing", () =>
      Effect.gen(function* () {
        const { system } = yield* client
        expect(yield* system.health()).toMatchObject({ status: "ok", missing: expect.arrayContaining(["LOCALE"]) })
      })
    )
  })
})
