import { formatSize } from "../../domain/ImageSize.ts"
import type { Model } from "../../domain/Model.ts"
import { models } from "../../domain/ModelCatalogue.ts"
import { type ToolResult, toolResult } from "./toolAnswer.ts"
import type { Models } from "./tools.ts"

const sizesOf = ({ sizes }: Model): string =>
  sizes._tag === "Fixed" ? formatSize(sizes.size) : `${sizes.minimum} to ${sizes.maximum} pixels each side`

/** What can draw, for a model that has to choose. */
export const listModels = (defaultModel: Model): ToolResult => {
  const listed: Models["models"] = [defaultModel, ...models.filter(({ id }) => id !== defaultModel.id)].map(
    (model) => ({
      id: model.id,
      names: model.aliases,
      default: model.id === defaultModel.id,
      sizes: sizesOf(model),
      edits: model.inputs !== undefined,
      seed: model.seed,
      seconds: model.seconds
    })
  )
  const lines = listed.map(
    ({ edits, id, names, seconds, seed, sizes }) =>
      `${names[0] ?? id} (${id}): ${sizes}, about ${seconds} s` +
      `${seed ? ", takes a seed" : ""}${edits ? ", changes pictures" : ""}`
  )
  return toolResult(lines.join("\n"), { models: listed } satisfies Models)
}
