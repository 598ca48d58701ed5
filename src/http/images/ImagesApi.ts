import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as HttpApiSchema from "effect/http-api/HttpApiSchema"
import * as Schema from "effect/Schema"
import { Authorization } from "../Authorization.ts"
import { drawErrors } from "../drawErrors.ts"
import { JobObject } from "../jobs/JobObject.ts"
import {
  ImageCompletedEvent,
  ImageEditRequest,
  ImageGenerationRequest,
  ImagesResponse,
  imageFields
} from "./ImagesSchemas.ts"
import { OpenRouterImageEvent, OpenRouterImageRequest, OpenRouterImagesResponse } from "./openRouter.ts"

const otherForms = <Event extends Schema.Top>(event: Event) =>
  [
    JobObject.pipe(HttpApiSchema.status(202)),
    HttpApiSchema.StreamSse({ events: Schema.Struct({ event: Schema.String, data: Schema.fromJsonString(event) }) })
  ] as const
const success = [ImagesResponse, ...otherForms(ImageCompletedEvent)] as const

/** An edit as a form: one file as `image`, several as `image[]`. */
const ImageEditForm = Schema.Struct({ ...imageFields, image: Schema.String.annotate({ format: "binary" }) })
  .annotate({ identifier: "ImageEditForm" })
  .pipe(HttpApiSchema.asMultipart())

export class ImagesApi extends HttpApiGroup.make("images")
  .add(
    HttpApiEndpoint.post("createImage", "/v1/images/generations", {
      payload: ImageGenerationRequest,
      success,
      error: drawErrors.responses
    }),
    HttpApiEndpoint.post("createImageEdit", "/v1/images/edits", {
      payload: [ImageEditRequest, ImageEditForm],
      success,
      error: drawErrors.responses
    }),
    HttpApiEndpoint.post("createOpenRouterImage", "/v1/images", {
      payload: OpenRouterImageRequest,
      success: [OpenRouterImagesResponse, ...otherForms(OpenRouterImageEvent)],
      error: drawErrors.responses
    })
  )
  .middleware(Authorization) {}
