import * as Result from "effect/Result"
import { type GenerationPlan, type ModelSettings, type PlannedRequest, planGeneration } from "./GenerationPlan.ts"
import type { ImageSize } from "./ImageSize.ts"
import type { Notice } from "./Notice.ts"

/**
 * How the models of `FALLBACK_MODEL` draw a request, in their order, where the one of its plan can't be had. What can't draw
 * all that the plan draws (the size, the seed, the pictures to start from, a mask) is passed over.
 */
export const planFallbacks = (
  request: PlannedRequest & { readonly fallback?: false },
  inputs: ReadonlyArray<ImageSize>,
  { model: planned, size }: GenerationPlan,
  { fallbackModels = [], sizedModel: _, ...settings }: ModelSettings
): ReadonlyArray<GenerationPlan> => {
  if (request.fallback === false) return []
  const { seed, size: wantedSize, ...rest } = request
  const wanted = {
    ...rest,
    mismatch: "refuse",
    ...(wantedSize && { size }),
    ...(seed !== undefined && planned.seed && { seed })
  } as const
  return fallbackModels
    .filter(({ id }) => id !== planned.id)
    .flatMap((model) => {
      const plan = planGeneration({ ...wanted, model: model.id }, inputs, settings)
      return Result.isSuccess(plan) && plan.success.model.id === model.id
        ? [{ ...plan.success, chosenBy: "FALLBACK_MODEL" } as const]
        : []
    })
}

/** What is told of a picture that another model drew, beside what the plan of the first one has told. */
export const noticesBeside = (plan: GenerationPlan, drawn: GenerationPlan): ReadonlyArray<Notice> => {
  const told = new Set(plan.notices.map((notice) => JSON.stringify(notice)))
  return drawn.notices.filter((notice) => !told.has(JSON.stringify(notice)))
}
