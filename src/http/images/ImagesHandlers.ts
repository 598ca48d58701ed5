import * as Effect from "effect/Effect"
import type * as HttpServerRequest from "effect/http/HttpServerRequest"
import * as HttpApiBuilder from "effect/http-api/HttpApiBuilder"
import type { GenerationRequest } from "../../domain/GenerationRequest.ts"
import { AppConfig } from "../../services/Config.ts"
import { Generations } from "../../services/Generations.ts"
import { SseEncoder } from "../../services/SseEncoder.ts"
import { Api } from "../Api.ts"
import { withDeployment } from "../deployment.ts"
import { drawErrors } from "../drawErrors.ts"
import { acceptedJob } from "../jobs/jobAnswer.ts"
import { type Origins, originsOf } from "../origins.ts"
import { decodeWith } from "../requestBody.ts"
import { prefersAsync, requesterOf } from "../requester.ts"
import { readWebhook } from "../webhookField.ts"
import { readWishes } from "../wishes/readWishes.ts"
import type { Fields } from "../wishes/values.ts"
import { decodeGeneration, decodeInputs, decodeMask, imageMissing, tellQuality } from "./decodeImages.ts"
import { type ImageCompletedEvent, ImageRequest, type ToldQuality } from "./ImagesSchemas.ts"
import { completeImages } from "./imagesAnswer.ts"
import { type ImageEvents, streamImages } from "./imagesStream.ts"
import { readInputAddresses } from "./inputWishes.ts"
import { asImagesFields, completeOpenRouter, openRouterEvents } from "./openRouter.ts"
import { readFields } from "./readFields.ts"

const decodeBody = decodeWith(ImageRequest)

/** The Images API: new pictures and edits, as JSON and as a stream; OpenRouter's too. */
export const ImagesHandlers = HttpApiBuilder.group(
  Api,
  "images",
  Effect.fnUntraced(function* (handlers) {
    const config = yield* AppConfig
    const generations = yield* Generations
    const sse = yield* SseEncoder

    const draw = Effect.fnUntraced(function* (
      sent: HttpServerRequest.HttpServerRequest,
      { format, origins, quality, request, stream, webhook }: Asked,
      type: ImageCompletedEvent["type"],
      complete: typeof completeImages | typeof completeOpenRouter = completeImages,
      tell?: ImageEvents
    ) {
      const requester = yield* requesterOf(sent)
      const later = prefersAsync(sent)
      const hook = yield* readWebhook(webhook, { config, later, origins })
      const job = later ? yield* generations.submit(request, requester, hook) : undefined
      if (job) return acceptedJob(job)
      const generation = yield* generations.start(request, requester)
      const answer = { generation, request, origins, format, quality }
      return yield* stream ? streamImages(answer, type, sse, tell) : complete(answer)
    })

    const read = Effect.fnUntraced(function* (
      request: HttpServerRequest.HttpServerRequest,
      translate: (fields: Fields) => Fields = (fields) => fields
    ) {
      const { fields: sent, files, mask: maskFile } = yield* readFields(request)
      const fields = translate(sent)
      const wishes = withDeployment(request, yield* readWishes(fields))
      const body = yield* decodeBody({ ...wishes, images: yield* readInputAddresses(fields) })
      const origins = yield* originsOf(request, config.publicBaseUrl)
      const inputs = yield* decodeInputs(body, files, origins)
      return { body, inputs, mask: yield* decodeMask(body.mask, maskFile, origins), origins }
    })

    const readGeneration = Effect.fnUntraced(function* (
      request: HttpServerRequest.HttpServerRequest,
      translate?: (fields: Fields) => Fields
    ) {
      const { body, inputs, mask, origins } = yield* read(request, translate)
      return asked(body, yield* decodeGeneration(body, inputs, mask), origins)
    })

    const readEdit = Effect.fnUntraced(function* (request: HttpServerRequest.HttpServerRequest) {
      const { body, inputs, mask, origins } = yield* read(request)
      if (inputs.length === 0) return yield* imageMissing()
      return asked(body, yield* decodeGeneration(body, inputs, mask), origins)
    })

    const create = (request: HttpServerRequest.HttpServerRequest) =>
      Effect.flatMap(readGeneration(request), (asked) => draw(request, asked, "image_generation.completed"))

    const edit = (request: HttpServerRequest.HttpServerRequest) =>
      Effect.flatMap(readEdit(request), (asked) => draw(request, asked, "image_edit.completed"))

    const createOpenRouter = (request: HttpServerRequest.HttpServerRequest) =>
      Effect.flatMap(readGeneration(request, asImagesFields), (asked) =>
        draw(request, asked, "image_generation.completed", completeOpenRouter, openRouterEvents)
      )

    return handlers
      .handleRaw("createImage", ({ request }) => drawErrors.answer(create(request)))
      .handleRaw("createImageEdit", ({ request }) => drawErrors.answer(edit(request)))
      .handleRaw("createOpenRouterImage", ({ request }) => drawErrors.answer(createOpenRouter(request)))
  })
)

/** What is left of a body when it is understood: its base64 must not be kept while a model draws. */
interface Asked {
  readonly request: GenerationRequest
  readonly origins: Origins
  readonly stream: boolean
  readonly format: Exclude<ImageRequest["response_format"], null>
  readonly quality: ToldQuality
  readonly webhook: ImageRequest["webhook"]
}

const asked = (body: Omit<ImageRequest, "images" | "mask">, request: GenerationRequest, origins: Origins): Asked => ({
  request,
  origins,
  stream: body.stream ?? false,
  format: body.response_format ?? undefined,
  quality: tellQuality(body.quality),
  webhook: body.webhook
})
