import * as Effect from "effect/Effect"
import { InvalidRequest } from "../../domain/Errors.ts"
import type { GenerationRequest } from "../../domain/GenerationRequest.ts"
import { formatSize, parseSizeOrRatio } from "../../domain/ImageSize.ts"
import { decodeGeneration, decodeInputs, decodeMask, imageMissing } from "../images/decodeImages.ts"
import type { Origins } from "../origins.ts"
import { decodeWith } from "../requestBody.ts"
import { unmetWishes } from "../wishes/readWishes.ts"
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
  const body = yield* decodeArguments(given ?? {})
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
  const size = yield* readShape(body.size ?? body.aspect_ratio)
  const inline = body.inline ?? true
  const request = yield* decodeGeneration(
    { ...body, size, response_format: inline ? null : "url", unmet: unmetWishes(Object(given)) },
    inputs,
    mask
  )
  return { inline, request: { ...request, mismatch: "adapt" } }
})

/** A size in pixels for `size`, which may be a ratio. */
const readShape = (text: string | null | undefined): Effect.Effect<string | undefined, InvalidRequest> => {
  if (!text || text === "auto") return Effect.succeed(undefined)
  const size = parseSizeOrRatio(text)
  return size
    ? Effect.succeed(formatSize(size))
    : Effect.fail(
        new InvalidRequest({ message: "`size` is a size such as 1024x576, or a ratio such as 16:9.", param: "size" })
      )
}
