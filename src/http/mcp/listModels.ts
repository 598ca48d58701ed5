import type { ModelSettings } from "../../domain/GenerationPlan.ts"
import { formatSize } from "../../domain/ImageSize.ts"
import type { Model } from "../../domain/Model.ts"
import { offeredModels } from "../../domain/ModelCatalogue.ts"
import { type ToolResult, toolResult } from "./toolAnswer.ts"
import type { Models } from "./tools.ts"

const sizesOf = ({ sizes }: Model): string => {
  switch (sizes._tag) {
    case "Fixed":
      return formatSize(sizes.size)
    case "Range":
      return `${sizes.minimum} to ${sizes.maximum} pixels each side`
    case "Listed":
      return sizes.sizes.map(formatSize).join(", ")
    case "Ratios":
      return sizes.ratios.map(({ height, width }) => `${width}:${height}`).join(", ")
  }
}

/** What can draw, for a model that has to choose. */
export const listModels = (settings: ModelSettings): ToolResult => {
  const listed: Models["models"] = offeredModels(settings).map((model) => ({
    id: model.id,
    names: model.aliases,
    default: model.id === settings.defaultModel.id,
    sizes: sizesOf(model),
    edits: model.inputs !== undefined,
    seed: model.seed,
    seconds: model.seconds
  }))
  const lines = listed.map(
    ({ edits, id, names, seconds, seed, sizes }) =>
      `${names[0] ?? id} (${id}): ${sizes}, about ${seconds} s` +
      `${seed ? ", takes a seed" : ""}${edits ? ", changes pictures" : ""}`
  )
  return toolResult(lines.join("\n"), { models: listed } satisfies Models)
}
