import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import type { ConfigurationError, DrawError, RequestError } from "../domain/Errors.ts"
import { planFallbacks } from "../domain/FallbackPlan.ts"
import type { GenerationEvent } from "../domain/GenerationEvent.ts"
import { estimateCost, type GenerationPlan, planGeneration } from "../domain/GenerationPlan.ts"
import type { GenerationRequest } from "../domain/GenerationRequest.ts"
import { defaultSize, nearestSize } from "../domain/ImageSize.ts"
import type { PreparedGeneration, PromptImprovement } from "../domain/PreparedGeneration.ts"
import { type Cost, dearestOf, dollarsOf, noCost, sumCosts } from "../domain/Usage.ts"
import { AppConfig } from "./Config.ts"
import { FluxModel } from "./FluxModel.ts"
import { ImageStore } from "./ImageStore.ts"
import { ImageTransformer } from "./ImageTransformer.ts"
import { InputImages } from "./InputImages.ts"
import { makeDrawing, parallelDraws } from "./imageGenerator/drawing.ts"
import { makeInputFitting } from "./imageGenerator/fitInputs.ts"
import { faultOfMask, makeMaskFitting } from "./imageGenerator/masks.ts"
import { formatRefused, maximumInputs, ofMask, promptTooLong, tooManyInputs } from "./imageGenerator/refusals.ts"
import { makeTally, type Tally } from "./imageGenerator/Tally.ts"
import { longestPrompt, PromptOptimizer, type ReadyPrompt } from "./PromptOptimizer.ts"
import { Provenance } from "./Provenance.ts"
import { report, timed } from "./RequestReport.ts"

/** The one pipeline from a request to its pictures, in two verbs. It knows no wire format. */
export class ImageGenerator extends Context.Service<
  ImageGenerator,
  {
    /**
     * Checks all that can be checked (settings, model, prompt, format, and only then the input pictures, which are fetched)
     * makes the keys of the pictures, and says what it will cost. Nothing is asked of any model, and nothing is paid for.
     * `allow` is asked before pictures are fetched from elsewhere, with the least that it can cost.
     */
    readonly prepare: <E = never>(
      request: GenerationRequest,
      allow?: (least: Cost) => Effect.Effect<void, E>
    ) => Effect.Effect<PreparedGeneration, RequestError | E>
    /**
     * Draws what was prepared. Nothing is asked of any model before the stream runs; each run draws anew. It fails where not
     * one picture could be drawn; otherwise a picture that failed is an event. `tally` counts what is paid for, and keeps
     * further pictures from beginning.
     */
    readonly draw: (prepared: PreparedGeneration, tally?: Tally) => Stream.Stream<GenerationEvent, DrawError>
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
      const provenance = yield* Provenance
      const fitMask = makeMaskFitting(transformer)
      const { faultOfInput, fitInputs, fittedSizes } = makeInputFitting(transformer, flux)
      const draw = yield* makeDrawing

      const improve = Effect.fnUntraced(function* (
        { improvement, plan, request }: PreparedGeneration,
        tally: Tally
      ): Effect.fn.Return<ReadyPrompt, DrawError> {
        const { prompt } = request
        if (improvement._tag !== "Asked") return { prompt, source: improvement, neurons: 0 }
        const limit = plan.model.promptLimit
        const asking = timed("prompt")(optimizer.optimize(prompt, limit))
        const { neurons } = improvement
        // What costs nothing need not be allowed.
        const ready = yield* neurons > 0 ? tally.count({ neurons }, asking, 0) : asking
        return ready.prompt.length <= limit ? ready : yield* promptTooLong(ready.prompt, plan)
      })

      /** What is said to change a picture is an instruction, not a description: it is left as it is. */
      const planImprovement = (
        { inputs, optimize, prompt }: GenerationRequest,
        { model }: GenerationPlan
      ): Effect.Effect<PromptImprovement, ConfigurationError> =>
        Effect.map(optimizer.plan(prompt, model.promptLimit, optimize), (improvement) => {
          if (inputs.length === 0) return improvement
          return optimize === "always" ? { _tag: "Failed", reason: "edit" } : { _tag: "Original" }
        })

      /** The cost of a request as it would be with the smallest pictures, of which the true ones are not known yet. */
      const leastCost = (request: GenerationRequest, plan: GenerationPlan): Cost => {
        if (flux.preview) return noCost
        const size = request.size ? plan.size : nearestSize(smallest, plan.model.sizes)
        const each = estimateCost(
          plan,
          size,
          request.inputs.map(() => smallest)
        )
        return sumCosts(new Array<Cost>(request.n).fill(each))
      }

      const gives = ({ outputFormat }: GenerationRequest, { model }: GenerationPlan) =>
        outputFormat === undefined || outputFormat === model.mediaType

      const checkFormat = Effect.fnUntraced(function* ({ outputFormat }: GenerationRequest, plan: GenerationPlan) {
        const given = flux.preview ? "image/png" : plan.model.mediaType
        if (outputFormat !== undefined && outputFormat !== given && !transformer.available) {
          return yield* formatRefused(outputFormat, given)
        }
      })

      return ImageGenerator.of({
        prepare: Effect.fnUntraced(function* <E>(
          request: GenerationRequest,
          allow?: (least: Cost) => Effect.Effect<void, E>
        ): Effect.fn.Return<PreparedGeneration, RequestError | E> {
          const settings = yield* Effect.fromResult(config.models)
          yield* flux.available
          yield* provenance.available
          if (request.store) yield* store.available
          if (request.inputs.length > maximumInputs) return yield* tooManyInputs(request.inputs.length)
          const fallbackSizes = request.inputs.map(() => defaultSize)
          const checked = yield* Effect.fromResult(planGeneration(request, fallbackSizes, settings))
          const improvement = yield* planImprovement(request, checked)
          // An optimized prompt is as short as the model wants it, but not everything is given to the model that does it.
          if (request.prompt.length > (improvement._tag === "Asked" ? longestPrompt : checked.model.promptLimit)) {
            return yield* promptTooLong(request.prompt, checked)
          }
          yield* checkFormat(request, checked)
          if (allow && [...request.inputs, request.mask].some((each) => each?._tag === "Remote")) {
            yield* allow(leastCost(request, checked))
          }
          const inputs = yield* Effect.forEach(request.inputs, inputImages.resolve, { concurrency: maximumInputs })
          const mask = request.mask && (yield* Effect.mapError(inputImages.resolve(request.mask), ofMask))
          const sizes = inputs.map((file) => file.size)
          // With nothing to start from, the sizes change nothing.
          const plan =
            inputs.length === 0 ? checked : yield* Effect.fromResult(planGeneration(request, sizes, settings))
          const [picture] = inputs
          const fault =
            picture &&
            ((mask && faultOfMask(mask, picture, plan, transformer.available)) ?? faultOfInput(picture, plan))
          if (fault) return yield* fault
          const costOf = (each: GenerationPlan) =>
            flux.preview ? noCost : estimateCost(each, each.size, fittedSizes(sizes, each))
          const costEach = costOf(plan)
          const fallbacks = flux.preview
            ? []
            : planFallbacks(request, sizes, plan, settings)
                .filter((each) => gives(request, each) || transformer.available)
                .map((each) => ({ plan: each, costEach: costOf(each) }))
          const forPrompt = improvement._tag === "Asked" ? improvement.neurons : 0
          const dearest = dearestOf([costEach, ...fallbacks.map((each) => each.costEach)])
          const cost = sumCosts([...new Array<Cost>(request.n).fill(dearest), { neurons: forPrompt }])
          yield* report({
            model: plan.model.id,
            n: request.n,
            ...reported(cost),
            ...(config.logPrompts && { prompt: request.originalPrompt })
          })
          const seconds = [plan, ...fallbacks.map((each) => each.plan)].reduce(
            (sum, { model }) => sum + model.seconds,
            0
          )
          const drawing = flux.preview ? 0 : Math.ceil(request.n / parallelDraws) * seconds
          const keys = request.store ? yield* store.keys(request.n, { drawing }) : []
          return { request, plan, fallbacks, inputs, ...(mask && { mask }), keys, improvement, costEach, ...cost }
        }),
        draw: (prepared, tally = makeTally()) =>
          Effect.gen(function* () {
            const ready = yield* improve(prepared, tally)
            const { inputs, mask, plan } = prepared
            const fitted = mask && { mask: yield* fitMask(mask, plan.size) }
            const fitTo = (each: GenerationPlan) => fitInputs(inputs, each)
            return draw({ prepared, ready, inputs: yield* fitTo(plan), ...fitted, fitTo, tally })
          }).pipe(
            Stream.unwrap,
            Stream.onExit(() => Effect.suspend(() => report(reported(tally.spent()))))
          )
      })
    })
  )
}

const smallest = { width: 1, height: 1 }

/** A cost as it is logged. */
const reported = (cost: Cost) => ({ neurons: cost.neurons, dollars: dollarsOf(cost) })
