import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import type { DrawRequest } from "../../../src/domain/DrawRequest.ts"
import { findModel } from "../../../src/domain/ModelCatalogue.ts"
import { FluxModel } from "../../../src/services/FluxModel.ts"
import { httpClient } from "../layers/testLayers.ts"
import type { FakeWorkersAi } from "./FakeWorkersAi.ts"
import type { Face } from "./wire.ts"

/** The `AI` binding of a Worker, with nothing but `run`. */
export const aiBinding = (fake: FakeWorkersAi): Ai => ({ run: fake.run }) as unknown as Ai // the rest is never used

/** The real FluxModel, over one face of the fake service. */
export const fluxOver = (face: Face, fake: FakeWorkersAi): Layer.Layer<FluxModel> =>
  face === "binding"
    ? FluxModel.layerBinding(aiBinding(fake)).pipe(Layer.provide(httpClient(fake.fetch)))
    : FluxModel.layerRest({
        _tag: "Rest",
        accountId: fake.accountId,
        apiToken: Redacted.make(fake.apiToken),
        baseUrl: "https://api.test/client/v4"
      }).pipe(Layer.provide(httpClient(fake.fetch)))

/** A drawing of 256x256 pixels by a model that takes a size and a seed, with some of it changed. */
export const drawing = ({
  model: name = "klein",
  ...changes
}: Partial<Omit<DrawRequest, "model">> & { readonly model?: string } = {}): DrawRequest => {
  const model = findModel(name)
  if (model === undefined) throw new Error(`The catalogue has no ${name}.`)
  return {
    model,
    chosenBy: "FLUX_MODEL",
    prompt: "a fox",
    size: { width: 256, height: 256 },
    seed: 7,
    inputs: [],
    index: 0,
    ...changes
  }
}
