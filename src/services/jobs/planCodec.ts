import * as Schema from "effect/Schema"
import type { GenerationPlan } from "../../domain/GenerationPlan.ts"
import { findModel } from "../../domain/ModelCatalogue.ts"

export const SizeData = Schema.Struct({ width: Schema.Int, height: Schema.Int })

/** A plan as plain data: the model is told by its id. */
export const PlanData = Schema.Struct({
  model: Schema.String,
  size: SizeData,
  steps: Schema.optionalKey(Schema.Int),
  notices: Schema.Array(
    Schema.Union([
      Schema.TaggedStruct("SizeAdapted", { wanted: SizeData, drawn: SizeData }),
      Schema.TaggedStruct("SeedIgnored", {}),
      Schema.TaggedStruct("StepsIgnored", { steps: Schema.Int, maximum: Schema.optionalKey(Schema.Int) })
    ])
  )
})
export type PlanData = typeof PlanData.Type

export const encodePlan = (plan: GenerationPlan): PlanData => ({ ...plan, model: plan.model.id })

/** `undefined` where the catalogue has no such model: a deploy may have come between. */
export const decodePlan = (data: PlanData): GenerationPlan | undefined => {
  const model = findModel(data.model)
  return model && { ...data, model }
}
