import * as Effect from "effect/Effect"
import { InvalidRequest } from "../../domain/Errors.ts"
import type { GenerationRequest } from "../../domain/GenerationRequest.ts"
import { decodeGeneration, decodeInputs, decodeMask, imageMissing } from "../images/decodeImages.ts"
import type { Origins } from "../origins.ts"
import { decodeWith } from "../requestBody.ts"
import { readWishes } from "../wishes/readWishes.ts"
import { withOneSize } from "../wishes/sizeWish.ts"
import { isRecord } from "../wishes/values.ts"
import { DrawingArguments, type ToolName } from "./tools.ts"

const decodeArguments = decodeWith(DrawingArguments)

/** A call of a tool that draws. */
export interface DrawingCall {
  readonly request: GenerationRequest
  /** Whether small pictures come with the links. */
  readonly inline: boolean
}

/** Understands the arguments of a tool that draws. What can't be drawn as asked is drawn as near as possible, and said. */
export const decodeTool = Effect.fnUntraced(function* (
  tool: Exclude<ToolName, "list_models">,
  given: unknown,
  origins: Origins
): Effect.fn.Return<DrawingCall, InvalidRequest> {
  const wishes = yield* readWishes(isRecord(given) ? withOneSize(given) : {})
  const body = yield* decodeArguments(isRecord(given) ? wishes : (given ?? {}))
  const mask = yield* decodeMask(body.mask, undefined, origins)
  const begins = mask !== undefined || [body.images, body.image].some((field) => field !== undefined && field !== null)
  if (tool === "edit_image" && !begins) {
    return yield* new InvalidRequest({
      message: "An edit needs the link of a picture in `images`. To draw without one, use generate_image.",
      param: "images"
    })
  }
  const inputs = begins ? yield* decodeInputs(body, [], origins) : []
  if (begins && !mask && inputs.length === 0) return yield* imageMissing()
  const inline = body.inline ?? true
  const request = yield* decodeGeneration(
    { ...body, response_format: inline ? null : "url", unmet: wishes.unmet },
    inputs,
    mask
  )
  return { inline, request: { ...request, mismatch: "adapt" } }
})
