import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { type DrawWishes, ignoredWishes, takenWishes } from "./DrawWishes.ts"
import { InvalidRequest, type ModelNotFound, unsupportedSize } from "./Errors.ts"
import type { GenerationRequest } from "./GenerationRequest.ts"
import { defaultSize, fitsRange, ImageSize, nearestSize, sameSize, sizeLike, smallSizeLike } from "./ImageSize.ts"
import { planMasked } from "./MaskPlan.ts"
import type { Model } from "./Model.ts"
import { ModelFromId, modelNotFound, resolveModel, standsForDefault } from "./ModelCatalogue.ts"
import { Notice } from "./Notice.ts"
import { backgroundRemover } from "./partners/others.ts"
import { Quality } from "./Quality.ts"
import { type Cost, roundNeurons } from "./Usage.ts"

/** The models of this deployment. */
export interface ModelSettings {
  /** `FLUX_MODEL` */
  readonly defaultModel: Model
  /** `FLUX_SIZED_MODEL`; absent where it is `off`. */
  readonly sizedModel?: Model
  /** `FLUX_NUM_STEPS`, for `defaultModel`. */
  readonly defaultSteps?: number
  /** `FALLBACK_MODEL`: which draw, in this order, where a model can't be had. */
  readonly fallbackModels?: ReadonlyArray<Model>
  /** `MODEL_ALIASES`, with the aliases in lower case. */
  readonly aliases: ReadonlyMap<string, string>
  /** `PARTNER_MODELS`: the ids of those that are switched on; absent for none. */
  readonly partners?: ReadonlySet<string>
}

/** Who chose a model: the caller, by a field or a flag, or with a mask; or the setting of this name. */
export const ModelChoice = Schema.Literals(["caller", "mask", "FLUX_MODEL", "FLUX_SIZED_MODEL", "FALLBACK_MODEL"])
export type ModelChoice = typeof ModelChoice.Type

/** How a request will be drawn. */
export const GenerationPlan = Schema.Struct({
  model: ModelFromId,
  chosenBy: ModelChoice,
  size: ImageSize,
  /** The number of steps that is sent, and billed; absent where the model takes none. */
  steps: Schema.optionalKey(Schema.Int),
  /** Of a model that draws in several. */
  quality: Schema.optionalKey(Quality),
  notices: Schema.Array(Notice)
})
export type GenerationPlan = typeof GenerationPlan.Type

/** What of a request its plan follows from. */
export type PlannedRequest = Pick<
  GenerationRequest,
  "model" | "size" | "seed" | "steps" | "quality" | "mismatch" | "mask" | "unmet" | "background" | keyof DrawWishes
>

/**
 * Decides which model draws a request, and how. What the named model can't do (a size, a seed, input pictures) goes to
 * `FLUX_SIZED_MODEL`; what that can't do either is adapted or refused, as the request says.
 */
export const planGeneration = (
  request: PlannedRequest,
  inputs: ReadonlyArray<ImageSize>,
  settings: ModelSettings
): Result.Result<GenerationPlan, InvalidRequest | ModelNotFound> => {
  const named = nameModel(request.model, settings)
  if (!named) return Result.fail(modelNotFound(request.model ?? "", settings))

  const remover = removerFor(named, request, settings)
  const [picture] = inputs
  if (remover && picture && !request.mask && takesInputs(remover.model, inputs)) {
    const { seed, size = picture } = request
    const resized = sameSize(size, picture) ? [] : [{ _tag: "SizeAdapted", wanted: size, drawn: picture } as const]
    const unseeded = seed === undefined ? [] : [{ _tag: "SeedIgnored" } as const]
    const notices = [{ _tag: "PromptUnused" } as const, ...resized, ...unseeded]
    return Result.succeed(planFor(remover, picture, request, inputs, settings, notices))
  }

  if (request.mask) {
    return Result.map(planMasked(request.size, inputs, named), ({ chosen, drawn, notices }) =>
      planFor(chosen, drawn, request, inputs, settings, notices)
    )
  }

  const { sizedModel } = settings
  // Who names a partner's model wants no other in its place.
  const others = named.model.partner && named.chosenBy === "caller" ? undefined : sizedModel
  const candidates: ReadonlyArray<Candidate> = others
    ? [named, { model: others, chosenBy: "FLUX_SIZED_MODEL" }]
    : [named]
  const able = candidates.filter(({ model }) => takesInputs(model, inputs))
  if (!able[0]) return Result.fail(inputsRefused(candidates, inputs.length))
  const wants = { size: request.size ?? autoSize(inputs, able[0].model), seed: request.seed }
  const fitting = able.find(({ model }) => canDraw(model, wants))
  if (fitting) {
    return Result.succeed(planFor(fitting, wants.size, request, inputs, settings, []))
  }

  const nearest = able.find(({ model }) => model.sizes._tag === "Range") ?? able[0]
  const { model } = nearest
  const drawn = nearestSize(wants.size, model.sizes)
  const sizeFits = fitsRange(wants.size, model.sizes)
  if (request.mismatch === "refuse") {
    return Result.fail(sizeFits ? seedRefused(model) : unsupportedSize(wants.size, drawn, model.id))
  }
  return Result.succeed(
    planFor(nearest, drawn, request, inputs, settings, [
      ...(sizeFits ? [] : [{ _tag: "SizeAdapted", wanted: wants.size, drawn } as const]),
      ...(request.seed === undefined || model.seed ? [] : [{ _tag: "SeedIgnored" } as const])
    ])
  )
}

type Candidate = Pick<GenerationPlan, "model" | "chosenBy">

/** A name that stands for `FLUX_MODEL`, as OpenAI's do, is no choice of the caller's. */
const nameModel = (name: string | undefined, settings: ModelSettings): Candidate | undefined => {
  if (name === undefined || standsForDefault(name, settings)) {
    return { model: settings.defaultModel, chosenBy: "FLUX_MODEL" }
  }
  const model = resolveModel(name, settings)
  return model && { model, chosenBy: "caller" }
}

/** What takes the background away, where that is asked for by name, or by `background` and of no other model. */
const removerFor = (
  named: Candidate,
  { background }: Pick<GenerationRequest, "background">,
  settings: ModelSettings
): Candidate | undefined => {
  if (named.model.transparent) return named
  if (background !== "transparent" || named.chosenBy === "caller") return undefined
  const model = resolveModel(backgroundRemover, settings)
  return model && { model, chosenBy: "caller" }
}

const autoSize = (inputs: ReadonlyArray<ImageSize>, model: Model): ImageSize =>
  inputs[0] ? (model.strength !== undefined ? smallSizeLike(inputs[0]) : sizeLike(inputs[0], model.sizes)) : defaultSize

const takesInputs = (model: Model, inputs: ReadonlyArray<ImageSize>): boolean =>
  inputs.length <= (model.inputs?.maximum ?? 0) &&
  (model.needs === undefined || (model.needs === "image" && inputs.length > 0))

const canDraw = (model: Model, wants: { readonly size: ImageSize; readonly seed: number | undefined }): boolean =>
  fitsRange(wants.size, model.sizes) && (wants.seed === undefined || model.seed)

const planFor = (
  { chosenBy, model }: Candidate,
  size: ImageSize,
  request: PlannedRequest,
  inputs: ReadonlyArray<ImageSize>,
  settings: ModelSettings,
  adapted: ReadonlyArray<Notice>
): GenerationPlan => {
  const accepted = request.steps !== undefined && model.steps !== undefined && request.steps <= model.steps.maximum
  const ignored = request.steps !== undefined && !accepted
  const steps = accepted ? request.steps : chooseSteps(model, request.quality, settings)
  const fields = [...ignoredWishes(request, takenWishes(request, model, inputs.length > 0)), ...unmetBy(model, request)]
  const notices: ReadonlyArray<Notice> = [
    ...adapted,
    ...(model.strength === undefined ? [] : [{ _tag: "BetaDrawn", drawn: size, model: model.id } as const]),
    ...(ignored
      ? [{ _tag: "StepsIgnored", steps: request.steps, ...(model.steps && { maximum: model.steps.maximum }) } as const]
      : []),
    ...(fields.length > 0 ? [{ _tag: "WishesIgnored", fields, model: model.id } as const] : [])
  ]
  return {
    model,
    chosenBy,
    size,
    ...(steps !== undefined && { steps }),
    ...(model.qualities && { quality: request.quality ?? "medium" }),
    notices
  }
}

/** A transparent background is met by the model that makes one. */
const unmetBy = ({ transparent }: Model, { unmet = [] }: PlannedRequest): ReadonlyArray<string> =>
  transparent ? unmet.filter((field) => !field.endsWith("background")) : unmet

const qualityFactor: Readonly<Record<Quality, number>> = {
  low: 0.5,
  medium: 1,
  high: 2,
  max: Number.POSITIVE_INFINITY
}

const chooseSteps = (model: Model, quality: Quality = "medium", settings: ModelSettings): number | undefined => {
  if (!model.steps) return undefined
  const usual = (model.id === settings.defaultModel.id ? settings.defaultSteps : undefined) ?? model.steps.default
  return Math.min(model.steps.maximum, Math.ceil(usual * qualityFactor[quality]))
}

const inputsRefused = (candidates: ReadonlyArray<Candidate>, given: number): InvalidRequest => {
  const needy = given === 0 ? candidates[0]?.model : undefined
  if (needy) {
    return new InvalidRequest({
      message: `${needy.id} draws nothing new: it changes a picture${needy.needs === "mask" ? ", where a mask shows it" : ""}. Send one.`,
      param: "image"
    })
  }
  const maximum = Math.max(...candidates.map(({ model }) => model.inputs?.maximum ?? 0))
  return new InvalidRequest({
    message:
      maximum > 0
        ? `At most ${maximum} input pictures can be used; ${given} were sent.`
        : "No configured model takes input pictures. Set FLUX_SIZED_MODEL to a FLUX.2 model, or name one.",
    param: "image"
  })
}

const seedRefused = (model: Model): InvalidRequest =>
  new InvalidRequest({
    message: model.partner
      ? `${model.id} takes no seed. Leave \`seed\` out.`
      : `${model.id} takes no seed, and FLUX_SIZED_MODEL names no model that does. Leave \`seed\` out.`,
    param: "seed"
  })

/** The cost of one picture, as far as the price list allows to say. */
export const estimateCost = (
  { model, quality, steps = 0 }: Pick<GenerationPlan, "model" | "steps" | "quality">,
  size: ImageSize,
  inputs: ReadonlyArray<ImageSize>
): Cost => {
  const drawing = { size, steps, inputs, ...(quality && { quality }) }
  const microdollars = model.microdollars?.(drawing)
  return { neurons: roundNeurons(model.neurons(drawing)), ...(microdollars !== undefined && { microdollars }) }
}
