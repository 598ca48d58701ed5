import * as Effect from "effect/Effect"
import { InvalidRequest } from "../../domain/Errors.ts"
import type { GenerationPlan } from "../../domain/GenerationPlan.ts"
import type { ImageFile } from "../../domain/ImageFile.ts"
import { type ImageSize, nearestSize, sameSize } from "../../domain/ImageSize.ts"
import type { FluxModel } from "../FluxModel.ts"
import type { ImageTransformError, ImageTransformer } from "../ImageTransformer.ts"
import { maximumInputs } from "./refusals.ts"

const fewBytes = 128 * 1024
const mostBytes = 1024 * 1024

const notFitted = (file: ImageFile) => (error: ImageTransformError) =>
  Effect.as(Effect.logWarning("An input picture could not be made to fit", error), file)

/** Makes input pictures upright and small enough for their model, where that is possible: else they go to it as they are. */
export const makeInputFitting = (transformer: ImageTransformer["Service"], flux: FluxModel["Service"]) => {
  // The preview painter takes pictures of any size.
  const limitOf = (plan: GenerationPlan) =>
    transformer.available && !flux.preview ? plan.model.inputs?.maximumSide : undefined

  // The Images binding turns a picture as its EXIF orientation says whenever it transforms it.
  const fitOne = (file: ImageFile, maximumSide: number | undefined) =>
    maximumSide === undefined || (file.upright && Math.max(file.size.width, file.size.height) <= maximumSide)
      ? Effect.succeed(file)
      : transformer.fit(file, maximumSide).pipe(Effect.catch(notFitted(file)))

  // What is told in numbers has to be small, and beside a mask of exactly its size.
  const squeezeOne = (file: ImageFile, { size }: GenerationPlan) =>
    file.upright && sameSize(file.size, size) && file.bytes.length <= fewBytes
      ? Effect.succeed(file)
      : transformer.squeeze(file, size, "image/jpeg").pipe(Effect.catch(notFitted(file)))

  const fitFor = (plan: GenerationPlan) => (file: ImageFile) => {
    const limit = limitOf(plan)
    return plan.model.strength !== undefined && limit !== undefined ? squeezeOne(file, plan) : fitOne(file, limit)
  }

  return {
    fitInputs: (files: ReadonlyArray<ImageFile>, plan: GenerationPlan) =>
      Effect.forEach(files, fitFor(plan), { concurrency: maximumInputs }),
    /** Why a picture can't be given to a model at all. */
    faultOfInput: (file: ImageFile, { model }: GenerationPlan): InvalidRequest | undefined =>
      model.strength !== undefined && !transformer.available && file.bytes.length > mostBytes
        ? new InvalidRequest({
            message: `${model.id} takes a picture of at most 1 MiB where the Images binding is not bound as IMAGES.`,
            param: "image"
          })
        : undefined,
    /** The sizes that the pictures will have. */
    fittedSizes: (sizes: ReadonlyArray<ImageSize>, plan: GenerationPlan): ReadonlyArray<ImageSize> => {
      const maximum = limitOf(plan)
      return maximum === undefined
        ? sizes
        : sizes.map((size) => nearestSize(size, { _tag: "Range", minimum: 1, maximum }))
    }
  }
}
