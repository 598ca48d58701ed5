import * as Result from "effect/Result"
import { InvalidRequest } from "./Errors.ts"
import { type ImageSize, sameSize, smallSizeLike } from "./ImageSize.ts"
import type { Model } from "./Model.ts"
import { maskModel } from "./ModelCatalogue.ts"
import type { Notice } from "./Notice.ts"

interface Candidate {
  readonly model: Model
  readonly chosenBy: "caller" | "mask" | "FLUX_MODEL" | "FLUX_SIZED_MODEL" | "FALLBACK_MODEL"
}

/** What draws a picture with a mask, in which size, and what there is to know of that. */
interface MaskPlan {
  readonly chosen: Candidate
  readonly drawn: ImageSize
  readonly notices: ReadonlyArray<Notice>
}

/**
 * With a mask the model that takes one draws, where the caller has named no other. The result has the size of the picture,
 * whatever `size` was asked for.
 */
export const planMasked = (
  size: ImageSize | undefined,
  inputs: ReadonlyArray<ImageSize>,
  named: Candidate
): Result.Result<MaskPlan, InvalidRequest> => {
  const chosen: Candidate =
    named.chosenBy === "FLUX_MODEL" && named.model.needs !== "mask" ? { model: maskModel, chosenBy: "mask" } : named
  const { id, needs } = chosen.model
  if (needs !== "mask") {
    return refused(
      `Masks are not possible with ${id}. Name no model, or ${maskModel.id}; or say in the prompt what to change and what to keep.`
    )
  }
  const [picture, another] = inputs
  if (!picture || another) return refused(`A mask is for one picture to change; ${inputs.length} were sent.`)
  const drawn = smallSizeLike(picture)
  const adapted = size && !sameSize(size, picture)
  return Result.succeed({
    chosen,
    drawn,
    notices: adapted ? [{ _tag: "SizeAdapted", wanted: size, drawn: picture }] : []
  })
}

const refused = (message: string) => Result.fail(new InvalidRequest({ message, param: "mask" }))
