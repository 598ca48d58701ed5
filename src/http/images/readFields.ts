import * as Effect from "effect/Effect"
import type * as HttpServerRequest from "effect/http/HttpServerRequest"
import { InvalidRequest, type PayloadTooLarge } from "../../domain/Errors.ts"
import type { ImageFile } from "../../domain/ImageFile.ts"
import { maximumInputs, tooManyInputs } from "../../services/imageGenerator/refusals.ts"
import { readInputPicture } from "../../services/inputImages/InputPicture.ts"
import { readBytes, readJson, tooMuchText } from "../requestBody.ts"
import { pictureLength, textLimitBytes } from "../textLimit.ts"
import { countParts } from "./formParts.ts"

/** What a request says, whether as JSON or as a form: its fields, and the pictures that came as files. */
export interface RequestFields {
  readonly fields: Readonly<Record<string, unknown>>
  readonly files: ReadonlyArray<ImageFile>
}

/** Reads a form where the content type says so, and JSON otherwise. */
export const readFields = (
  request: HttpServerRequest.HttpServerRequest
): Effect.Effect<RequestFields, InvalidRequest | PayloadTooLarge> =>
  request.headers["content-type"]?.toLowerCase().startsWith("multipart/form-data")
    ? readForm(request)
    : Effect.map(readJson(request), (value) => ({ fields: { ...value }, files: [] }))

const maximumParts = 100
const pictureName = /^image(?:\[\d{0,9}\])?$/

/** Reads a form, whose parts the content type tells apart. */
export const readForm = Effect.fnUntraced(function* (request: HttpServerRequest.HttpServerRequest) {
  const contentType = request.headers["content-type"] ?? ""
  const body = yield* readBytes(request)
  if (countParts(body, contentType, maximumParts) > maximumParts) return yield* tooManyParts()
  const form = yield* Effect.tryPromise({
    try: () => new Response(body, { headers: { "content-type": contentType } }).formData(),
    catch: () => new InvalidRequest({ message: "The form can't be read: its parts do not fit its content type." })
  })
  const parts = [...form]
  if (parts.length > maximumParts) return yield* tooManyParts()
  if (parts.reduce((sum, part) => sum + textIn(part), 0) > textLimitBytes) return yield* tooMuchText()
  const blobs = parts.flatMap(([name, value]) => (typeof value === "string" || !pictureName.test(name) ? [] : [value]))
  if (blobs.length > maximumInputs) return yield* tooManyInputs(blobs.length)
  const files = yield* Effect.forEach(blobs, (blob) =>
    Effect.flatMap(
      Effect.promise(() => blob.arrayBuffer()),
      (buffer) => Effect.fromResult(readInputPicture(new Uint8Array(buffer), "image"))
    )
  )
  // Not assigned one by one: a part may be called `__proto__`.
  const fields = Object.fromEntries(
    parts.flatMap(([name, value]) => {
      if (typeof value === "string") return [[name, fieldValue(name, value)]]
      return pictureName.test(name) ? [] : [[name, value]]
    })
  )
  return { fields, files }
})

const textIn = ([name, value]: readonly [string, string | File]): number =>
  name.length + (typeof value === "string" ? value.length - pictureLength(value) : 0)

const tooManyParts = () => new InvalidRequest({ message: `The form has more than ${maximumParts} parts.` })

const numbers = new Set(["n", "seed", "steps", "partial_images"])

/** A form has only text; numbers and truth values get the type that they have in JSON. */
const fieldValue = (name: string, value: string): unknown => {
  if (value === "") return undefined
  if (numbers.has(name) && /^-?\d{1,20}$/.test(value)) return Number(value)
  if (name === "stream") return value === "true" ? true : value === "false" ? false : value
  return value
}
