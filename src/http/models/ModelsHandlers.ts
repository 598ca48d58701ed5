import * as Effect from "effect/Effect"
import * as HttpApiBuilder from "effect/http-api/HttpApiBuilder"
import { ModelNotFound } from "../../domain/Errors.ts"
import type { Model } from "../../domain/Model.ts"
import { models, resolveModel } from "../../domain/ModelCatalogue.ts"
import { AppConfig } from "../../services/Config.ts"
import { Api } from "../Api.ts"
import { errorResponse } from "../errors.ts"
import type { ModelObject } from "./ModelsApi.ts"

const modelObject = (model: Model): ModelObject => ({
  id: model.id,
  object: "model",
  created: model.created,
  owned_by: model.ownedBy,
  architecture: {
    input_modalities: model.inputs ? ["text", "image"] : ["text"],
    output_modalities: ["image"]
  }
})

/** The models that this deployment draws with, `FLUX_MODEL` first. */
export const ModelsHandlers = HttpApiBuilder.group(
  Api,
  "models",
  Effect.fnUntraced(function* (handlers) {
    const config = yield* AppConfig
    const settings = Effect.fromResult(config.models)
    return handlers.handleAll({
      listModels: ({ query }) =>
        settings.pipe(
          Effect.map(({ defaultModel }) => {
            const wanted = query.output_modalities?.split(",") ?? (query.type === undefined ? ["image"] : [query.type])
            const listed = [defaultModel, ...models.filter((model) => model.id !== defaultModel.id)]
            return { object: "list" as const, data: wanted.includes("image") ? listed.map(modelObject) : [] }
          }),
          Effect.catch(errorResponse)
        ),
      retrieveModel: ({ params }) =>
        settings.pipe(
          Effect.flatMap(({ aliases, defaultModel }) => {
            const model = resolveModel(params.model, { aliases, defaultModel })
            return model ? Effect.succeed(modelObject(model)) : Effect.fail(new ModelNotFound({ model: params.model }))
          }),
          Effect.catch(errorResponse)
        )
    })
  })
)
