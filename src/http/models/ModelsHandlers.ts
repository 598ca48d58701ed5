import * as Effect from "effect/Effect"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as HttpApiBuilder from "effect/http-api/HttpApiBuilder"
import * as Result from "effect/Result"
import type { Model } from "../../domain/Model.ts"
import { listedOpenAiName, modelNotFound, offeredModels, resolveModel } from "../../domain/ModelCatalogue.ts"
import { AppConfig } from "../../services/Config.ts"
import { Api } from "../Api.ts"
import { errorResponse } from "../errors.ts"
import type { ModelList, ModelObject } from "./ModelsApi.ts"

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

const listResponse = (data: ReadonlyArray<ModelObject>) =>
  HttpServerResponse.jsonUnsafe({ object: "list", data } satisfies typeof ModelList.Type)

/** The models that this deployment draws with, `FLUX_MODEL` first, and one name of OpenAI's last. */
export const ModelsHandlers = HttpApiBuilder.group(
  Api,
  "models",
  Effect.fnUntraced(function* (handlers) {
    const config = yield* AppConfig
    const settings = Effect.fromResult(config.models)
    // The same for every request, so it is written once.
    const lists = Result.map(config.models, (settings) => {
      const named = resolveModel(listedOpenAiName, settings) ?? settings.defaultModel
      const listed = [...offeredModels(settings).map(modelObject), { ...modelObject(named), id: listedOpenAiName }]
      return { images: listResponse(listed), none: listResponse([]) }
    })
    return handlers.handleAll({
      listModels: ({ query }) =>
        Effect.fromResult(lists).pipe(
          Effect.map(({ images, none }) => {
            const wanted = query.output_modalities?.split(",") ?? (query.type === undefined ? ["image"] : [query.type])
            return wanted.includes("image") ? images : none
          }),
          Effect.catch(errorResponse)
        ),
      retrieveModel: ({ params }) =>
        settings.pipe(
          Effect.flatMap((models) => {
            const model = resolveModel(params.model, models)
            return model ? Effect.succeed(modelObject(model)) : Effect.fail(modelNotFound(params.model, models))
          }),
          Effect.catch(errorResponse)
        )
    })
  })
)
