import * as Effect from "effect/Effect"
import type { GenerationPlan } from "../../domain/GenerationPlan.ts"
import type { ImageFile } from "../../domain/ImageFile.ts"
import { type ImageSize, nearestSize } from "../../domain/ImageSize.ts"
import type { FluxModel } from "../FluxModel.ts"
import type { ImageTransformer } from "../ImageTransformer.ts"
import { maximumInputs } from "./refusals.ts"

/** Makes input pictures upright and small enough for their model, where that is possible: else they go to it as they are. */
export const makeInputFitting = (transformer: ImageTransformer["Service"], flux: FluxModel["Service"]) => {
  // The preview painter takes pictures of any size.
  const limitOf = (plan: GenerationPlan) =>
    transformer.available && !flux.preview ? plan.model.inputs?.maximumSide : undefined

  // The Images binding turns a picture as its EXIF orientation says whenever it transforms it.
  const fitOne = (file: ImageFile, maximumSide: number | undefined) =>
    maximumSide === undefined || (file.upright && Math.max(file.size.width, file.size.height) <= maximumSide)
      ? Effect.succeed(file)
      : transformer
          .fit(file, maximumSide)
          .pipe(
            Effect.catch((error) =>
              Effect.as(Effect.logWarning("An input picture could not be made to fit", error), file)
            )
          )

  return {
    fitInputs: (files: ReadonlyArray<ImageFile>, plan: GenerationPlan) =>
      Effect.forEach(files, (file) => fitOne(file, limitOf(plan)), { concurrency: maximumInputs }),
    /** The sizes that the pictures will have. */
    fittedSizes: (sizes: ReadonlyArray<ImageSize>, plan: GenerationPlan): ReadonlyArray<ImageSize> => {
      const maximum = limitOf(plan)
      return maximum === undefined
        ? sizes
        : sizes.map((size) => nearestSize(size, { _tag: "Range", minimum: 1, maximum }))
    }
  }
}
