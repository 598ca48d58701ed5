import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { type DrawError, InvalidRequest, type RequestError } from "../domain/Errors.ts"
import type { GeneratedImage, GenerationEvent } from "../domain/GenerationEvent.ts"
import { estimateNeurons, type GenerationPlan, planGeneration } from "../domain/GenerationPlan.ts"
import type { GenerationRequest } from "../domain/GenerationRequest.ts"
import type { ImageFile } from "../domain/ImageFile.ts"
import { formatSize, type ImageSize } from "../domain/ImageSize.ts"
import { maximumSeed } from "../domain/PromptText.ts"
import { AppConfig } from "./Config.ts"
import { FluxModel } from "./FluxModel.ts"
import { tellOutcomes } from "./generation/outcomes.ts"
import { Identifiers } from "./Identifiers.ts"
import { ImageStore } from "./ImageStore.ts"
import { ImageTransformer } from "./ImageTransformer.ts"
import { InputImages } from "./InputImages.ts"
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

      const preparePrompt = Effect.fnUntraced(function* (request: GenerationRequest, plan: GenerationPlan) {
        const limit = plan.model.promptLimit
        const ready: ReadyPrompt = optimizes(request)
          ? yield* timed("prompt")(optimizer.optimize(request.prompt, limit))
          : { prompt: request.prompt, source: { _tag: "Original" } }
        return ready.prompt.length <= limit ? ready : yield* promptTooLong(ready.prompt, plan)
      })

      const fitInput = (plan: GenerationPlan) => (file: ImageFile) => {
        const maximumSide = plan.model.inputs?.maximumSide ?? Number.POSITIVE_INFINITY
        const fits = Math.max(file.size.width, file.size.height) <= maximumSide
        if (fits || !transformer.available || flux.preview) return Effect.succeed(file)
        return transformer
          .fit(file, maximumSide)
          .pipe(
            Effect.catch((error) =>
              Effect.as(Effect.logWarning("An input picture could not be scaled down", error), file)
            )
          )
      }

      const convert = (file: ImageFile, request: GenerationRequest) =>
        request.outputFormat === undefined || request.outputFormat === file.mediaType
          ? Effect.succeed(file)
          : transformer.convert(file, request.outputFormat).pipe(
              // It has been paid for: better the picture as it is than none.
              Effect.catch((error) => Effect.as(Effect.logWarning("A picture could not be converted", error), file))
            )

      const keep = (file: ImageFile, request: GenerationRequest) =>
        request.store
          ? timed("store")(store.put(file)).pipe(
              Effect.map((key) => ({ key, storageFailed: false })),
              Effect.catch((error) =>
                Effect.as(Effect.logError("A picture could not be stored", error), { storageFailed: true })
              )
            )
          : Effect.succeed({ storageFailed: false })

      const drawImage = Effect.fnUntraced(function* (
        request: GenerationRequest,
        plan: GenerationPlan,
        prompt: string,
        inputs: ReadonlyArray<ImageFile>,
        index: number
      ): Effect.fn.Return<GeneratedImage, DrawError> {
        const { model, size, steps } = plan
        const identifiers = yield* Identifiers
        const first = request.seed ?? identifiers.seed()
        const seed = model.seed ? { seed: (first + (request.seed === undefined ? 0 : index)) % (maximumSeed + 1) } : {}
        const drawn = yield* timed("draw")(
          flux.draw({
            model,
            prompt,
            size,
            inputs,
            index,
            ...(steps !== undefined && { steps }),
            ...seed
          })
        )
        const file = yield* convert(drawn, request)
        const sizes = inputs.map((input) => input.size)
        yield* report({ size: formatSize(file.size) })
        return {
          file,
          ...(yield* keep(file, request)),
          model: model.id,
          ...seed,
          neurons: flux.preview ? 0 : estimateNeurons(plan, drawn.size, sizes),
          preview: flux.preview
        }
      })

      const drawAll = (
        request: GenerationRequest,
        plan: GenerationPlan,
        { prompt, source }: ReadyPrompt,
        inputs: ReadonlyArray<ImageFile>
      ): Stream.Stream<GenerationEvent, DrawError> => {
        const { n, originalPrompt } = request
        const indexes = Array.from({ length: n }, (_, index) => index)
        const begun: ReadonlyArray<GenerationEvent> = [
          { _tag: "PromptReady", originalPrompt, prompt, source, plan, n },
          ...indexes.map((index) => ({ _tag: "Drawing", index }) as const)
        ]
        return Stream.concat(
          Stream.fromIterable(begun),
          Stream.fromIterable(indexes).pipe(
            Stream.mapEffect((index) => Effect.result(drawImage(request, plan, prompt, inputs, index)), {
              concurrency: parallelDraws
            }),
            tellOutcomes(n)
          )
        )
      }

      return ImageGenerator.of({
        generate: Effect.fnUntraced(function* (request) {
          const settings = yield* Effect.fromResult(config.models)
          yield* flux.available
          const optimizing = (yield* optimizer.enabled) && optimizes(request)
          if (request.store) yield* store.available
          const files = yield* Effect.forEach(request.inputs.slice(0, maximumInputs + 1), inputImages.resolve, {
            concurrency: maximumInputs
          })
          const sizes = files.map((file) => file.size)
          const plan = yield* Effect.fromResult(planGeneration(request, sizes, settings))
          if (!optimizing && request.prompt.length > plan.model.promptLimit)
            return yield* promptTooLong(request.prompt, plan)
          const given = flux.preview ? "image/png" : plan.model.mediaType
          if (request.outputFormat !== undefined && request.outputFormat !== given && !transformer.available) {
            return yield* formatRefused(request.outputFormat, given)
          }
          const neurons = flux.preview ? 0 : estimateNeurons(plan, plan.size, sizes) * request.n
          yield* report({
            model: plan.model.id,
            n: request.n,
            neurons,
            ...(config.logPrompts && { prompt: request.originalPrompt })
          })
          return {
            plan,
            inputs: sizes,
            neurons,
            events: Stream.unwrap(
              Effect.gen(function* () {
                const ready = yield* preparePrompt(request, plan)
                const inputs = yield* Effect.forEach(files, fitInput(plan), { concurrency: maximumInputs })
                return drawAll(request, plan, ready, inputs)
              })
            )
          }
        })
      })
    })
  )
}

const parallelDraws = 4
const maximumInputs = 4

/** What is said to change a picture is an instruction, not a description: it is left as it is. */
const optimizes = (request: GenerationRequest): boolean => request.optimize && request.inputs.length === 0

const promptTooLong = (prompt: string, { model }: GenerationPlan): InvalidRequest =>
  new InvalidRequest({
    message: `The prompt has ${prompt.length} characters; ${model.id} takes at most ${model.promptLimit}. Shorten it.`,
    param: "prompt"
  })

const formatRefused = (wanted: string, given: string): InvalidRequest =>
  new InvalidRequest({
    message: `The model draws ${given}, and ${wanted} needs the Images binding, which is not bound as IMAGES.`,
    param: "output_format"
  })
