import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { InvalidRequest } from "../../domain/Errors.ts"
import type { GenerationRequest, InputImage } from "../../domain/GenerationRequest.ts"
import type { ImageFile } from "../../domain/ImageFile.ts"
import type { MediaType } from "../../domain/ImageHeader.ts"
import { parsePrompt } from "../../domain/PromptText.ts"
import type { Quality } from "../../domain/Quality.ts"
import { maximumInputs, ofMask, tooManyInputs } from "../../services/imageGenerator/refusals.ts"
import { parseInputImageUrl } from "../../services/inputImages/InputImageUrl.ts"
import { readDrawWishes, readModel, readOptimize, readSeed, readSize } from "../fields.ts"
import { imageAddress } from "../imageAddress.ts"
import type { Origins } from "../origins.ts"
import { boundPrompt } from "../promptBound.ts"
import { readWrittenPrompt } from "../unchangedPrompt.ts"
import { isUnset } from "../wishes/values.ts"
import type { ImageRequest, ToldQuality } from "./ImagesSchemas.ts"

/** Understands an image request. A flag in the prompt beats the field in the body. */
export const decodeGeneration = Effect.fnUntraced(function* (
  body: Omit<ImageRequest, "images" | "mask">,
  inputs: ReadonlyArray<InputImage>,
  mask?: InputImage
): Effect.fn.Return<GenerationRequest, InvalidRequest> {
  const { text, unchanged } = readWrittenPrompt(yield* boundPrompt(body.prompt, "prompt"))
  const { flags, prompt } = yield* Effect.fromResult(parsePrompt(text))
  if (prompt === "")
    return yield* new InvalidRequest({ message: "The prompt is empty. Describe the picture.", param: "prompt" })
  const size = flags.size ?? (yield* readSize(body.size))
  const outputFormat = yield* readOutputFormat(body.output_format)
  const seed = readSeed(flags.seed, body.seed)
  const steps = flags.steps ?? body.steps
  return {
    originalPrompt: text,
    prompt,
    n: flags.n ?? body.n ?? 1,
    optimize: readOptimize(flags.raw, unchanged),
    inputs,
    mismatch: "refuse",
    store: body.response_format !== "b64_json",
    bytes: body.response_format !== "url" || body.stream === true,
    ...readModel(flags, body.model),
    ...(size && { size }),
    ...(seed !== undefined && { seed }),
    ...(typeof steps === "number" && { steps }),
    ...(mask && { mask }),
    ...readDrawWishes(flags, body),
    ...(body.quality && { quality: qualities[body.quality] }),
    ...(inputs.length > 0 && body.background?.toLowerCase() === "transparent" && { background: "transparent" }),
    ...(outputFormat && { outputFormat })
  }
})

/** The fields that hold pictures, each in any form that {@link imageAddress} reads. */
interface InputFields {
  readonly images?: ReadonlyArray<unknown> | null | undefined
  readonly image?: unknown
}

/** The pictures of an edit: the files of a form first, then the addresses. */
export const decodeInputs = Effect.fnUntraced(function* (
  body: InputFields,
  files: ReadonlyArray<ImageFile>,
  origins: Origins
) {
  const one = body.image ?? []
  const references = [...(body.images ?? []), ...(Array.isArray(one) ? one : [one])]
  const given = files.length + references.length
  if (given > maximumInputs) return yield* tooManyInputs(given)
  const linked = yield* Effect.forEach(references, (reference) =>
    imageAddress(reference, "image").pipe(
      Result.flatMap((address) => parseInputImageUrl(address, origins.own, "image")),
      Effect.fromResult
    )
  )
  const inputs: ReadonlyArray<InputImage> = [...files.map((file) => ({ _tag: "Inline", file }) as const), ...linked]
  return inputs
})

/** The mask of an edit, which came as a `file` or stands in a field; `undefined` where there is none. */
export const decodeMask = (
  value: unknown,
  file: ImageFile | undefined,
  { own }: Origins
): Effect.Effect<InputImage | undefined, InvalidRequest> => {
  if (file) return Effect.succeed({ _tag: "Inline", file })
  if (isUnset(value)) return Effect.succeed(undefined)
  return imageAddress(value, "mask").pipe(
    Result.flatMap((address) => parseInputImageUrl(address, own, "mask")),
    Result.mapError(ofMask),
    Effect.fromResult
  )
}

/** An edit without a picture. */
export const imageMissing = () =>
  new InvalidRequest({ message: "An edit needs at least one picture, as `image` or `image[]`.", param: "image" })

const qualities: Readonly<Record<NonNullable<ImageRequest["quality"]>, Quality>> = {
  auto: "medium",
  low: "low",
  medium: "medium",
  standard: "medium",
  high: "high",
  hd: "high",
  xhigh: "max",
  max: "max"
}

/** What a quality stands for; `undefined` where none was asked for. */
export const readQuality = (quality: ImageRequest["quality"]): Quality | undefined =>
  quality ? qualities[quality] : undefined

/** The name under which OpenAI tells a quality that was asked for. */
export const tellQuality = (quality: ImageRequest["quality"]): ToldQuality => {
  switch (quality) {
    case undefined:
    case null:
    case "auto":
    case "standard":
      return "medium"
    case "hd":
      return "high"
    default:
      return quality
  }
}

const formats: ReadonlyMap<string, MediaType> = new Map([
  ["jpeg", "image/jpeg"],
  ["jpg", "image/jpeg"],
  ["png", "image/png"],
  ["webp", "image/webp"]
])

/** Reads `output_format`: `undefined` for what the model gives. */
export const readOutputFormat = (
  text: string | null | undefined
): Effect.Effect<MediaType | undefined, InvalidRequest> => {
  if (!text || text === "auto") return Effect.succeed(undefined)
  const format = formats.get(text.toLowerCase())
  return format
    ? Effect.succeed(format)
    : Effect.fail(
        new InvalidRequest({ message: "`output_format` can be `jpeg`, `png` or `webp`.", param: "output_format" })
      )
}
