import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import type { DrawError, RequestError } from "../../../src/domain/Errors.ts"
import type { GenerationEvent } from "../../../src/domain/GenerationEvent.ts"
import type { GenerationPlan } from "../../../src/domain/GenerationPlan.ts"
import type { GenerationRequest } from "../../../src/domain/GenerationRequest.ts"
import { findModel } from "../../../src/domain/ModelCatalogue.ts"
import { ImageGenerator } from "../../../src/services/ImageGenerator.ts"
import { imageOf } from "../pictures.ts"

const model = findModel("schnell")
if (model === undefined) throw new Error("The catalogue has no schnell.")
const plan: GenerationPlan = {
  model,
  chosenBy: "FLUX_MODEL",
  size: { width: 1024, height: 1024 },
  steps: 4,
  notices: []
}

/** What a request with `n` pictures of 1024x1024 looks like where all goes well, without storage. */
const drawn = ({ n, originalPrompt, prompt }: GenerationRequest): Stream.Stream<GenerationEvent> => {
  const indexes = Array.from({ length: n }, (_, index) => index)
  const begun: ReadonlyArray<GenerationEvent> = [
    { _tag: "PromptReady", originalPrompt, prompt, source: { _tag: "Original" }, plan, n },
    ...indexes.map((index) => ({ _tag: "Drawing", index }) as const)
  ]
  const ready = (index: number): Effect.Effect<GenerationEvent> =>
    Effect.promise(() => imageOf(plan.size, { text: prompt, seed: String(index) })).pipe(
      Effect.map((file) => {
        const { mediaType, size } = file
        const image = {
          file,
          mediaType,
          size,
          storageFailed: false,
          model: plan.model.id,
          neurons: 172.8,
          preview: false
        }
        return { _tag: "ImageReady", index, image }
      })
    )
  return Stream.concat(Stream.fromIterable(begun), Stream.mapEffect(Stream.fromIterable(indexes), ready))
}

/** Answers each request with `events`, whatever it asks for. `requests` are those that came in, in order. */
export const make = (events: (request: GenerationRequest) => Stream.Stream<GenerationEvent, DrawError> = drawn) => {
  const requests: Array<GenerationRequest> = []
  const layer = Layer.succeed(ImageGenerator, {
    prepare: (request) =>
      Effect.sync(() => {
        requests.push(request)
        return {
          request,
          plan,
          fallbacks: [],
          inputs: [],
          keys: [],
          improvement: { _tag: "Original" },
          costEach: { neurons: 172.8 },
          neurons: 172.8 * request.n
        }
      }),
    draw: ({ request }) => events(request)
  })
  return { layer, requests: requests as ReadonlyArray<GenerationRequest> }
}

export const layer: Layer.Layer<ImageGenerator> = make().layer

/** Finds something wrong with each request. */
export const refusing = (error: RequestError): Layer.Layer<ImageGenerator> =>
  Layer.succeed(ImageGenerator, { prepare: () => Effect.fail(error), draw: () => Stream.die("nothing was prepared") })

/** Accepts each request, and fails once it runs. */
export const failing = (error: DrawError): Layer.Layer<ImageGenerator> => make(() => Stream.fail(error)).layer
