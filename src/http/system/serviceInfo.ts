import * as Result from "effect/Result"
import { estimateCost, type ModelSettings, planGeneration } from "../../domain/GenerationPlan.ts"
import { defaultSize, fitsRange, formatSize, type ImageSize, nearestSize, ratioSizes } from "../../domain/ImageSize.ts"
import type { Model } from "../../domain/Model.ts"
import { offeredModels } from "../../domain/ModelCatalogue.ts"
import { maximumImages, maximumSeed } from "../../domain/PromptText.ts"
import { dollarsOf, freeNeurons } from "../../domain/Usage.ts"
import type { AppConfig } from "../../services/Config.ts"
import type { ModelInfo, ServiceInfo } from "../page/ServiceInfo.ts"

/** What the page at `/` has to know of this deployment; `formats` where pictures can be converted. */
export const serviceInfo = (
  { backend, canDraw, models: chosen, optimization, problems }: AppConfig["Service"],
  formats: boolean
): ServiceInfo => {
  const settings = Result.getOrUndefined(chosen)
  const optimizer = Result.getOrUndefined(optimization)
  const improver = optimizer && Result.getOrUndefined(optimizer.improver)
  const preview = Result.isSuccess(backend) && backend.success._tag === "Preview"
  return {
    problems: (canDraw ? [] : problems).map(({ message, variable }) => ({ message, variable })),
    preview,
    optimization: optimizer?.wanted === true,
    canOptimize: improver !== undefined && !(preview && improver._tag === "WorkersAi"),
    defaultModel: settings?.defaultModel.id ?? "",
    sizedModel: settings?.sizedModel?.id ?? "",
    // The two that draw nothing new are for programs: the page has no brush.
    models: settings
      ? offeredModels(settings).flatMap((model) => (model.strength === undefined ? [modelInfo(model, settings)] : []))
      : [],
    ratios: Array.from(ratioSizes, ([name, size]) => ({ name, size: formatSize(size) })),
    formats,
    maximumImages,
    maximumSeed,
    freeNeurons
  }
}

const modelInfo = (model: Model, settings: ModelSettings): ModelInfo => {
  const largest = model.sizes._tag === "Range" ? [{ width: model.sizes.maximum, height: model.sizes.maximum }] : []
  const sizes = [...ratioSizes.values(), ...largest]
  const prices = sizes.map((size) => [formatSize(size), priceOf(model, size, [], settings)] as const)
  const drawable = nearestSize(defaultSize, model.sizes)
  const plain = priceOf(model, drawable, [], settings)
  const edited = model.inputs && priceOf(model, drawable, [inputSize], settings)
  const drawn = planGeneration({ model: model.id, size: drawable, mismatch: "adapt" }, [], settings)
  const steps = Result.isSuccess(drawn) ? drawn.success.steps : undefined
  const price = (count: number) => model.neurons({ size: defaultSize, steps: count, inputs: [] })
  return {
    id: model.id,
    aliases: model.aliases,
    sizes: sizesOf(model),
    seed: model.seed,
    ...(model.steps &&
      steps !== undefined && {
        steps: { default: steps, maximum: model.steps.maximum },
        stepNeurons: price(2) - price(1)
      }),
    inputs: model.inputs?.maximum ?? 0,
    promptLimit: model.promptLimit,
    neurons: Object.fromEntries(prices.flatMap(([size, price]) => (price ? [[size, price.neurons]] : []))),
    inputNeurons: plain && edited ? Math.max(0, edited.neurons - plain.neurons) : 0,
    seconds: model.seconds,
    ...(model.microdollars && plain && { dollars: dollarsOf(plain) })
  }
}

const sizesOf = ({ sizes }: Model): ModelInfo["sizes"] => {
  switch (sizes._tag) {
    case "Fixed":
      return formatSize(sizes.size)
    case "Range":
      return { minimum: sizes.minimum, maximum: sizes.maximum }
    case "Listed":
      return sizes.sizes.map(formatSize)
    case "Ratios":
      return [...ratioSizes.values()].filter((size) => fitsRange(size, sizes)).map(formatSize)
  }
}

/** Input pictures are scaled down to this before they reach a model. */
const inputSize: ImageSize = { width: 512, height: 512 }

/** As a request that names the model and the size is priced; `undefined` where another model would draw it. */
const priceOf = (model: Model, size: ImageSize, inputs: ReadonlyArray<ImageSize>, settings: ModelSettings) => {
  const plan = planGeneration({ model: model.id, size, mismatch: "adapt" }, inputs, settings)
  return Result.isSuccess(plan) && plan.success.model.id === model.id && plan.success.notices.length === 0
    ? estimateCost(plan.success, size, inputs)
    : undefined
}
