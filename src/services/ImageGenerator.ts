import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import type { DrawError, RequestError } from "../domain/Errors.ts"
import type { GenerationEvent } from "../domain/GenerationEvent.ts"
import { estimateNeurons, type GenerationPlan, planGeneration } from "../domain/GenerationPlan.ts"
import type { GenerationRequest } from "../domain/GenerationRequest.ts"
import type { ImageSize } from "../domain/ImageSize.ts"
import { AppConfig } from "./Config.ts"
import { FluxModel } from "./FluxModel.ts"
import { ImageStore } from "./ImageStore.ts"
import { ImageTransformer } from "./ImageTransformer.ts"
import { InputImages } from "./InputImages.ts"
import { makeDrawing } from "./imageGenerator/drawing.ts"
import { makeInputFitting } from "./imageGenerator/fitInputs.ts"
import { formatRefused, maximumInputs, promptTooLong, tooManyInputs } from "./imageGenerator/refusals.ts"
import { PromptOptimizer, type ReadyPrompt } from "./PromptOptimizer.ts"
import { report, timed } from "./RequestReport.ts"

/** A request that is known to be in order, ready to be drawn. */
export interface Generation {
  readonly plan: GenerationPlan
  /** The sizes of the pictures it starts from. */
  readonly inputs: ReadonlyArray<ImageSize>
  /** Estimated cost of the whole request, in neurons. */
  readonly neurons: number
  /** Nothing is asked of any model before this runs; each run draws anew. It fails where not one picture could be drawn. */
  readonly events: Stream.Stream<GenerationEvent, DrawError>
}

/** The one pipeline from a request to its pictures. It knows no wire format. */
export class ImageGenerator extends Context.Service<
  ImageGenerator,
  {
    /** Checks all that can be checked before anything is paid for. */
    readonly generate: (request: GenerationRequest) => Effect.Effect<Generation, RequestError>
  }
>()("flux/services/ImageGenerator") {
  static readonly layer = Layer.effect(
    ImageGenerator,
    Effect.gen(function* () {
      const config = yield* AppConfig
      const optimizer = yield* PromptOptimizer
      const flux = yield* FluxModel
      const store = yield* ImageStore
      const inputImages = yield* InputImages
      const transformer = yield* ImageTransformer
      const { fitInputs, fittedSizes } = makeInputFitting(transformer, flux)
      const draw = yield* makeDrawing

      const optimize = Effect.fnUntraced(function* (request: GenerationRequest, plan: GenerationPlan) {
        const limit = plan.model.promptLimit
        const ready = yield* timed("prompt")(optimizer.optimize(request.prompt, limit))
        return ready.prompt.length <= limit ? ready : yield* promptTooLong(ready.prompt, plan)
      })

      const checkFormat = Effect.fnUntraced(function* ({ outputFormat }: GenerationRequest, plan: GenerationPlan) {
        const given = flux.preview ? "image/png" : plan.model.mediaType
        if (outputFormat !== undefined && outputFormat !== given && !transformer.available) {
          return yield* formatRefused(outputFormat, given)
        }
      })

      return ImageGenerator.of({
        generate: Effect.fnUntraced(function* (request) {
          const settings = yield* Effect.fromResult(config.models)
          yield* flux.available
          const optimizing = (yield* optimizer.enabled) && optimizes(request)
          if (request.store) yield* store.available
          if (request.inputs.length > maximumInputs) return yield* tooManyInputs(request.inputs.length)
          const files = yield* Effect.forEach(request.inputs, inputImages.resolve, { concurrency: maximumInputs })
          const inputs = files.map((file) => file.size)
          const plan = yield* Effect.fromResult(planGeneration(request, inputs, settings))
          // An optimized prompt is as short as the model wants it.
          if (!optimizing && request.prompt.length > plan.model.promptLimit)
            return yield* promptTooLong(request.prompt, plan)
          yield* checkFormat(request, plan)
          const each = flux.preview ? 0 : estimateNeurons(plan, plan.size, fittedSizes(inputs, plan))
          const neurons = Math.round(each * request.n * 100) / 100
          yield* report({
            model: plan.model.id,
            n: request.n,
            neurons,
            ...(config.logPrompts && { prompt: request.originalPrompt })
          })
          const events = Effect.gen(function* () {
            const ready: ReadyPrompt = optimizing
              ? yield* optimize(request, plan)
              : { prompt: request.prompt, source: { _tag: "Original" } }
            return draw({ request, plan, ready, inputs: yield* fitInputs(files, plan) })
          })
          return { plan, inputs, neurons, events: Stream.unwrap(events) }
        })
      })
    })
  )
}

/** What is said to change a picture is an instruction, not a description: it is left as it is. */
const optimizes = (request: GenerationRequest): boolean => request.optimize && request.inputs.length === 0
