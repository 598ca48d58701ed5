import * as Effect from "effect/Effect"
import type * as HttpServerRequest from "effect/http/HttpServerRequest"
import { InvalidRequest, type PayloadTooLarge } from "../../domain/Errors.ts"
import type { ImageFile } from "../../domain/ImageFile.ts"
import { maximumInputs, tooManyInputs } from "../../services/imageGenerator/refusals.ts"
import { readInputImage } from "../../services/inputImages/InputImage.ts"
import { parseJson, readBytes, tooMuchText } from "../requestBody.ts"
import { imageLength, textLimitBytes } from "../textLimit.ts"
import { plainName, wishOf } from "../wishes/wishNames.ts"
import { formFields } from "./formFields.ts"
import { beginsLikeJson, countParts, formBoundary } from "./formParts.ts"

/** What a request says, whether as JSON or as a form: its fields, and the pictures that came as files. */
export interface RequestFields {
  readonly fields: Readonly<Record<string, unknown>>
  readonly files: ReadonlyArray<ImageFile>
  /** The mask, where it came as a file. */
  readonly mask?: ImageFile
}

/** Reads a form or JSON, by what the body is: some programs call the one the other. */
export const readFields = Effect.fnUntraced(function* (
  request: HttpServerRequest.HttpServerRequest
): Effect.fn.Return<RequestFields, InvalidRequest | PayloadTooLarge> {
  const body = yield* readBytes(request)
  const told = request.headers["content-type"] ?? ""
  const boundary = isForm(told) ? undefined : formBoundary(body)
  if (boundary !== undefined) return yield* readParts(body, `multipart/form-data; boundary="${boundary}"`)
  return isForm(told) && !beginsLikeJson(body)
    ? yield* readParts(body, told)
    : { fields: { ...(yield* Effect.fromResult(parseJson(body))) }, files: [] }
})

const isForm = (contentType: string): boolean => contentType.toLowerCase().startsWith("multipart/form-data")

const maximumParts = 100

/** Reads a form, whose parts the content type tells apart. */
export const readForm = (
  request: HttpServerRequest.HttpServerRequest
): Effect.Effect<RequestFields, InvalidRequest | PayloadTooLarge> =>
  Effect.flatMap(readBytes(request), (body) => readParts(body, request.headers["content-type"] ?? ""))

const readParts = Effect.fnUntraced(function* (body: Uint8Array<ArrayBuffer>, contentType: string) {
  if (countParts(body, contentType, maximumParts) > maximumParts) return yield* tooManyParts()
  const form = yield* Effect.tryPromise({
    try: () => new Response(body, { headers: { "content-type": contentType } }).formData(),
    catch: () => new InvalidRequest({ message: "The form can't be read: its parts do not fit its content type." })
  })
  const parts = [...form]
  if (parts.length > maximumParts) return yield* tooManyParts()
  if (parts.reduce((sum, part) => sum + textIn(part), 0) > textLimitBytes) return yield* tooMuchText()
  const blobs = parts.flatMap(([name, value]) => (isImage(name, value) ? [value] : []))
  if (blobs.length > maximumInputs) return yield* tooManyInputs(blobs.length)
  const read = (blob: Blob, param: string) =>
    Effect.flatMap(
      Effect.promise(() => blob.arrayBuffer()),
      (buffer) => Effect.fromResult(readInputImage(new Uint8Array(buffer), param))
    )
  const files = yield* Effect.forEach(blobs, (blob) => read(blob, "image"))
  const masks = parts.flatMap(([name, value]) => (isMask(name, value) ? [value] : []))
  if (masks[1]) return yield* new InvalidRequest({ message: "The form has more than one mask.", param: "mask" })
  const fields = formFields(parts.filter(([name, value]) => !isImage(name, value) && !isMask(name, value)))
  return { fields, files, ...(masks[0] && { mask: yield* read(masks[0], "mask") }) }
})

const isMask = (name: string, value: string | File): value is File =>
  typeof value !== "string" && value.size > 0 && wishOf(name) === "mask"

/** Whether a part is a picture to start from: by its name, or by its type where a program calls it otherwise. */
const isImage = (name: string, value: string | File): value is File => {
  const plain = plainName(name)
  return (
    typeof value !== "string" &&
    wishOf(name) !== "mask" &&
    (wishOf(name) === "images" || plain === "file" || plain === "files" || value.type.startsWith("image/"))
  )
}

const textIn = ([name, value]: readonly [string, string | File]): number =>
  name.length + (typeof value === "string" ? value.length - imageLength(value) : 0)

const tooManyParts = () => new InvalidRequest({ message: `The form has more than ${maximumParts} parts.` })
